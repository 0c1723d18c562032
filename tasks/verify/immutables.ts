// What a contract's code has to be: the build's, with values of its own where immutables stand.
import { readFile } from "node:fs/promises";

import { dataLength, dataSlice, hexlify, getBytes, keccak256 } from "ethers";
import { artifacts } from "hardhat";
import { z } from "zod";

import { VERIFIED_CONTRACTS, type VerifiedContract } from "../../deploy/verification-input.ts";

interface Reference {
  readonly start: number;
  readonly length: number;
}

/** Code that the build gives a contract, and where its immutables stand, by name. */
export interface BuiltCode {
  readonly code: string;
  readonly immutables: ReadonlyMap<string, readonly Reference[]>;
}

const output = z.object({ output: z.object({ sources: z.record(z.string(), z.object({ ast: z.unknown() })) }) });
const variable = z.object({ id: z.number(), name: z.string(), nodeType: z.literal("VariableDeclaration") });

/** Syntax trees are large, and all contracts share a few. */
const names = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** Reads a contract's code from the build. */
export async function builtCode(contract: VerifiedContract): Promise<BuiltCode> {
  const artifact = await artifacts.readArtifact(`${VERIFIED_CONTRACTS[contract]}:${contract}`);
  const references = Object.entries(artifact.immutableReferences ?? {});
  if (references.length === 0) return { code: artifact.deployedBytecode, immutables: new Map() };
  if (artifact.buildInfoId === undefined) throw new Error(`The build does not say what ${contract} was compiled from`);
  const known = names.get(artifact.buildInfoId) ?? variableNames(artifact.buildInfoId);
  names.set(artifact.buildInfoId, known);
  const nameOf = await known;
  return {
    code: artifact.deployedBytecode,
    immutables: new Map(references.map(([id, places]) => [nameOf.get(id) ?? id, places])),
  };
}

/** Immutables are referred to by the numbers of their declarations in the syntax tree. */
async function variableNames(buildInfoId: string): Promise<ReadonlyMap<string, string>> {
  const file = await artifacts.getBuildInfoOutputPath(buildInfoId);
  if (file === undefined) throw new Error(`The build has no output ${buildInfoId}`);
  const { sources } = output.parse(JSON.parse(await readFile(file, "utf8"))).output;
  const found = new Map<string, string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const parsed = variable.safeParse(node);
    if (parsed.success) found.set(String(parsed.data.id), parsed.data.name);
    for (const child of Object.values(node)) visit(child);
  };
  for (const { ast } of Object.values(sources)) {
    // Only state variables can be immutable: bodies of functions need no look.
    visit(stateVariables(ast));
  }
  return found;
}

const contractNodes = z.object({ nodes: z.array(z.looseObject({ nodeType: z.string() })) });

function stateVariables(ast: unknown): unknown[] {
  const unit = contractNodes.safeParse(ast);
  return (unit.data?.nodes ?? []).flatMap((node) => {
    const contract = contractNodes.safeParse(node);
    return (contract.data?.nodes ?? []).filter(({ nodeType }) => nodeType === "VariableDeclaration");
  });
}

/** Code with zeros wherever an immutable stands. */
export function masked(code: string, { immutables }: BuiltCode): string {
  const bytes = getBytes(code);
  for (const { start, length } of [...immutables.values()].flat()) bytes.fill(0, start, start + length);
  return hexlify(bytes);
}

/** Values of the immutables in code of the right length; each as often as it stands there with another value. */
export function immutableValues(code: string, { immutables }: BuiltCode): ReadonlyMap<string, readonly bigint[]> {
  return new Map(
    [...immutables].map(([name, places]) => {
      const values = places.map(({ start, length }) => BigInt(dataSlice(code, start, start + length)));
      return [name, [...new Set(values)]];
    }),
  );
}

/** Code in a few words. */
export function describeCode(code: string): string {
  return code === "0x" ? "no code" : `${dataLength(code)} bytes with the hash ${keccak256(code)}`;
}
