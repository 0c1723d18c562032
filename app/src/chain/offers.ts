// What a pool offers, as one comparable row each: a flexible pool is one offer, a fixed-term pool one a term.
import { ONE, principalFor, rateToApr, streamLeft as streamLeftAt, streamRate, termApy } from "@termstake/sdk/math";

import { fixedTermReward, YEAR } from "./rates.ts";
import { paysItsOwnToken, type FixedTermPool, type FlexiblePool, type Penalty, type Pool, type Term } from "./pools.ts";

const DAY = 86_400n;

/** Stands for no cap, in contracts. */
export const NO_CAP = 2n ** 96n - 1n;

export interface Offer {
  /** Unique among all offers. */
  readonly key: string;
  readonly pool: Pool;
  /** The term; undefined for a flexible pool. */
  readonly term: Term | undefined;
  /**
   * Yearly rate as a fraction, net of fees; undefined where it cannot be told: while nobody is staked, or where a flexible
   * pool pays another token, whose price nobody here knows.
   */
  readonly apr: number | undefined;
  /** Reward of one whole staking token in a year, in base units, where a flexible pool pays another token; see `flexibleYield`. */
  readonly perToken: bigint | undefined;
  /** Reward that a flexible pool streams to all of its stakers together in a day, in base units. */
  readonly daily: bigint | undefined;
  /** Yearly rate with rewards compounded by renewal at each maturity; undefined where rewards cannot compound. */
  readonly apy: number | undefined;
  readonly minimum: bigint;
  /** Room below caps in staking tokens; undefined if there is no cap. */
  readonly capLeft: bigint | undefined;
  readonly staked: bigint;
  /** Reward tokens that are still there to be earned. */
  readonly budget: bigint;
  readonly penalty: Penalty | undefined;
  readonly state: "open" | "paused" | "closed" | "full" | "spent";
}

/** The offers of a pool, at the chain's time `now` in seconds. */
export function offersOf(pool: Pool, now: number): Offer[] {
  return pool.kind === "flexible" ? [flexibleOffer(pool, now)] : pool.terms.map((term) => fixedOffer(pool, term));
}

function flexibleOffer(pool: FlexiblePool, now: number): Offer {
  const capLeft = pool.cap === NO_CAP ? undefined : floor(pool.cap - pool.totalStaked);
  const streaming = streamLeft(pool, now);
  return {
    key: pool.address,
    pool,
    term: undefined,
    apr: flexibleApr(pool, now),
    perToken: paysItsOwnToken(pool) ? undefined : flexibleYield(pool, now),
    daily: streamedDaily(pool, now),
    apy: undefined,
    minimum: pool.minimum,
    capLeft,
    staked: pool.totalStaked,
    budget: streaming,
    penalty: undefined,
    state: pool.paused ? "paused" : capLeft !== undefined && capLeft < pool.minimum ? "full" : "open",
  };
}

/** Yearly rate of a flexible pool at its present stake, with `added` staked besides; see `Offer.apr`. */
export function flexibleApr(pool: FlexiblePool, now: number, added = 0n): number | undefined {
  if (!paysItsOwnToken(pool)) return undefined;
  if (streamLeft(pool, now) === 0n) return 0;
  const staked = pool.totalStaked + added;
  if (staked === 0n) return undefined;
  return ratio(pool.periodReward * YEAR, pool.rewardsDuration * staked);
}

/**
 * Base units of reward that one whole staking token earns in a year of the present stream and stake, with `added` staked besides: what
 * can be told of a pool that pays another token, whose worth nobody here knows. Undefined while nobody is staked.
 */
export function flexibleYield(pool: FlexiblePool, now: number, added = 0n): bigint | undefined {
  if (streamLeft(pool, now) === 0n) return 0n;
  const rate = streamRate(pool, added);
  return rate === undefined ? undefined : (rate * 10n ** BigInt(pool.stakingToken.decimals)) / ONE;
}

/** Base units of reward that the stream pays everybody together in a day. */
export function streamedDaily(pool: FlexiblePool, now: number): bigint {
  return streamLeft(pool, now) === 0n ? 0n : (pool.periodReward * DAY) / pool.rewardsDuration;
}

/** Base units of the period's reward that have not streamed yet. */
export function streamLeft(pool: FlexiblePool, now: number): bigint {
  return streamLeftAt(pool, Math.floor(now));
}

function fixedOffer(pool: FixedTermPool, term: Term): Offer {
  const apr = rateToApr(term.rate);
  const capLeft = principalLeft(pool, term);
  return {
    key: `${pool.address}/${term.id.toString()}`,
    pool,
    term,
    apr,
    perToken: undefined,
    daily: undefined,
    apy: paysItsOwnToken(pool) ? termApy(term) : undefined,
    minimum: term.minimum,
    capLeft,
    staked: term.openPrincipal,
    budget: rewardLeft(pool, term),
    penalty: term.penalty,
    state: offerState(pool, term, capLeft),
  };
}

function offerState(pool: FixedTermPool, term: Term, capLeft: bigint | undefined): Offer["state"] {
  if (term.closed) return "closed";
  if (pool.paused || term.paused) return "paused";
  if (capLeft !== undefined && capLeft < term.minimum) return "full";
  if (fixedTermReward(pool, term, term.minimum) > rewardLeft(pool, term)) return "spent";
  return "open";
}

/** Base units of principal that still fit below the term's cap; undefined without a cap. */
export function principalLeft(_pool: FixedTermPool, term: Term): bigint | undefined {
  return term.principalCap === NO_CAP ? undefined : floor(term.principalCap - term.openPrincipal);
}

/** Base units of reward that the term can still promise: what the budget holds, below the term's own cap. */
export function rewardLeft(pool: FixedTermPool, term: Term): bigint {
  if (term.rewardCap === NO_CAP) return pool.availableBudget;
  const capLeft = floor(term.rewardCap - term.reservedReward);
  return capLeft < pool.availableBudget ? capLeft : pool.availableBudget;
}

/** Most principal whose reward the term can still promise, in base units. */
export function coveredPrincipal(pool: FixedTermPool, term: Term): bigint {
  return principalFor(term, rewardLeft(pool, term), pool.conversion);
}

function floor(value: bigint): bigint {
  return value > 0n ? value : 0n;
}

/** A quotient of big numbers as a number, exact to nine digits after the point. */
function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 1_000_000_000n) / denominator) / 1e9;
}
