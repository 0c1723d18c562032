import { BPS, ONE, YEAR } from "./units.ts";

/** What leaving a term early costs, in basis points; the fields of `EarlyWithdrawalPenalty.Schedule`. */
export interface PenaltySchedule {
  readonly startBps: bigint;
  readonly endBps: bigint;
  readonly forfeitedBps: bigint;
}

/** What a term's payouts depend on: seconds, a yearly rate (10^18 is 100 %) and the penalty. */
export interface TermArithmetic {
  readonly duration: bigint;
  readonly rate: bigint;
  readonly penalty: PenaltySchedule;
}

/** What an exit pays, in base units of the staking and of the rewards token. */
export interface Payout {
  readonly principal: bigint;
  readonly reward: bigint;
}

/** `FixedTermReward.promised`: reward units for `principal` stake units at maturity, rounded down. */
export function promisedReward(term: TermArithmetic, principal: bigint, conversion: bigint): bigint {
  return (principal * term.rate * term.duration * conversion) / (ONE * ONE * YEAR);
}

/** `EarlyWithdrawalPenalty.principalPenalty`: stake units taken `elapsed` seconds after opening, rounded up. */
export function principalPenalty(term: TermArithmetic, amount: bigint, elapsed: bigint): bigint {
  if (elapsed >= term.duration) return 0n;
  return ceilDiv(amount * penaltyWeight(term, elapsed), BPS * term.duration);
}

/** What `withdrawEarly` pays for a whole position `elapsed` seconds after opening, before maturity, as the pool rounds. */
export function earlyPayout(term: TermArithmetic, principal: bigint, elapsed: bigint, conversion: bigint): Payout {
  const promised = promisedReward(term, principal, conversion);
  const reward = (promised * elapsed * (BPS - term.penalty.forfeitedBps)) / (term.duration * BPS);
  return { principal: principal - principalPenalty(term, principal, elapsed), reward };
}

/** What `withdraw` pays from maturity on. */
export function maturePayout(term: TermArithmetic, principal: bigint, conversion: bigint): Payout {
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
  const penalty = penaltyWeight(longer, elapsed) * ONE * YEAR;
  return kept <= promised + penalty;
}

/** Basis points times seconds: the principal penalty's share, times the duration. */
function penaltyWeight(term: TermArithmetic, elapsed: bigint): bigint {
  return term.penalty.startBps * (term.duration - elapsed) + term.penalty.endBps * elapsed;
}

function ceilDiv(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
