// One account's history, from events alone.
import {
  decodeEvent,
  fixedTermPoolEvents,
  flexiblePoolEvents,
  topicOf,
  type ContractEvent,
  type EventTable,
  type FixedTermPoolEventArgs,
  type FlexiblePoolEventArgs,
} from "@termstake/sdk/events";
import type { Log } from "@termstake/sdk/logs";
import { paysItsOwnToken, type Pool, type Token } from "@termstake/sdk/pools";
import { zeroPadValue, type TopicFilter } from "ethers";

import { newestBlock, readBlock, type Block } from "./blocks.ts";
import { readLogs } from "./logs.ts";
import { type Directory } from "./pools.ts";
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
  /** Reward tokens that were promised for maturity, in base units: what is left early pays less. */
  readonly promised: bigint | undefined;
  /** Reward tokens that were paid, or became principal, in base units. */
  readonly reward: bigint | undefined;
  /** Principal taken as a penalty, in base units. */
  readonly penalty: bigint | undefined;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
  /** Whether governance lists the pool: in any other a stranger may have acted for the account, with a token of their own. */
  readonly listed: boolean;
  /** Change of what the account has staked, in base units of the staking token. */
  readonly stakeChange: bigint;
  readonly block: number;
  /** Of the event in its block. */
  readonly index: number;
  /** Unix time in seconds. */
  readonly time: number;
  readonly transaction: string;
}

/** Blocks asked for their time in one go. */
const BLOCKS_AT_ONCE = 100;
/** Positions that one filter names. */
const IDS_A_REQUEST = 200;

/** Logs of everything that an account did, from which `historyOf` tells its history. */
export interface AccountLogs {
  readonly account: string;
  readonly flexible: readonly Log[];
  readonly fixed: {
    /** Positions that were opened for the account. */
    readonly opened: readonly Log[];
    /** Positions that the account closed, or that were closed for it. */
    readonly closed: readonly Log[];
    /** Positions that came from, or went to, another account. */
    readonly transfers: readonly Log[];
    /** Openings for others of positions that were transferred. */
    readonly elsewhere: readonly Log[];
    /** What was owed to the account, and paid later. */
    readonly owed: readonly Log[];
  };
  /** Unix times of blocks, in seconds, by their hashes. */
  readonly times: ReadonlyMap<string, number>;
}

/** Reads what the account did up to the newest block. */
export async function readAccountLogs(reader: Reader, directory: Directory, account: string): Promise<AccountLogs> {
  const block = await newestBlock(reader);
  const [flexible, fixed] = await Promise.all([
    flexibleLogs(reader, directory.flexible, account, block),
    fixedLogs(reader, directory.fixed, account, block),
  ]);
  const told = [...flexible, ...fixed.opened, ...fixed.closed, ...fixed.transfers, ...fixed.owed];
  return { account, flexible, fixed, times: await blockTimes(reader, told) };
}

async function flexibleLogs(
  reader: Reader,
  address: readonly string[],
  account: string,
  upTo: Block,
): Promise<readonly Log[]> {
  const topics = (["Staked", "Withdrawn", "RewardPaid", "RewardDeferred"] as const).map((name) =>
    topicOf(flexiblePoolEvents, name),
  );
  return readLogs(reader, { address, topics: [topics, zeroPadValue(account, 32)] }, upTo);
}

async function fixedLogs(
  reader: Reader,
  address: readonly string[],
  account: string,
  upTo: Block,
): Promise<AccountLogs["fixed"]> {
  const me = zeroPadValue(account, 32);
  const hash = (...names: (keyof FixedTermPoolEventArgs)[]) => names.map((name) => topicOf(fixedTermPoolEvents, name));
  const read = (...topics: TopicFilter) => readLogs(reader, { address, topics }, upTo);
  const [received, sent, owed, opened] = await Promise.all([
    read(hash("Transfer"), null, me),
    read(hash("Transfer"), me),
    read(hash("RewardDeferred", "OwedClaimed"), me),
    read(hash("Opened"), null, me),
  ]);
  const byIds = async (names: string[], logs: readonly Log[]) => {
    const ids = [...new Set(logs.map(({ topics }) => topics[3] ?? ""))];
    return inGroups(chunks(ids, IDS_A_REQUEST), 1, (page) => read(names, page));
  };
  // What closes a position names the position, not its owner: it counts if the account's position was burned with it.
  const closings = await byIds(hash("Withdrawn", "WithdrawnEarly", "Renewed"), sent);
  const closed = closedBy(sent, closings.flat());
  const transfers = [...received, ...sent].filter(({ topics }) => topics[1] !== NOBODY && topics[2] !== NOBODY);
  // What was opened by somebody else and then sent here is named by its position too.
  const elsewhere = await byIds(hash("Opened"), transfers);
  return { opened, closed, transfers, elsewhere: elsewhere.flat(), owed };
}

