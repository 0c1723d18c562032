// What one account has: stakes in flexible pools, positions in fixed-term pools, rewards owed since a transfer failed.
import { zeroPadValue } from "ethers";

import type { IStakingLens } from "@termstake/bindings/ethers";

import { readLogs } from "./logs.ts";
import type { FixedTermPool, FlexiblePool } from "./pools.ts";
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

/** The account's stakes above zero, or with something earned, as of the newest block. */
export async function readStakes(reader: Reader, pools: readonly FlexiblePool[], account: string): Promise<Stake[]> {
  const block = await reader.provider.getBlock("latest");
  if (block === null) return [];
  const pages = await Promise.all(
    chunks(
      pools.map(({ address }) => address),
      STAKES_PAGE,
    ).map((page) => reader.lens.stakes(page, account, { blockTag: block.number })),
  );
  return pages
    .flat()
    .filter(({ staked, earned }) => staked > 0n || earned > 0n)
    .map(({ pool, staked, earned }) => ({ pool, staked, earned, readAt: block.timestamp }));
}

/** The account's open positions: ids from `Transfer` events, everything else from the lens. */
export async function readPositions(
  reader: Reader,
  pools: readonly FixedTermPool[],
  account: string,
): Promise<Position[]> {
  const transfer = fixedTermPool(reader, reader.deployment.contracts.PoolFactory).interface.getEvent("Transfer");
  const logs = await readLogs(reader, {
    address: pools.map(({ address }) => address),
    topics: [transfer.topicHash, null, zeroPadValue(account, 32)],
  });
  const ids = new Map<string, Set<bigint>>();
  for (const { address, topics } of logs) {
    const id = BigInt(topics[3] ?? 0);
    const known = ids.get(address);
    if (known === undefined) ids.set(address, new Set([id]));
    else known.add(id);
  }
  const requests = [...ids].flatMap(([pool, poolIds]) =>
    chunks([...poolIds], POSITIONS_PAGE).map(async (page) => ({
      pool,
      views: await reader.lens.positions(pool, page),
    })),
  );
  const pages = await Promise.all(requests);
  return pages
    .flatMap(({ pool, views }) => views.filter(({ exists }) => exists).map((view) => toPosition(pool, view)))
    .filter(({ owner }) => owner === account)
    .sort((a, b) => a.maturity - b.maturity || Number(a.id - b.id));
}

/** Rewards that fixed-term pools owe to the account since their transfer failed, by pool; pools that owe none are left out. */
export async function readOwed(
  reader: Reader,
  pools: readonly FixedTermPool[],
  account: string,
): Promise<{ readonly pool: string; readonly amount: bigint }[]> {
  const deferred = fixedTermPool(reader, reader.deployment.contracts.PoolFactory).interface.getEvent("RewardDeferred");
  const logs = await readLogs(reader, {
    address: pools.map(({ address }) => address),
    topics: [deferred.topicHash, zeroPadValue(account, 32)],
  });
  const addresses = [...new Set(logs.map(({ address }) => address))];
  const amounts = await Promise.all(
    addresses.map(async (pool) => ({ pool, amount: await fixedTermPool(reader, pool).owed(account) })),
  );
  return amounts.filter(({ amount }) => amount > 0n);
}

/** The standing order of a position that has one: its term, and the lowest yearly rate that it accepts. */
export async function readOrder(
  reader: Reader,
  position: Position,
): Promise<{ readonly termId: number; readonly minRate: bigint }> {
  const [termId, minRate] = await fixedTermPool(reader, position.pool).autoRenewOrder(position.id);
  return { termId: Number(termId), minRate };
}

/** What leaving with `amount` now would pay, by the contract itself. */
export async function readExitPreview(reader: Reader, position: Position, amount: bigint): Promise<ExitPreview> {
  const pool = fixedTermPool(reader, position.pool);
  // The pending block is the one that would act; not every node has one.
  const preview = await pool
    .previewWithdrawEarly(position.id, amount, { blockTag: "pending" })
    .catch(() => pool.previewWithdrawEarly(position.id, amount));
  const [principalOut, rewardOut, principalPenalty, forfeitedReward] = preview;
  return { principalOut, rewardOut, principalPenalty, forfeitedReward };
}

/** The picture of a position as a `data:` URL, from its on-chain metadata; undefined if it shows none. */
export async function readPicture(reader: Reader, pool: string, id: bigint): Promise<string | undefined> {
  return pictureOf(await fixedTermPool(reader, pool).tokenURI(id));
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

function toPosition(pool: string, { positionId, state }: IStakingLens.PositionViewStructOutput): Position {
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
