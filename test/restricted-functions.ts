import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";
import { artifacts } from "hardhat";
import { z } from "zod";

/** Everything that asks the authority. A function that is not here asks nobody: no exit, claim, transfer or view is. */
const RESTRICTED: Readonly<Record<string, readonly string[]>> = {
  InsuranceFund: ["cancelRound", "publishRound"],
  OperatorBrake: ["addOperator", "removeOperator"],
  Pool: ["pause", "rescue", "unpause"],
  FlexiblePool: ["setFunder"],
  FixedTermPenalties: ["setRecipients"],
  PoolFactory: ["setListed"],
  RewardDistributor: ["createSchedule", "endSchedule", "rescue", "setRecipients", "setWeights"],
  FixedTermBudget: ["withdrawBudget"],
  FixedTermTerms: ["addTerm", "closeTerm", "pauseTerm", "unpauseTerm"],
};

const modifier = z.object({ modifierName: z.object({ name: z.string().optional() }) });
const member = z.object({
  nodeType: z.string(),
  name: z.string().optional(),
  visibility: z.string().optional(),
  stateMutability: z.string().optional(),
  modifiers: z.array(modifier).optional(),
});
const definition = z.object({ nodeType: z.string(), name: z.string().optional(), nodes: z.array(member).optional() });
const buildOutput = z.object({
  output: z.object({ sources: z.record(z.string(), z.object({ ast: z.object({ nodes: z.array(definition) }) })) }),
});

interface RestrictedFunction {
  contract: string;
  name: string;
  mutability: string;
}

/** Reads every function with the modifier `restricted` from the compiler's syntax trees of the present build. */
async function restrictedFunctions(): Promise<RestrictedFunction[]> {
  const outputs = new Map<string, z.infer<typeof buildOutput>["output"]>();
  const found: RestrictedFunction[] = [];
  for (const qualifiedName of await artifacts.getAllFullyQualifiedNames()) {
    const [source, contractName] = qualifiedName.split(":");
    if (!source?.startsWith("contracts/") || source.includes("/mocks/")) continue;
    const id = await artifacts.getBuildInfoId(qualifiedName);
    const file = id === undefined ? undefined : await artifacts.getBuildInfoOutputPath(id);
    if (file === undefined) throw new Error(`${qualifiedName} has no build output`);
    const output = outputs.get(file) ?? buildOutput.parse(JSON.parse(await readFile(file, "utf8"))).output;
    outputs.set(file, output);

    const contract = output.sources[`project/${source}`]?.ast.nodes.find(({ name }) => name === contractName);
    for (const node of contract?.nodes ?? []) {
      if (node.nodeType !== "FunctionDefinition") continue;
      if (!(node.modifiers ?? []).some(({ modifierName }) => modifierName.name === "restricted")) continue;
      found.push({ contract: contractName ?? "", name: node.name ?? "", mutability: node.stateMutability ?? "" });
    }
  }
  return found;
}

describe("restricted functions", () => {
  it("are exactly those that let somebody in or move what is owed to nobody", async () => {
    const byContract: Record<string, string[]> = {};
    for (const { contract, name } of await restrictedFunctions()) (byContract[contract] ??= []).push(name);
    for (const names of Object.values(byContract)) names.sort();
    expect(byContract).to.deep.equal(RESTRICTED);
  });

  it("are never views", async () => {
    const functions = await restrictedFunctions();
    expect(functions).not.to.be.empty;
    for (const { contract, name, mutability } of functions) {
      expect(mutability, `${contract}.${name}`).to.equal("nonpayable");
    }
  });

  it("are asked for by the modifier only, never by hand", async () => {
    const sources = await readdir("contracts", { recursive: true });
    for (const source of sources.filter((name) => name.endsWith(".sol") && !name.startsWith("mocks"))) {
      const text = await readFile(path.join("contracts", source), "utf8");
      expect(text, source).not.to.match(/_checkCanCall|canCall\(|hasRole\(/);
    }
  });
});
