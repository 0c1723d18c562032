// What Ignition's journals say of finished deployments.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { getAddress } from "ethers";
import { z } from "zod";

import { LOCAL_CHAIN } from "../../deploy/records.ts";
import { UserError } from "../../shared/user-error.ts";

/** Contracts that there are once in each deployment. */
export const CORE = ["AccessManager", "InsuranceFund", "OperatorBrake", "PoolFactory", "RewardDistributor"] as const;

/** An address, and the block from which there is a contract. */
export interface Placed {
  readonly address: string;
  readonly block: number;
}

export interface PublishedDeployment {
  readonly chainId: number;
  readonly contracts: Readonly<Record<(typeof CORE)[number], Placed>>;
  /** The protocol config's pools by name. */
  readonly pools: Readonly<Record<string, Placed & { readonly kind: string }>>;
}

const entry = z.object({
  type: z.string(),
  chainId: z.number().optional(),
  futureId: z.string().optional(),
  contractName: z.string().optional(),
  receipt: z
    .object({
      blockNumber: z.number(),
      contractAddress: z.string().optional(),
      logs: z.array(z.object({ address: z.string() })),
    })
    .optional(),
});
type Entry = z.infer<typeof entry>;

/** All deployments below a folder but those on local chains, in order of their chains. */
export async function readDeployments(folder: string): Promise<PublishedDeployment[]> {
  const names = await readdir(folder).catch(() => []);
  const published = names.filter((name) => /^chain-\d+$/.test(name) && name !== `chain-${LOCAL_CHAIN}`);
  const deployments = await Promise.all(published.map((name) => readDeployment(path.join(folder, name))));
  return deployments.sort((a, b) => a.chainId - b.chainId);
}

/** Reads one deployment. Throws `UserError` if it is not finished. */
export async function readDeployment(folder: string): Promise<PublishedDeployment> {
  const journal = (await readFile(path.join(folder, "journal.jsonl"), "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => entry.parse(JSON.parse(line)));
  const addresses = z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(path.join(folder, "deployed_addresses.json"), "utf8")));
  const chainId = journal.find(({ type }) => type === "DEPLOYMENT_INITIALIZE")?.chainId;
  if (chainId === undefined) throw new Error(`The journal in ${folder} does not name its chain`);

  const place = (future: string): Placed => {
    const address = addresses[future];
    if (address === undefined)
      throw new UserError(`${folder} has no ${future}: finish the deployment with \`npm run deploy\` first`);
    return { address: getAddress(address), block: firstBlock(journal, address, folder) };
  };
  const core = Object.fromEntries(CORE.map((name) => [name, place(futureOf(journal, name, folder))]));
  const pools = journal.flatMap(({ futureId, contractName }) => {
    const [module, name] = futureId?.split("#") ?? [];
    if (module !== "Pools" || name === undefined || futureId === undefined || contractName === undefined) return [];
    return [[name, { kind: contractName, ...place(futureId) }] as const];
  });
  return { chainId, contracts: requireCore(core), pools: Object.fromEntries(pools) };
}

/** The future that deployed a contract there is one of. */
function futureOf(journal: readonly Entry[], contract: string, folder: string): string {
  const found = journal.find(({ futureId, contractName }) => contractName === contract && futureId !== undefined);
  if (found?.futureId === undefined)
    throw new UserError(`${folder} has no ${contract}: finish the deployment with \`npm run deploy\` first`);
  return found.futureId;
}

/** The first block with a trace of a contract: of its deployment, or of an event that it emitted while a factory deployed it. */
function firstBlock(journal: readonly Entry[], address: string, folder: string): number {
  const same = (other?: string) => other?.toLowerCase() === address.toLowerCase();
  const blocks = journal.flatMap(({ receipt }) => {
    if (receipt === undefined) return [];
    const trace = same(receipt.contractAddress) || receipt.logs.some((log) => same(log.address));
    return trace ? [receipt.blockNumber] : [];
  });
  if (blocks.length === 0) throw new Error(`The journal in ${folder} does not tell the block of ${address}`);
  return Math.min(...blocks);
}

function requireCore(contracts: Readonly<Record<string, Placed>>): PublishedDeployment["contracts"] {
  const { AccessManager, InsuranceFund, OperatorBrake, PoolFactory, RewardDistributor } = contracts;
  if (!AccessManager || !InsuranceFund || !OperatorBrake || !PoolFactory || !RewardDistributor)
    throw new Error(`Not all of ${CORE.join(", ")} were read`);
  return { AccessManager, InsuranceFund, OperatorBrake, PoolFactory, RewardDistributor };
}
