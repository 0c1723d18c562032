// Which pools there are, read again only where something happened.
import { readView } from "@termstake/sdk/ethers";
import { toPool, toTerm, type Pool, type PoolView, type UnreadablePool } from "@termstake/sdk/pools";
import { isError } from "ethers";

import { Memory, newestBlock, type Block } from "./blocks.ts";
import { readNewLogs } from "./logs.ts";
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

/** Addresses of a factory's pools, by kind, in order of creation. */
export interface Directory {
  readonly flexible: readonly string[];
  readonly fixed: readonly string[];
}

/** Where all pools are: much less than `readPools`, for what need not wait for that. */
export async function readDirectory({ factory }: Reader): Promise<Directory> {
  const count = Number(await factory.poolCount());
  const pages = await Promise.all(
    offsets(count, DIRECTORY_PAGE).map((offset) => readView(factory, "pools", [offset, DIRECTORY_PAGE])),
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
    return await readView(reader.lens, "pools", values, block.number);
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
        const { page } = await readView(reader.lens, "terms", [pool.address, cursor, TERMS_PAGE, open], block);
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
  const view = await readView(lens, "pool", [deployment.contracts.PoolFactory, address], block);
  return view.info.kind === 0n ? undefined : toPool(view);
}

function offsets(count: number, page: number): number[] {
  return Array.from({ length: Math.ceil(count / page) }, (_, i) => i * page);
}
