import type { Whole } from "../math/units.ts";
import type { FixedTermPool, FlexiblePool, Penalty, Pool, Split, Term, Token, UnreadablePool } from "./pool.ts";

/** `PoolKind.Flexible` of the contracts. */
const FLEXIBLE = 1n;

interface TokenView {
  readonly token: string;
  readonly symbol: string;
  readonly decimals: Whole;
}

type Wholes<T> = { readonly [Name in keyof T]: Whole };

/** A term as `FixedTermPool.term` tells it, whether ethers or viem decoded it. */
export interface TermState {
  readonly terms: {
    readonly duration: Whole;
    readonly rate: bigint;
    readonly minimum: bigint;
    readonly principalCap: bigint;
    readonly rewardCap: bigint;
    readonly penalty: Wholes<Penalty>;
  };
  readonly openPrincipal: bigint;
  readonly reservedReward: bigint;
  readonly paused: boolean;
  readonly closed: boolean;
}

/** A term as `StakingLens` tells it. */
export interface TermView {
  readonly termId: bigint;
  readonly state: TermState;
}

/** A pool as `StakingLens` tells it, whether ethers or viem decoded it. */
export interface PoolView {
  readonly info: {
    readonly pool: string;
    readonly kind: Whole;
    readonly listed: boolean;
    readonly creator: string;
    readonly createdAt: Whole;
  };
  readonly failed: boolean;
  readonly authority: string;
  readonly sameAuthority: boolean;
  readonly paused: boolean;
  readonly stakingToken: TokenView;
  readonly rewardsToken: TokenView;
  readonly flexible: {
    readonly totalStaked: bigint;
    readonly cap: bigint;
    readonly minimumStake: bigint;
    readonly periodReward: bigint;
    readonly rewardsDuration: bigint;
    readonly periodFinish: bigint;
    readonly rewardsOwed: bigint;
  };
  readonly fixedTerm: {
    readonly totalPrincipal: bigint;
    readonly availableBudget: bigint;
    readonly reservedRewards: bigint;
    readonly conversion: bigint;
    readonly positionCount: bigint;
    readonly termCount: bigint;
    readonly terms: readonly TermView[];
    readonly split: Wholes<Split>;
    readonly rewardsPool: string;
    readonly insurance: string;
    readonly treasury: string;
  };
}

/** Takes over what the lens tells of a pool. */
export function toPool(view: PoolView): Pool | UnreadablePool {
  const { info } = view;
  const flexible = BigInt(info.kind) === FLEXIBLE;
  if (view.failed) return { kind: "unreadable", flexible, address: info.pool, listed: info.listed };
  const base = {
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
  return flexible
    ? { ...base, kind: "flexible", ...toFlexible(view.flexible) }
    : { ...base, kind: "fixed", ...toFixedTerm(view.fixedTerm) };
}

function toFlexible(view: PoolView["flexible"]): Omit<FlexiblePool, keyof Common | "kind"> {
  const { totalStaked, cap, minimumStake, periodReward, rewardsDuration, periodFinish, rewardsOwed } = view;
  return { totalStaked, cap, minimum: minimumStake, periodReward, rewardsDuration, periodFinish, rewardsOwed };
}

type Common = Pick<FlexiblePool, keyof FlexiblePool & keyof FixedTermPool>;

function toFixedTerm(view: PoolView["fixedTerm"]): Omit<FixedTermPool, keyof Common | "kind"> {
  const { rewardsBps, insuranceBps, treasuryBps, burnBps } = view.split;
  return {
    totalPrincipal: view.totalPrincipal,
    availableBudget: view.availableBudget,
    reservedRewards: view.reservedRewards,
    conversion: view.conversion,
    positionCount: view.positionCount,
    termCount: Number(view.termCount),
    terms: view.terms.map(toTerm),
    split: {
      rewardsBps: BigInt(rewardsBps),
      insuranceBps: BigInt(insuranceBps),
      treasuryBps: BigInt(treasuryBps),
      burnBps: BigInt(burnBps),
    },
    rewardsPool: view.rewardsPool,
    insurance: view.insurance,
    treasury: view.treasury,
  };
}

/** Takes over what the lens tells of a term, or `{ termId, state }` of what a pool's own `term` tells. */
export function toTerm({ termId, state }: TermView): Term {
  const { terms, openPrincipal, reservedReward, paused, closed } = state;
  const { startBps, endBps, forfeitedBps } = terms.penalty;
  return {
    id: Number(termId),
    duration: BigInt(terms.duration),
    rate: terms.rate,
    minimum: terms.minimum,
    principalCap: terms.principalCap,
    rewardCap: terms.rewardCap,
    penalty: { startBps: BigInt(startBps), endBps: BigInt(endBps), forfeitedBps: BigInt(forfeitedBps) },
    openPrincipal,
    reservedReward,
    paused,
    closed,
  };
}

function toToken({ token, symbol, decimals }: TokenView): Token {
  return { address: token, symbol: symbol === "" ? `${token.slice(0, 6)}…` : symbol, decimals: Number(decimals) };
}
