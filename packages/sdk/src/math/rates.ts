// Rates for comparing, and estimates of streams: from the pool's views, while nothing else changes.
import type { TermRules } from "./fixed-term.ts";
import { min, ONE, saturatingSub, YEAR, type Whole } from "./units.ts";

/** The views of a flexible pool that its stream follows from. */
export interface Stream {
  readonly totalStaked: bigint;
  /** What the current or last period streams in all: `getRewardForDuration`. */
  readonly periodReward: bigint;
  readonly rewardsDuration: Whole;
  readonly periodFinish: Whole;
}

/** A yearly rate of the contracts as a fraction: 6e16 is 0.06. */
export function rateToApr(rate: bigint): number {
  return Number(rate) / Number(ONE);
}

/** What a yearly rate comes to in a year of `times` compoundings, which need not be whole, or without end: 0.06 in twelve is 0.0617. */
export function aprToApy(apr: number, times: number): number {
  if (times === Infinity) return Math.expm1(apr);
  return Math.expm1(times * Math.log1p(apr / times));
}

/** What a term's rate comes to in a year of renewals, each compounding its reward: of pools whose two tokens are one. */
export function termApy({ rate, duration }: Pick<TermRules, "rate" | "duration">): number {
  return aprToApy(rateToApr(rate), Number(YEAR) / Number(duration));
}

/**
 * Yearly rate of a flexible pool as long as its stream runs, with `added` staked besides; 1e18 is one reward unit a year for each
 * staked unit, rounded down. Undefined while nobody is staked.
 */
export function streamRate({ totalStaked, periodReward, rewardsDuration }: Stream, added = 0n): bigint | undefined {
  const staked = totalStaked + added;
  return staked === 0n ? undefined : (periodReward * YEAR * ONE) / (BigInt(rewardsDuration) * staked);
}

/** Base units of the period's reward that have not streamed at a time, rounded down. */
export function streamLeft({ periodReward, rewardsDuration, periodFinish }: Stream, now: Whole): bigint {
  const duration = BigInt(rewardsDuration);
  return (periodReward * min(saturatingSub(BigInt(periodFinish), BigInt(now)), duration)) / duration;
}

/** What `stake` of the total earns in `seconds` of a stream at its present pace, rounded down. */
export function streamShare(
  { totalStaked, periodReward, rewardsDuration }: Stream,
  stake: bigint,
  seconds: Whole,
): bigint {
  if (totalStaked === 0n) return 0n;
  return (periodReward * BigInt(seconds) * stake) / (BigInt(rewardsDuration) * totalStaked);
}

/**
 * What an account has earned at the time `now`, if the views said `earnedThen` at the time `then` and nobody else staked or left: at
 * most one unit off what the pool says. For counting up on a screen; `earned` is exact.
 */
export function projectEarned(stream: Stream, stake: bigint, earnedThen: bigint, then: Whole, now: Whole): bigint {
  const end = min(BigInt(now), BigInt(stream.periodFinish));
  return earnedThen + streamShare(stream, stake, saturatingSub(end, BigInt(then)));
}
