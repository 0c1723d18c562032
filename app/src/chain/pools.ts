// Pools as plain objects: what contracts return is an array that a query cache cannot compare or copy.
import type { IStakingLens } from "@termstake/sdk/ethers";
import { isError } from "ethers";

import { Memory, newestBlock, type Block } from "./blocks.ts";
import { readNewLogs } from "./logs.ts";
import { callPlain, type Plain } from "./plain.ts";
import type { Reader } from "./reader.ts";

/** Pools a call: this many fit into the gas of one whatever their tokens do, unless they have very many terms. */
const PAGE = 16;
/** Addresses a call, at a few thousand gas each. */
const DIRECTORY_PAGE = 500;
/** Terms that a call looks at, half of the most that a pool can have: at twenty thousand gas each. */
const TERMS_PAGE = 128;
/** How long nothing but logs decides what is read again. */
const FRESH_MS = 5 * 60_000;
const FLEXIBLE_KIND = 1n;

export interface Token {
  readonly address: string;
  /** As the token says it: text from a stranger, only ever rendered as text. */
  readonly symbol: string;
  readonly decimals: number;
}

interface PoolBase {
  readonly address: string;
  /** Whether governance lists it. */
  readonly listed: boolean;
  readonly creator: string;
  /** Who governs it. */
  readonly authority: string;
  /** Whether that is who governs the factory. */
  readonly sameAuthority: boolean;
  readonly createdAt: number;
  readonly paused: boolean;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
}

/** All amounts in base units, times in seconds. */
export interface FlexiblePool extends PoolBase {
  readonly kind: "flexible";
  readonly totalStaked: bigint;
  readonly cap: bigint;
  readonly minimum: bigint;
  readonly periodReward: bigint;
  readonly rewardsDuration: bigint;
  readonly periodFinish: bigint;
  readonly rewardsOwed: bigint;
}

export interface Penalty {
  readonly startBps: bigint;
  readonly endBps: bigint;
  readonly forfeitedBps: bigint;
}

export interface Term {
  readonly id: number;
  readonly duration: bigint;
  /** Yearly; 1e18 is 100 %. */
  readonly rate: bigint;
  readonly minimum: bigint;
  readonly principalCap: bigint;
  readonly rewardCap: bigint;
  readonly penalty: Penalty;
  readonly openPrincipal: bigint;
  readonly reservedReward: bigint;
  readonly paused: boolean;
  readonly closed: boolean;
}

export interface Split {
  readonly rewardsBps: bigint;
  readonly insuranceBps: bigint;
  readonly treasuryBps: bigint;
  readonly burnBps: bigint;
}

export interface FixedTermPool extends PoolBase {
  readonly kind: "fixed";
  readonly totalPrincipal: bigint;
  readonly availableBudget: bigint;
  readonly reservedRewards: bigint;
  /** Reward units for 1e18 stake units. */
  readonly conversion: bigint;
  readonly positionCount: bigint;
  /** Terms that there are; `terms` may hold the first ones only, those that are not closed before the others. */
  readonly termCount: number;
  readonly terms: readonly Term[];
  readonly split: Split;
  readonly rewardsPool: string;
  readonly insurance: string;
  readonly treasury: string;
}

/** A pool that the lens could not read. */
export interface UnreadablePool {
  readonly kind: "unreadable";
  readonly flexible: boolean;
  readonly address: string;
  readonly listed: boolean;
}

export type Pool = FlexiblePool | FixedTermPool;

type PoolView = Plain<IStakingLens.PoolViewStructOutput>;

/** A term of those that were read. */
export function termOf(pool: FixedTermPool, id: number): Term | undefined {
  return pool.terms.find((term) => term.id === id);
}

/** Terms that were not read, in pools together. */
export function untoldTerms(pools: readonly Pool[]): number {
  return pools.reduce((sum, pool) => sum + (pool.kind === "fixed" ? pool.termCount - pool.terms.length : 0), 0);
}

/** Whether both tokens of a pool are the same, so that a reward can be staked. */
export function paysItsOwnToken(pool: Pool): boolean {
  return pool.stakingToken.address === pool.rewardsToken.address;
}

/** Addresses of a factory's pools, by kind, in order of creation. */
export interface Directory {
  readonly flexible: readonly string[];
  readonly fixed: readonly string[];
}

