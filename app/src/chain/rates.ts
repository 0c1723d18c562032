import type { FixedTermPool, FlexiblePool, Penalty, Term } from "./pools.ts";

export const ONE = 10n ** 18n;
export const BPS = 10_000n;
export const YEAR = 365n * 86_400n;

/** Reward of opening with `principal` base units, as the contract computes it: rounded down once. */
export function fixedTermReward(pool: FixedTermPool, term: Term, principal: bigint): bigint {
  return (principal * term.rate * pool.conversion * term.duration) / (ONE * ONE * YEAR);
}

/** Base units of principal taken for leaving `elapsed` seconds after opening, as the contract computes it: rounded up. */
export function principalPenalty(penalty: Penalty, amount: bigint, elapsed: bigint, duration: bigint): bigint {
  if (elapsed >= duration) return 0n;
  const weighted = penalty.startBps * (duration - elapsed) + penalty.endBps * elapsed;
  return (amount * weighted + BPS * duration - 1n) / (BPS * duration);
}

/**
 * What a flexible stake of `amount` base units besides the present ones earns in `seconds`, while nothing else changes and the
 * stream is renewed at its present rate.
 */
export function flexibleReward(pool: FlexiblePool, amount: bigint, seconds: bigint): bigint {
  const total = pool.totalStaked + amount;
  return total === 0n ? 0n : (pool.periodReward * seconds * amount) / (pool.rewardsDuration * total);
}
