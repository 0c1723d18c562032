// One account's history, from events alone.
import { zeroPadValue, type LogDescription } from "ethers";

import { readLogs } from "./logs.ts";
import { paysItsOwnToken, type Pool, type Token } from "./pools.ts";
import { fixedTermPool, flexiblePool } from "./pool-contracts.ts";
import type { Reader } from "./reader.ts";

export type EntryKind =
  | "staked"
  | "withdrawn"
  | "rewardPaid"
  | "rewardDeferred"
  | "owedClaimed"
  | "opened"
  | "matured"
  | "leftEarly"
  | "renewed"
  | "received"
  | "sent";

export interface Entry {
  /** Unique: block and index of the event. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly pool: string;
  readonly positionId: bigint | undefined;
  /** Staking tokens moved, in base units. */
  readonly principal: bigint | undefined;
  /** Reward tokens moved or promised, in base units. */
  readonly reward: bigint | undefined;
  /** Principal taken as a penalty, in base units. */
  readonly penalty: bigint | undefined;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
  /** Change of what the account has staked, in base units of the staking token. */
  readonly stakeChange: bigint;
  readonly block: number;
  /** Of the event in its block. */
  readonly index: number;
  /** Unix time in seconds. */
  readonly time: number;
  readonly transaction: string;
}

/** Times of blocks that were read before, by the block's hash: neither can change. */
const knownTimes = new WeakMap<Reader, Map<string, number>>();

/** Blocks asked for their time in one go. */
const BLOCKS_AT_ONCE = 100;
/** Positions that one filter names. */
const IDS_A_REQUEST = 200;

type FixedTermEvent =
  "Opened" | "Withdrawn" | "WithdrawnEarly" | "Renewed" | "Transfer" | "RewardDeferred" | "OwedClaimed";

/** Everything that the account did, newest first. */
export async function readHistory(reader: Reader, pools: readonly Pool[], account: string): Promise<Entry[]> {
  const [flexible, fixed] = await Promise.all([
    flexibleEntries(reader, pools, account),
    fixedEntries(reader, pools, account),
  ]);
  const untimed = [...flexible, ...fixed];
  const times = await blockTimes(reader, new Map(untimed.map(({ block, blockHash }) => [blockHash, block])));
  return untimed
    .map(({ blockHash, ...entry }) => ({ ...entry, time: times.get(blockHash) ?? 0 }))
    .sort((a, b) => b.block - a.block || b.index - a.index);
}

type Untimed = Omit<Entry, "time"> & { readonly blockHash: string };

async function flexibleEntries(reader: Reader, pools: readonly Pool[], account: string): Promise<Untimed[]> {
  const chosen = pools.filter(({ kind }) => kind === "flexible");
  const contract = flexiblePool(reader, reader.deployment.contracts.PoolFactory).interface;
  const topics = (["Staked", "Withdrawn", "RewardPaid", "RewardDeferred"] as const).map(
    (name) => contract.getEvent(name).topicHash,
  );
  const logs = await readLogs(reader, {
    address: chosen.map(({ address }) => address),
    topics: [topics, zeroPadValue(account, 32)],
  });
  return entriesOf(logs, chosen, contract, ({ name, args }) => {
    const amount = whole(args[1]);
    switch (name) {
      case "Staked":
        return { kind: "staked", principal: amount, stakeChange: amount };
      case "Withdrawn":
        return { kind: "withdrawn", principal: amount, stakeChange: -amount };
      case "RewardPaid":
        return { kind: "rewardPaid", reward: amount };
      default:
        return { kind: "rewardDeferred", reward: amount };
    }
  });
}