/** Where all pools are: much less than `readPools`, for what need not wait for that. */
export async function readDirectory({ factory }: Reader): Promise<Directory> {
  const count = Number(await factory.poolCount());
  const pages = await Promise.all(
    offsets(count, DIRECTORY_PAGE).map((offset) => callPlain(factory, "pools", [offset, DIRECTORY_PAGE])),
  );
  return sort(pages.flat().map(({ pool, kind }) => ({ address: pool, flexible: kind === FLEXIBLE_KIND })));
}

/** The directory of pools that were read. */
export function directoryOf(pools: readonly (Pool | UnreadablePool)[]): Directory {
  return sort(
    pools.map((pool) => ({
      address: pool.address,
      flexible: pool.kind === "unreadable" ? pool.flexible : pool.kind === "flexible",
    })),
  );
}

function sort(pools: readonly { readonly address: string; readonly flexible: boolean }[]): Directory {
  const addresses = (flexible: boolean) =>
    pools.filter((pool) => pool.flexible === flexible).map(({ address }) => address);
  return { flexible: addresses(true), fixed: addresses(false) };
}

interface KnownPools {
  readonly pools: readonly (Pool | UnreadablePool)[];
  /** `performance.now()` when all were read, and the number of the block. */
  readonly readAt: number;
  readonly since: number;
}

const memory = new Memory<KnownPools>();

/**
 * All pools of the factory, in order of creation, as of the newest block; of unlisted ones, since anybody can create pools of very many
 * terms, no more terms than the lens tells with a pool. A pool changes by what it logs: of those that were read before, only the ones
 * that logged something since are read again; all of them every few minutes, for what a token changes.
 */
export async function readPools(reader: Reader): Promise<readonly (Pool | UnreadablePool)[]> {
  const block = await newestBlock(reader);
  const known = await memory.recall(reader, "pools", block);
  const fresh = known !== undefined && performance.now() - known.value.readAt < FRESH_MS;
  const changed = fresh ? await changedPools(reader, known.value, block) : "all";
  if (!fresh || changed === "all") {
    const pools = await readAllPools(reader, block);
    memory.keep(reader, "pools", block, { pools, readAt: performance.now(), since: block.number });
    return pools;
  }
  const { pools: before, readAt, since } = known.value;
  const read = await Promise.all(
    [...changed].map(async (address) => {
      const pool = await readPool(reader, address, block.number);
      return [address, pool?.listed === true ? await readTermsOf(reader, pool, block.number) : pool] as const;
    }),
  );
  const changes = new Map(read);
  const pools = changes.size === 0 ? before : before.map((pool) => changes.get(pool.address) ?? pool);
  memory.keep(reader, "pools", block, { pools, readAt, since });
  return pools;
}

async function readAllPools(reader: Reader, block: Block): Promise<(Pool | UnreadablePool)[]> {
  const { factory } = reader;
  const count = Number(await factory.poolCount({ blockTag: block.number }));
  const pages = await Promise.all(
    offsets(count, PAGE).map((offset) => readPage(reader, offset, Math.min(PAGE, count - offset), block)),
  );
  return Promise.all(
    pages
      .flat()
      .map(toPool)
      .map(async (pool) => (pool.listed ? readTermsOf(reader, pool, block.number) : pool)),
  );
}

/** A page of pools, in smaller ones where the node's gas does not suffice: anybody can create pools of very many terms. */
async function readPage(reader: Reader, offset: number, limit: number, block: Block): Promise<readonly PoolView[]> {
  try {
    const values = [reader.deployment.contracts.PoolFactory, offset, limit];
    return await callPlain(reader.lens, "pools", values, block.number);
  } catch (error) {
    if (limit === 1 || !isError(error, "CALL_EXCEPTION")) throw error;
    const half = Math.floor(limit / 2);
    const parts = [readPage(reader, offset, half, block), readPage(reader, offset + half, limit - half, block)];
    return (await Promise.all(parts)).flat();
  }
}

/** Addresses of the pools that may be others than before; all of them if pools were created or listed, or if they are many. */
async function changedPools(
  reader: Reader,
  { pools, since }: KnownPools,
  upTo: Block,
): Promise<ReadonlySet<string> | "all"> {
  const factory = reader.deployment.contracts.PoolFactory;
  const address = [factory, ...pools.map((pool) => pool.address)];
  const { fresh } = await readNewLogs(reader, { address, topics: [] }, upTo, since + 1);
  const changed = new Set<string>(fresh.map((log) => log.address));
  // While nobody is staked, a stream's end moves on; and what could not be read may be readable now.
  for (const pool of pools)
    if (pool.kind === "unreadable" || (pool.kind === "flexible" && pool.totalStaked === 0n && pool.periodReward > 0n))
      changed.add(pool.address);
  return changed.has(factory) || changed.size > PAGE ? "all" : changed;
}

