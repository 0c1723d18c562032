// What one account has: stakes in flexible pools, positions in fixed-term pools, rewards owed since a transfer failed.
import { fixedTermPoolEvents, topicOf, type FixedTermPoolEventArgs } from "@termstake/sdk/events";
import { readView, type Plain, type IStakingLens } from "@termstake/sdk/ethers";
import { isError, zeroPadValue } from "ethers";

import { Memory, newestBlock, type Block } from "./blocks.ts";
import { readLogs, readNewLogs } from "./logs.ts";
import { fixedTermPool } from "./pool-contracts.ts";
import type { Reader } from "./reader.ts";

/** Positions, and stakes, a call of the lens: both fit into the gas of any node. */
const POSITIONS_PAGE = 250;
const STAKES_PAGE = 50;

/** Amounts in base units. */
export interface Stake {
  readonly pool: string;
  readonly staked: bigint;
  readonly earned: bigint;
  /** Unix time, in seconds, at which `earned` was read. */
  readonly readAt: number;
}

/** Amounts in base units, times in seconds. */
export interface Position {
  readonly pool: string;
  readonly id: bigint;
  readonly owner: string;
  readonly termId: number;
  readonly principal: bigint;
  readonly reward: bigint;
  readonly openedAt: number;
  readonly maturity: number;
  readonly autoRenew: boolean;
}

/** What leaving early pays and takes, in base units. */
export interface ExitPreview {
  readonly principalOut: bigint;
  readonly rewardOut: bigint;
  readonly principalPenalty: bigint;
  readonly forfeitedReward: bigint;
}

/** What was read of an account's stakes. */
export interface Stakes {
  /** Above zero, or with something earned. */
  readonly stakes: readonly Stake[];
  /** Pools in which nobody can tell what the account has. */
  readonly unreadable: readonly string[];
}

/** The account's stakes in flexible pools, as of the newest block. */
export async function readStakes(reader: Reader, pools: readonly string[], account: string): Promise<Stakes> {
  const block = await newestBlock(reader);
  const pages = await Promise.all(
    chunks(pools, STAKES_PAGE).map((page) => readView(reader.lens, "stakes", [page, account], block.number)),
  );
  const views = pages.flat();
  return {
    stakes: views
      .filter(({ staked, earned }) => staked > 0n || earned > 0n)
      .map(({ pool, staked, earned }) => ({ pool, staked, earned, readAt: block.timestamp })),
    unreadable: views.filter(({ failed }) => failed).map(({ pool }) => pool),
  };
}

interface KnownPositions {
  readonly positions: readonly Position[];
  /** Number of the block that they were read in first. */
  readonly since: number;
}

const memory = new Memory<KnownPositions>();

/**
 * The account's open positions as of the newest block: ids from `Transfer` events, everything else from the lens. What a position was
 * promised never changes: of those that were read before, only what was transferred or given an order since is read again.
 */
export async function readPositions(
  reader: Reader,
  pools: readonly string[],
  account: string,
): Promise<readonly Position[]> {
  const block = await newestBlock(reader);
  const name = JSON.stringify([account, pools.length]);
  const { positions: before, since } = (await memory.recall(reader, name, block))?.value ?? { since: block.number };
  const touched = await touchedPositions(reader, pools, account, { before, since }, block);
  const positions =
    before !== undefined && touched.size === 0
      ? before
      : await mergePositions(reader, account, before ?? [], touched, block);
  memory.keep(reader, name, block, { positions, since });
  return positions;
}

/** Reads the positions that were touched, and puts them in the place of what was known of them. */
async function mergePositions(
  reader: Reader,
  account: string,
  before: readonly Position[],
  touched: ReadonlyMap<string, ReadonlySet<bigint>>,
  block: Block,
): Promise<readonly Position[]> {
  const read = await Promise.all(
    [...touched].flatMap(([pool, ids]) =>
      chunks([...ids], POSITIONS_PAGE).map(async (page) => {
        const views = await readView(reader.lens, "positions", [pool, page], block.number);
        return views.filter(({ exists }) => exists).map((view) => toPosition(pool, view));
      }),
    ),
  );
  return [...before.filter(({ pool, id }) => touched.get(pool)?.has(id) !== true), ...read.flat()]
    .filter(({ owner }) => owner === account)
    .sort((a, b) => a.maturity - b.maturity || Number(a.id - b.id));
}

