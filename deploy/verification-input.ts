// What block explorers verify a contract with: the compiler's standard JSON input, with no more sources than it needs.
import { readFile } from "node:fs/promises";

import hre from "hardhat";
import { z } from "zod";

import { compileInput } from "../build/solidity-compiler.ts";

/** Everything that a deployment puts on a chain. */
export const VERIFIED_CONTRACTS = {
  AccessManager: "@openzeppelin/contracts/access/manager/AccessManager.sol",
  FixedTermPool: "contracts/FixedTermPool.sol",
  FixedTermPoolDeployer: "contracts/FixedTermPoolDeployer.sol",
  FlexiblePool: "contracts/FlexiblePool.sol",
  FlexiblePoolDeployer: "contracts/FlexiblePoolDeployer.sol",
  InsuranceFund: "contracts/InsuranceFund.sol",
  OperatorBrake: "contracts/OperatorBrake.sol",
  PoolFactory: "contracts/PoolFactory.sol",
  PositionRenderer: "contracts/PositionRenderer.sol",
  RewardDistributor: "contracts/RewardDistributor.sol",
  StakingLens: "contracts/StakingLens.sol",
} as const;

export type VerifiedContract = keyof typeof VERIFIED_CONTRACTS;

/** Their names. */
export function verifiedContracts(): VerifiedContract[] {
  return Object.keys(VERIFIED_CONTRACTS).filter((name): name is VerifiedContract => name in VERIFIED_CONTRACTS);
}

const buildInfo = z.object({
  solcLongVersion: z.string(),
  input: z.object({
    language: z.literal("Solidity"),
    sources: z.record(z.string(), z.object({ content: z.string() })),
    settings: z.record(z.string(), z.unknown()),
  }),
});
type StandardInput = z.infer<typeof buildInfo>["input"];

const compiled = z.object({
  contracts: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        metadata: z.string(),
        evm: z.object({ bytecode: z.object({ object: z.string() }) }).optional(),
      }),
    ),
  ),
});
const metadata = z.object({ sources: z.record(z.string(), z.unknown()) });

export interface VerificationInput {
  /** Source and name, as explorers ask for them. */
  readonly contract: string;
  /** Such as `v0.8.37+commit.f401782d`. */
  readonly compiler: string;
  readonly input: StandardInput;
}

/** The input of a contract of the build: what it was compiled from, and the build's settings. */
export async function verificationInput(name: VerifiedContract): Promise<VerificationInput> {
  const qualifiedName = `${VERIFIED_CONTRACTS[name]}:${name}`;
  const { inputSourceName, buildInfoId } = await hre.artifacts.readArtifact(qualifiedName);
  const file = buildInfoId === undefined ? undefined : await hre.artifacts.getBuildInfoPath(buildInfoId);
  if (inputSourceName === undefined || file === undefined)
    throw new Error(`The build does not say what ${qualifiedName} was compiled from`);

  const { solcLongVersion, input } = buildInfo.parse(JSON.parse(await readFile(file, "utf8")));
  // The compiler lists in the metadata what it read for a contract; asked for nothing else, it generates no code.
  const listed = contractIn({ ...input, settings: withOutput(input, inputSourceName, name, ["metadata"]) }, name);
  const { sources } = metadata.parse(JSON.parse(listed.metadata));
  return {
    contract: `${inputSourceName}:${name}`,
    compiler: `v${solcLongVersion}`,
    input: {
      ...input,
      sources: Object.fromEntries(Object.entries(input.sources).filter(([source]) => source in sources)),
      settings: withOutput(input, inputSourceName, name, ["abi", "metadata", "evm.bytecode.object"]),
    },
  };
}

/** Creation code that the pinned compiler makes of an input, with `0x`. */
export function creationCodeOf(input: StandardInput, name: VerifiedContract): string {
  const code = contractIn(input, name).evm?.bytecode.object;
  if (code === undefined) throw new Error(`The input of ${name} asks for no code`);
  return `0x${code}`;
}

function withOutput({ settings }: StandardInput, source: string, name: string, output: readonly string[]) {
  return { ...settings, outputSelection: { [source]: { [name]: output } } };
}

function contractIn(input: StandardInput, name: string) {
  const { contracts } = compiled.parse(compileInput(input));
  const found = Object.values(contracts).find((source) => name in source)?.[name];
  if (found === undefined) throw new Error(`The compiler's output has no ${name}`);
  return found;
}