/** In the place of an account where a position is minted or burned. */
const NOBODY = zeroPadValue("0x", 32);

/**
 * Of what closed positions that an account once had, what closed them while they were its own: one that it gave away in the same
 * transaction was closed by the new owner. `sent` are transfers from the account.
 */
export function closedBy(sent: readonly Log[], closings: readonly Log[]): readonly Log[] {
  const nameOf = ({ transactionHash, address }: Log, id = "") => `${transactionHash}/${address}/${id}`;
  const burned = new Set<string>(
    sent.filter(({ topics }) => topics[2] === NOBODY).map((log) => nameOf(log, log.topics[3])),
  );
  return closings.filter((log) => burned.has(nameOf(log, log.topics[1])));
}

/** Everything that the account did, newest first. Of pools that are not among `pools` nothing can be told. */
export function historyOf({ account, flexible, fixed, times }: AccountLogs, pools: readonly Pool[]): Entry[] {
  const byAddress = new Map(pools.map((pool) => [pool.address, pool]));
  return [
    ...entriesOf(flexible, byAddress, flexiblePoolEvents, times, meanFlexible),
    ...fixedEntries(fixed, account, byAddress, times),
  ].sort((a, b) => b.block - a.block || b.index - a.index);
}

function meanFlexible({ name, args }: ContractEvent<FlexiblePoolEventArgs>): Meant | undefined {
  switch (name) {
    case "Staked":
      return { kind: "staked", principal: args.amount, stakeChange: args.amount };
    case "Withdrawn":
      return { kind: "withdrawn", principal: args.amount, stakeChange: -args.amount };
    case "RewardPaid":
      return { kind: "rewardPaid", reward: args.reward };
    case "RewardDeferred":
      return { kind: "rewardDeferred", reward: args.reward };
    default:
      return undefined;
  }
}

function fixedEntries(
  { opened, closed, transfers, elsewhere, owed }: AccountLogs["fixed"],
  account: string,
  pools: ReadonlyMap<string, Pool>,
  times: ReadonlyMap<string, number>,
): Entry[] {
  const principals = new Map<string, bigint>();
  const promises = new Map<string, bigint>();
  for (const log of [...opened, ...elsewhere]) {
    const opening = eventIn(fixedTermPoolEvents, log);
    if (opening?.name !== "Opened") continue;
    const { positionId, principal, reward } = opening.args;
    const name = `${log.address}/${positionId.toString()}`;
    principals.set(name, principal);
    promises.set(name, reward);
  }
  // What stays after a partial exit, or goes on after a renewal, is not a new deposit.
  const continued = new Set<string>();
  for (const log of closed) {
    const closing = eventIn(fixedTermPoolEvents, log);
    if (closing?.name === "WithdrawnEarly") continued.add(`${log.address}/${closing.args.remainderId.toString()}`);
    if (closing?.name === "Renewed") continued.add(`${log.address}/${closing.args.newPositionId.toString()}`);
  }
  const logs = new Map([...opened, ...closed, ...owed, ...transfers].map((log) => [keyOf(log), log]));

  return entriesOf([...logs.values()], pools, fixedTermPoolEvents, times, ({ name, args }, log) => {
    switch (name) {
      case "Opened": {
        const { positionId, principal, reward } = args;
        if (continued.has(`${log.address}/${positionId.toString()}`)) return undefined;
        return { kind: "opened", positionId, principal, promised: reward, stakeChange: principal };
      }
      case "Withdrawn": {
        const { positionId, principal, reward } = args;
        return { kind: "matured", positionId, principal, reward, stakeChange: -principal };
      }
      case "WithdrawnEarly": {
        const { positionId, principalOut: principal, rewardOut: reward, principalPenalty: penalty } = args;
        return {
          kind: "leftEarly",
          positionId,
          principal,
          reward,
          penalty,
          stakeChange: -(principal + penalty),
        };
      }
      case "Renewed": {
        const { positionId, newPositionId, reward } = args;
        const renewed = `${log.address}/${newPositionId.toString()}`;
        const pool = pools.get(log.address);
        const compounded = pool !== undefined && paysItsOwnToken(pool);
        return {
          kind: "renewed",
          positionId,
          promised: promises.get(renewed),
          principal: principals.get(renewed),
          reward,
          stakeChange: compounded ? reward : 0n,
        };
      }
      case "Transfer": {
        const { from, to, tokenId: positionId } = args;
        const principal = principals.get(`${log.address}/${positionId.toString()}`);
        if (from === to) return undefined;
        return to === account
          ? { kind: "received", positionId, principal, stakeChange: principal ?? 0n }
          : { kind: "sent", positionId, principal, stakeChange: -(principal ?? 0n) };
      }
      case "RewardDeferred":
        return { kind: "rewardDeferred", reward: args.amount };
      case "OwedClaimed":
        return { kind: "owedClaimed", reward: args.amount };
      default:
        return undefined;
    }
  });
}