/** Ids, by pool, of positions that the account may have and that are not known, or may be known wrongly. */
async function touchedPositions(
  reader: Reader,
  pools: readonly string[],
  account: string,
  { before, since }: { readonly before: readonly Position[] | undefined; readonly since: number },
  upTo: Block,
): Promise<ReadonlyMap<string, ReadonlySet<bigint>>> {
  const hash = (name: keyof FixedTermPoolEventArgs) => topicOf(fixedTermPoolEvents, name);
  const me = zeroPadValue(account, 32);
  const touched = new Map<string, Set<bigint>>();
  const touch = (pool: string, id: string | undefined) => {
    touched.set(pool, (touched.get(pool) ?? new Set<bigint>()).add(BigInt(id ?? 0)));
  };
  const mine = new Set(before?.map(({ pool, id }) => `${pool}/${id.toString()}`));
  const [received, sent, orders] = await Promise.all([
    readNewLogs(reader, { address: pools, topics: [hash("Transfer"), null, me] }, upTo),
    readNewLogs(reader, { address: pools, topics: [hash("Transfer"), me] }, upTo),
    readNewLogs(reader, { address: pools, topics: [[hash("AutoRenewSet"), hash("AutoRenewCleared")]] }, upTo, since),
  ]);
  for (const { address, topics } of before === undefined ? received.all : [...received.fresh, ...sent.fresh])
    touch(address, topics[3]);
  if (before !== undefined)
    for (const { address, topics } of orders.fresh)
      if (mine.has(`${address}/${BigInt(topics[1] ?? 0).toString()}`)) touch(address, topics[1]);
  return touched;
}

/** Rewards that fixed-term pools owe to the account since their transfer failed, by pool; pools that owe none are left out. */
export async function readOwed(
  reader: Reader,
  pools: readonly string[],
  account: string,
): Promise<{ readonly pool: string; readonly amount: bigint }[]> {
  const deferred = topicOf(fixedTermPoolEvents, "RewardDeferred");
  const filter = { address: pools, topics: [deferred, zeroPadValue(account, 32)] };
  const logs = await readLogs(reader, filter, await newestBlock(reader));
  const addresses = [...new Set(logs.map(({ address }) => address))];
  const amounts = await Promise.all(
    addresses.map(async (pool) => ({ pool, amount: await fixedTermPool(reader, pool).owed(account).catch(nothing) })),
  );
  return amounts.filter(({ amount }) => amount > 0n);
}

/** What a pool that cannot tell is taken to owe: it spoils no other. */
function nothing(error: unknown): bigint {
  if (isError(error, "NETWORK_ERROR")) throw error;
  return 0n;
}

/** An order to renew a position at maturity, as its owner set it. */
export interface Order {
  readonly termId: number;
  /** Seconds from maturity on in which anybody may carry it out. */
  readonly window: bigint;
  /** Whether the position that it opens has the same order again. */
  readonly repeats: boolean;
}

/** The order of a position that has one. */
export async function readOrder(reader: Reader, position: Position): Promise<Order> {
  const [termId, window, repeats] = await fixedTermPool(reader, position.pool).autoRenewOrder(position.id);
  return { termId: Number(termId), window, repeats };
}

/** What leaving with `amount` now would pay, by the contract itself. */
export async function readExitPreview(reader: Reader, position: Position, amount: bigint): Promise<ExitPreview> {
  const pool = fixedTermPool(reader, position.pool);
  const preview = await pool.previewWithdrawEarly(position.id, amount, { blockTag: "pending" }); // the block that would act
  const [principalOut, rewardOut, principalPenalty, forfeitedReward] = preview;
  return { principalOut, rewardOut, principalPenalty, forfeitedReward };
}

/** The picture of a position as a `data:` URL, from its on-chain metadata; undefined if it shows none. */
export async function readPicture(reader: Reader, pool: string, id: bigint): Promise<string | undefined> {
  return pictureOf(await fixedTermPool(reader, pool).tokenURI(id, { blockTag: "pending" })); // as of now, not of the last block
}

/** The image in metadata that a contract made up: only ever an inline picture, never an address to fetch. */
export function pictureOf(uri: string): string | undefined {
  const [, encoded] = /^data:application\/json;base64,([A-Za-z0-9+/=]+)$/.exec(uri) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const metadata: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof metadata !== "object" || metadata === null || !("image" in metadata)) return undefined;
    const { image } = metadata;
    return typeof image === "string" && image.startsWith("data:image/svg+xml;base64,") ? image : undefined;
  } catch {
    return undefined;
  }
}

function toPosition(pool: string, { positionId, state }: Plain<IStakingLens.PositionViewStructOutput>): Position {
  return {
    pool,
    id: positionId,
    owner: state.owner,
    termId: Number(state.termId),
    principal: state.principal,
    reward: state.reward,
    openedAt: Number(state.openedAt),
    maturity: Number(state.maturity),
    autoRenew: state.autoRenew,
  };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