async function fixedEntries(reader: Reader, pools: readonly Pool[], account: string): Promise<Untimed[]> {
  const chosen = pools.filter(({ kind }) => kind === "fixed");
  const contract = fixedTermPool(reader, reader.deployment.contracts.PoolFactory).interface;
  const address = chosen.map((pool) => pool.address);
  const me = zeroPadValue(account, 32);
  const hash = (...names: FixedTermEvent[]) => names.map((name) => contract.getEvent(name).topicHash);
  const [received, sent, owned, opened] = await Promise.all([
    readLogs(reader, { address, topics: [hash("Transfer"), null, me] }),
    readLogs(reader, { address, topics: [hash("Transfer"), me] }),
    readLogs(reader, { address, topics: [hash("RewardDeferred", "OwedClaimed"), me] }),
    readLogs(reader, { address, topics: [hash("Opened"), null, me] }),
  ]);
  // What closes a position names the position, not its owner: it counts if the account's position was burned with it.
  const ids = [...new Set(sent.map(({ topics }) => topics[3] ?? ""))];
  const closings = await inGroups(chunks(ids, IDS_A_REQUEST), 1, (page) =>
    readLogs(reader, { address, topics: [hash("Withdrawn", "WithdrawnEarly", "Renewed"), page] }),
  );
  const burned = new Set(sent.map((log) => `${log.transactionHash}/${log.address}/${log.topics[3] ?? ""}`));
  const closed = closings
    .flat()
    .filter((log) => burned.has(`${log.transactionHash}/${log.address}/${log.topics[1] ?? ""}`));

  const transfers = [...received, ...sent].filter(({ topics }) => !topics.slice(1, 3).includes(zeroPadValue("0x", 32)));
  // What was opened by somebody else and then sent here is named by its position too.
  const sentIds = [...new Set(transfers.map(({ topics }) => topics[3] ?? ""))];
  const elsewhere = await inGroups(chunks(sentIds, IDS_A_REQUEST), 1, (page) =>
    readLogs(reader, { address, topics: [hash("Opened"), page] }),
  );

  const principals = new Map<string, bigint>();
  for (const log of [...opened, ...elsewhere.flat()]) {
    const args = contract.parseLog(log)?.args;
    if (args !== undefined) principals.set(`${log.address}/${whole(args[0]).toString()}`, whole(args[3]));
  }
  // What stays after a partial exit, or goes on after a renewal, is not a new deposit.
  const continued = new Set<string>();
  for (const log of closed) {
    const parsed = contract.parseLog(log);
    if (parsed?.name === "WithdrawnEarly") continued.add(`${log.address}/${whole(parsed.args[6]).toString()}`);
    if (parsed?.name === "Renewed") continued.add(`${log.address}/${whole(parsed.args[1]).toString()}`);
  }
  const logs = new Map([...opened, ...closed, ...owned, ...transfers].map((log) => [keyOf(log), log]));

  return entriesOf([...logs.values()], chosen, contract, ({ name, args }, log) => {
    switch (name) {
      case "Opened": {
        const [positionId, principal] = [whole(args[0]), whole(args[3])];
        if (continued.has(`${log.address}/${positionId.toString()}`)) return undefined;
        return { kind: "opened", positionId, principal, reward: whole(args[4]), stakeChange: principal };
      }
      case "Withdrawn": {
        const principal = whole(args[2]);
        return {
          kind: "matured",
          positionId: whole(args[0]),
          principal,
          reward: whole(args[3]),
          stakeChange: -principal,
        };
      }
      case "WithdrawnEarly": {
        const [principal, penalty] = [whole(args[2]), whole(args[4])];
        return {
          kind: "leftEarly",
          positionId: whole(args[0]),
          principal,
          reward: whole(args[3]),
          penalty,
          stakeChange: -(principal + penalty),
        };
      }
      case "Renewed": {
        const reward = whole(args[2]);
        const pool = chosen.find((candidate) => candidate.address === log.address);
        const compounded = pool !== undefined && paysItsOwnToken(pool);
        return {
          kind: "renewed",
          positionId: whole(args[0]),
          principal: principals.get(`${log.address}/${whole(args[1]).toString()}`),
          reward,
          stakeChange: compounded ? reward : 0n,
        };
      }
      case "Transfer": {
        const positionId = whole(args[2]);
        const principal = principals.get(`${log.address}/${positionId.toString()}`);
        if (args[0] === args[1]) return undefined;
        return args[1] === account
          ? { kind: "received", positionId, principal, stakeChange: principal ?? 0n }
          : { kind: "sent", positionId, principal, stakeChange: -(principal ?? 0n) };
      }
      case "RewardDeferred":
        return { kind: "rewardDeferred", reward: whole(args[1]) };
      case "OwedClaimed":
        return { kind: "owedClaimed", reward: whole(args[2]) };
      default:
        return undefined;
    }
  });
}

type Told = Pick<Entry, "kind"> &
  Partial<Pick<Entry, "positionId" | "principal" | "reward" | "penalty" | "stakeChange">>;

interface SourceLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly index: number;
  readonly transactionHash: string;
}

function entriesOf(
  logs: readonly SourceLog[],
  pools: readonly Pool[],
  contract: { parseLog(log: SourceLog): LogDescription | null },
  tell: (parsed: LogDescription, log: SourceLog) => Told | undefined,
): Untimed[] {
  const byAddress = new Map(pools.map((pool) => [pool.address, pool]));
  return logs.flatMap((log) => {
    const pool = byAddress.get(log.address);
    const parsed = contract.parseLog(log);
    const told = parsed === null ? undefined : tell(parsed, log);
    if (pool === undefined || told === undefined) return [];
    return {
      key: keyOf(log),
      pool: log.address,
      positionId: undefined,
      principal: undefined,
      reward: undefined,
      penalty: undefined,
      stakeChange: 0n,
      stakingToken: pool.stakingToken,
      rewardsToken: pool.rewardsToken,
      block: log.blockNumber,
      blockHash: log.blockHash,
      index: log.index,
      transaction: log.transactionHash,
      ...told,
    };
  });
}

async function blockTimes(reader: Reader, blocks: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
  const known = knownTimes.get(reader) ?? new Map<string, number>();
  knownTimes.set(reader, known);
  const unknown = [...blocks].filter(([hash]) => !known.has(hash));
  const times = await inGroups(unknown, BLOCKS_AT_ONCE, async ([hash, number]): Promise<[string, number]> => [
    hash,
    (await reader.provider.getBlock(number))?.timestamp ?? 0,
  ]);
  for (const [hash, time] of times) known.set(hash, time);
  return known;
}

/** Maps in groups, one after another, so that a long history does not flood a node. */
async function inGroups<T, U>(items: readonly T[], size: number, map: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (let i = 0; i < items.length; i += size) results.push(...(await Promise.all(items.slice(i, i + size).map(map))));
  return results;
}

function keyOf({ blockNumber, index }: SourceLog): string {
  return `${blockNumber.toString()}-${index.toString()}`;
}

/** A decoded value that the ABI says is a whole number. */
function whole(value: unknown): bigint {
  if (typeof value !== "bigint") throw new TypeError("An event holds no number where its ABI says so");
  return value;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