type Meant = Pick<Entry, "kind"> &
  Partial<Pick<Entry, "positionId" | "principal" | "promised" | "reward" | "penalty" | "stakeChange">>;

function entriesOf<Args>(
  logs: readonly Log[],
  pools: ReadonlyMap<string, Pool>,
  table: EventTable<Args>,
  times: ReadonlyMap<string, number>,
  mean: (event: ContractEvent<Args>, log: Log) => Meant | undefined,
): Entry[] {
  return logs.flatMap((log) => {
    const pool = pools.get(log.address);
    if (pool === undefined) return [];
    const event = eventIn(table, log);
    const meant = event === undefined ? undefined : mean(event, log);
    if (meant === undefined) return [];
    return {
      key: keyOf(log),
      pool: log.address,
      positionId: undefined,
      principal: undefined,
      promised: undefined,
      reward: undefined,
      penalty: undefined,
      stakeChange: 0n,
      stakingToken: pool.stakingToken,
      rewardsToken: pool.rewardsToken,
      listed: pool.listed,
      block: log.blockNumber,
      index: log.logIndex,
      time: times.get(log.blockHash) ?? 0,
      transaction: log.transactionHash,
      ...meant,
    };
  });
}

/** What a log tells; one that cannot be read is left out, and spoils no other. */
function eventIn<Args>(table: EventTable<Args>, log: Log): ContractEvent<Args> | undefined {
  try {
    return decodeEvent(table, log);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Times of blocks that were read before, by the block's hash: neither can change. */
const knownTimes = new WeakMap<Reader, Map<string, number>>();

/** When logs were written: many nodes say it with the log, the others are asked for its block. */
async function blockTimes(reader: Reader, logs: readonly Log[]): Promise<ReadonlyMap<string, number>> {
  const known = knownTimes.get(reader) ?? new Map<string, number>();
  knownTimes.set(reader, known);
  for (const { blockHash, blockTimestamp } of logs)
    if (blockTimestamp !== undefined) known.set(blockHash, blockTimestamp);
  const unknown = new Map<string, number>(logs.map(({ blockHash, blockNumber }) => [blockHash, blockNumber]));
  for (const hash of known.keys()) unknown.delete(hash);
  await inGroups([...unknown], BLOCKS_AT_ONCE, async ([hash, number]) => {
    const block = await readBlock(reader, number);
    // Another block there now: the next reading finds out what became of this one.
    if (block?.hash === hash) known.set(hash, block.timestamp);
  });
  return known;
}

/** Maps in groups, one after another, so that a long history does not flood a node. */
async function inGroups<T, U>(items: readonly T[], size: number, map: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (let i = 0; i < items.length; i += size) results.push(...(await Promise.all(items.slice(i, i + size).map(map))));
  return results;
}

function keyOf({ blockNumber, logIndex }: Log): string {
  return `${blockNumber.toString()}-${logIndex.toString()}`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
