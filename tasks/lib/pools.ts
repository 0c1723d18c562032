import { toPool, type FixedTermPool as FixedTermState, type FlexiblePool as FlexibleState } from "@termstake/sdk/pools";
import { flexibleRate } from "@termstake/sdk/rates";
import { isError } from "ethers";

import { UserError } from "../../shared/user-error.ts";
import type { IStakingLens } from "../../types/contracts/StakingLens.ts";
import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  type FixedTermPool,
  type FlexiblePool,
} from "../../types/index.ts";
import { nameOf, type Deployment } from "./deployment.ts";
import { parseAddress, type TokenInfo } from "./inputs.ts";

export type PoolView = IStakingLens.PoolViewStructOutput;

/** `PoolKind` of the contracts. */
export const FLEXIBLE = 1n;
export const FIXED_TERM = 2n;

/** Pools that the lens reads in one call whatever their tokens do, unless they have very many terms. */
const PAGE = 16n;

/** A pool with the contract to read it by. */
export type FoundPool =
  | {
      readonly kind: "flexible";
      readonly name: string;
      readonly address: string;
      readonly view: PoolView;
      /** The view as the SDK's rates and checks take it. */
      readonly state: FlexibleState;
      readonly contract: FlexiblePool;
    }
  | {
      readonly kind: "fixed-term";
      readonly name: string;
      readonly address: string;
      readonly view: PoolView;
      /** The view as the SDK's rates and checks take it. */
      readonly state: FixedTermState;
      readonly contract: FixedTermPool;
    };

export type FlexibleFound = Extract<FoundPool, { kind: "flexible" }>;
export type FixedTermFound = Extract<FoundPool, { kind: "fixed-term" }>;

/** All pools of the factory, in order of creation. */
export async function allPools({ factory, lens }: Deployment): Promise<PoolView[]> {
  const count = await factory.poolCount();
  const views: PoolView[] = [];
  for (let offset = 0n; offset < count; offset += PAGE) {
    views.push(...(await poolPage({ factory, lens }, offset, min(PAGE, count - offset))));
  }
  return views;
}

/** A page of pools, in smaller ones where the node's gas does not suffice: anybody can create pools of very many terms. */
async function poolPage(
  { factory, lens }: Pick<Deployment, "factory" | "lens">,
  offset: bigint,
  limit: bigint,
): Promise<PoolView[]> {
  try {
    return [...(await lens.pools(factory, offset, limit))];
  } catch (error) {
    if (limit === 1n || !isError(error, "CALL_EXCEPTION")) throw error;
    const half = limit / 2n;
    const first = await poolPage({ factory, lens }, offset, half);
    return [...first, ...(await poolPage({ factory, lens }, offset + half, limit - half))];
  }
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The pool with this address, or with this name in the protocol config that was deployed. Throws a `UserError` if there is none. */
export async function findPool(deployment: Deployment, text: string): Promise<FoundPool> {
  const { factory, lens, provider } = deployment;
  const view = await lens.pool(factory, addressOf(deployment, text));
  const { pool: address, kind } = view.info;
  if (kind !== FLEXIBLE && kind !== FIXED_TERM) {
    throw new UserError(`${text} is no pool of the factory ${await factory.getAddress()}: \`pools\` lists them`);
  }
  const state = toPool(view);
  if (state.kind === "unreadable") throw new UserError(`The pool ${address} cannot be read`);
  const found = { name: nameOf(deployment, address), address, view };
  return state.kind === "flexible"
    ? { ...found, kind: "flexible", state, contract: FlexiblePool__factory.connect(address, provider) }
    : { ...found, kind: "fixed-term", state, contract: FixedTermPool__factory.connect(address, provider) };
}

/** As `findPool`, of a flexible pool. */
export async function findFlexiblePool(deployment: Deployment, text: string): Promise<FlexibleFound> {
  const pool = await findPool(deployment, text);
  if (pool.kind !== "flexible")
    throw new UserError(`${text} is a fixed-term pool: \`open\`, \`exit\` and \`renew\` are for these`);
  return pool;
}

/** As `findPool`, of a fixed-term pool. */
export async function findFixedTermPool(deployment: Deployment, text: string): Promise<FixedTermFound> {
  const pool = await findPool(deployment, text);
  if (pool.kind !== "fixed-term") throw new UserError(`${text} is a flexible pool: it has neither terms nor positions`);
  return pool;
}

function addressOf({ names }: Deployment, text: string): string {
  if (text.startsWith("0x")) return parseAddress(text, "The pool");
  const [address] = [...names].find(([, name]) => name === text) ?? [];
  if (address === undefined)
    throw new UserError(
      `"${text}" is neither a pool's address nor its name in the protocol config: \`pools\` lists them`,
    );
  return address;
}

export function tokenOf({ token, symbol, decimals }: PoolView["stakingToken"]): TokenInfo {
  return { token, symbol: symbol === "" ? token : symbol, decimals };
}

/** The yearly rate of a flexible pool, 1e18 being 100 %; undefined where nobody can tell it: see `flexibleRate`. */
export function rateOf(view: PoolView, now: bigint): bigint | undefined {
  const pool = toPool(view);
  return pool.kind === "flexible" ? flexibleRate(pool, now) : undefined;
}
