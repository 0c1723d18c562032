// Pools as plain objects: what contracts return is an array that a query cache cannot compare or copy.
import type { IStakingLens } from "@termstake/bindings/ethers";

import type { Reader } from "./reader.ts";

/** Pools a call: this many fit into the gas of one whatever their terms and tokens do. */
const PAGE = 16n;
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
  /** Terms that there are; `terms` holds the first ones. */
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
  readonly address: string;
  readonly listed: boolean;
}

export type Pool = FlexiblePool | FixedTermPool;

/** Whether both tokens of a pool are the same, so that a reward can be staked. */
export function paysItsOwnToken(pool: Pool): boolean {
  return pool.stakingToken.address === pool.rewardsToken.address;
}

/** All pools of the factory, in order of creation. */
export async function readPools({ factory, lens }: Reader): Promise<(Pool | UnreadablePool)[]> {
  const count = await factory.poolCount();
  const offsets = Array.from({ length: Number((count + PAGE - 1n) / PAGE) }, (_, i) => BigInt(i) * PAGE);
  const pages = await Promise.all(offsets.map((offset) => lens.pools(factory, offset, PAGE)));
  return pages.flat().map(toPool);
}

/** One pool; undefined if the factory knows none at this address. */
export async function readPool({ factory, lens }: Reader, address: string): Promise<Pool | UnreadablePool | undefined> {
  const view = await lens.pool(factory, address);
  return view.info.kind === 0n ? undefined : toPool(view);
}

function toPool(view: IStakingLens.PoolViewStructOutput): Pool | UnreadablePool {
  const { info } = view;
  if (view.failed) return { kind: "unreadable", address: info.pool, listed: info.listed };
  const base: PoolBase = {
    address: info.pool,
    listed: info.listed,
    creator: info.creator,
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

function toFixedTerm(view: IStakingLens.FixedTermViewStructOutput) {
  return {
    totalPrincipal: view.totalPrincipal,
    availableBudget: view.availableBudget,
    reservedRewards: view.reservedRewards,
    conversion: view.conversion,
    positionCount: view.positionCount,
    termCount: Number(view.termCount),
    terms: view.terms.map(({ terms, openPrincipal, reservedReward, paused, closed }, id): Term => ({
      id,
      duration: terms.duration,
      rate: terms.rate,
      minimum: terms.minimum,
      principalCap: terms.principalCap,
      rewardCap: terms.rewardCap,
      penalty: {
        startBps: terms.penalty.startBps,
        endBps: terms.penalty.endBps,
        forfeitedBps: terms.penalty.forfeitedBps,
      },
      openPrincipal,
      reservedReward,
      paused,
      closed,
    })),
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

function toToken({ token, symbol, decimals }: IStakingLens.TokenViewStructOutput): Token {
  return { address: token, symbol: symbol === "" ? `${token.slice(0, 6)}…` : symbol, decimals: Number(decimals) };
}
