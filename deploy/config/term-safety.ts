// What the pools pay, for comparing terms; the formulas are those that front ends use.
import { earlyExit, promisedReward, type PromisedPayout, type TermRules } from "@termstake/sdk/math";
import { penaltyWeight } from "@termstake/sdk/math";
import { BPS, ONE, YEAR } from "@termstake/sdk/units";

/** What leaving a term early costs, in basis points; the fields of `EarlyWithdrawalPenalty.Schedule`. */
export interface PenaltySchedule {
  readonly startBps: bigint;
  readonly endBps: bigint;
  readonly forfeitedBps: bigint;
}

/** What a term's payouts depend on: seconds, a yearly rate (10^18 is 100 %) and the penalty. */
export interface TermArithmetic extends TermRules {
  readonly duration: bigint;
  readonly penalty: PenaltySchedule;
}

/** What `withdrawEarly` pays for a whole position `elapsed` seconds after opening. */
export function earlyPayout(
  term: TermArithmetic,
  principal: bigint,
  elapsed: bigint,
  conversion: bigint,
): PromisedPayout {
  const { principalOut, rewardOut } = earlyExit(term, maturePayout(term, principal, conversion), principal, elapsed);
  return { principal: principalOut, reward: rewardOut };
}

/** What `withdraw` pays from maturity on. */
export function maturePayout(term: TermArithmetic, principal: bigint, conversion: bigint): PromisedPayout {
  return { principal, reward: promisedReward(term, principal, conversion) };
}

/**
 * Whether leaving `longer` at the maturity of `shorter` pays at most what `shorter` pays then, for every principal.
 *
 * Compared exactly and for one unit of principal, before any rounding: with d the shorter duration and r, R the rates,
 * R × d × (1 − forfeited) ≤ r × d + penalty(d). Rounding cannot reverse it: the pool rounds everything that `longer` pays
 * down, and a whole number of units that is at most the exact payout of `shorter` is at most that payout rounded down.
 * Where the tokens differ, their roundings are apart, and the worth can differ by less than one unit of reward.
 */
export function longerNeverBeatsShorter(shorter: TermArithmetic, longer: TermArithmetic): boolean {
  const elapsed = shorter.duration;
  // Both sides times 10^18 × 365 days × 10,000 × longer.duration, so that nothing is divided.
  const kept = longer.rate * elapsed * (BPS - longer.penalty.forfeitedBps) * longer.duration;
  const promised = shorter.rate * elapsed * BPS * longer.duration;
  const penalty = penaltyWeight(longer.penalty, elapsed, longer.duration) * ONE * YEAR;
  return kept <= promised + penalty;
}