/** One pool with all of its terms, as of the newest block; undefined if the factory knows none at this address. */
export async function readWholePool(reader: Reader, address: string): Promise<Pool | UnreadablePool | undefined> {
  const { number } = await newestBlock(reader);
  const pool = await readPool(reader, address, number);
  return pool && readTermsOf(reader, pool, number);
}

/** Reads on where the lens tells the first terms of a pool only: all of them, open ones before closed ones, each by id. */
async function readTermsOf<P extends Pool | UnreadablePool>(reader: Reader, pool: P, block: number): Promise<P> {
  if (pool.kind !== "fixed" || pool.terms.length >= pool.termCount) return pool;
  const read = async (open: boolean) =>
    Promise.all(
      offsets(pool.termCount, TERMS_PAGE).map(async (cursor) => {
        const { page } = await callPlain(reader.lens, "terms", [pool.address, cursor, TERMS_PAGE, open], block);
        return page.map(toTerm);
      }),
    );
  return { ...pool, terms: (await Promise.all([read(true), read(false)])).flat(2) };
}

/** One pool as the lens tells it, in a block or the newest; undefined if the factory knows none at this address. */
async function readPool(
  { lens, deployment }: Reader,
  address: string,
  block: number | "latest" = "latest",
): Promise<Pool | UnreadablePool | undefined> {
  const view = await callPlain(lens, "pool", [deployment.contracts.PoolFactory, address], block);
  return view.info.kind === 0n ? undefined : toPool(view);
}

function offsets(count: number, page: number): number[] {
  return Array.from({ length: Math.ceil(count / page) }, (_, i) => i * page);
}

function toPool(view: PoolView): Pool | UnreadablePool {
  const { info } = view;
  if (view.failed)
    return { kind: "unreadable", flexible: info.kind === FLEXIBLE_KIND, address: info.pool, listed: info.listed };
  const base: PoolBase = {
    address: info.pool,
    listed: info.listed,
    creator: info.creator,
    authority: view.authority,
    sameAuthority: view.sameAuthority,
    createdAt: Number(info.createdAt),
    paused: view.paused,
    stakingToken: toToken(view.stakingToken),
    rewardsToken: toToken(view.rewardsToken),
  };
  if (info.kind === FLEXIBLE_KIND) {
    const { totalStaked, cap, minimumStake, periodReward, rewardsDuration, periodFinish, rewardsOwed } = view.flexible;
    return {
      ...base,
      kind: "flexible",
      totalStaked,
      cap,
      minimum: minimumStake,
      periodReward,
      rewardsDuration,
      periodFinish,
      rewardsOwed,
    };
  }
  const { split, ...fixed } = toFixedTerm(view.fixedTerm);
  return { ...base, kind: "fixed", ...fixed, split };
}

function toFixedTerm(view: PoolView["fixedTerm"]) {
  return {
    totalPrincipal: view.totalPrincipal,
    availableBudget: view.availableBudget,
    reservedRewards: view.reservedRewards,
    conversion: view.conversion,
    positionCount: view.positionCount,
    termCount: Number(view.termCount),
    terms: view.terms.map(toTerm),
    split: {
      rewardsBps: view.split.rewardsBps,
      insuranceBps: view.split.insuranceBps,
      treasuryBps: view.split.treasuryBps,
      burnBps: view.split.burnBps,
    },
    rewardsPool: view.rewardsPool,
    insurance: view.insurance,
    treasury: view.treasury,
  };
}

function toTerm({ termId, state }: Plain<IStakingLens.TermViewStructOutput>): Term {
  const { terms, openPrincipal, reservedReward, paused, closed } = state;
  const { startBps, endBps, forfeitedBps } = terms.penalty;
  return {
    id: Number(termId),
    duration: terms.duration,
    rate: terms.rate,
    minimum: terms.minimum,
    principalCap: terms.principalCap,
    rewardCap: terms.rewardCap,
    penalty: { startBps, endBps, forfeitedBps },
    openPrincipal,
    reservedReward,
    paused,
    closed,
  };
}

function toToken({ token, symbol, decimals }: PoolView["stakingToken"]): Token {
  return { address: token, symbol: symbol === "" ? `${token.slice(0, 6)}…` : symbol, decimals: Number(decimals) };
}
