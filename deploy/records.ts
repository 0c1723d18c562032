import { readFile, rm } from "node:fs/promises";
import path from "node:path";

import type { Provider } from "ethers";
import hre from "hardhat";
import { z } from "zod";

/** Chain id of every local node. */
export const LOCAL_CHAIN = 31_337n;

/**
 * Name of the journal of a chain's deployment. A local chain is another one at each start of its node, while its id stays
 * the same: its first block tells it apart, so that no journal of a chain that is gone is taken for its own.
 */
export async function deploymentId(provider: Provider): Promise<string> {
  const { chainId } = await provider.getNetwork();
  if (chainId !== LOCAL_CHAIN) return `chain-${chainId}`;
  const first = await provider.getBlock(0);
  if (first?.hash == null) throw new Error("The chain has no first block");
  return `chain-${chainId}-${first.hash.slice(2, 14)}`;
}

/** Address that an earlier run deployed, by the future's id; undefined if there was none. */
export async function deployedAddress(id: string, future: string): Promise<string | undefined> {
  return (await deployedAddresses(id)).get(future);
}

/** Everything that the deployment of this name deployed or used, by the futures' ids; empty if there was none. */
export async function deployedAddresses(id: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(deploymentFolder(id), "deployed_addresses.json"), "utf8").catch(() => "{}");
  return new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text))));
}

const journalLine = z.object({
  type: z.string(),
  futureId: z.string().optional(),
  constructorArgs: z.unknown().optional(),
});
const argument = z.union([
  z.object({ _kind: z.literal("bigint"), value: z.string().transform(BigInt) }).transform(({ value }) => value),
  z.union([z.string(), z.number(), z.boolean()]),
]);

/** A contract that Ignition deployed, by its future's id, and what its constructor was given. */
export interface JournalEntry {
  readonly future: string;
  readonly constructorArguments: readonly unknown[];
}

/** What the deployment of this name deployed with constructors of their own, in order; nothing, if there was none. */
export async function deployedWithArguments(id: string): Promise<JournalEntry[]> {
  const text = await readFile(path.join(deploymentFolder(id), "journal.jsonl"), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => journalLine.parse(JSON.parse(line)))
    .flatMap(({ type, futureId, constructorArgs }) =>
      type === "DEPLOYMENT_EXECUTION_STATE_INITIALIZE" && futureId !== undefined
        ? [{ future: futureId, constructorArguments: z.array(argument).parse(constructorArgs) }]
        : [],
    );
}

const minedLine = z.object({ receipt: z.object({ blockNumber: z.int() }) });

/** The first block in which the deployment of this name had something mined; undefined if no journal says. */
export async function deploymentBlock(id: string): Promise<number | undefined> {
  const text = await readFile(path.join(deploymentFolder(id), "journal.jsonl"), "utf8").catch(() => "");
  const blocks = text
    .split("\n")
    .filter((line) => line.includes('"blockNumber"'))
    .flatMap((line) => minedLine.safeParse(JSON.parse(line)).data?.receipt.blockNumber ?? []);
  return blocks.length === 0 ? undefined : Math.min(...blocks);
}

const confirmedLine = z.object({ type: z.literal("TRANSACTION_CONFIRM"), hash: z.string() });

/** Hashes of the transactions that the deployment of this name sent and saw confirmed. */
export async function confirmedTransactions(id: string): Promise<string[]> {
  const text = await readFile(path.join(deploymentFolder(id), "journal.jsonl"), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line.includes('"TRANSACTION_CONFIRM"'))
    .flatMap((line) => confirmedLine.safeParse(JSON.parse(line)).data?.hash ?? []);
}

/** Removes the journal of a chain that is gone. */
export async function removeDeployment(id: string): Promise<void> {
  await rm(deploymentFolder(id), { recursive: true, force: true });
}

/** Where the journal of this name is. */
export function deploymentFolder(id: string): string {
  return path.join(hre.config.paths.ignition, "deployments", id);
}
