// What `EarlyWithdrawalPenalty` computes: the price of leaving early, and where it goes.
import { BPS, ceilDiv, type Whole } from "./units.ts";

/** What leaving a term early costs, in basis points. */
export interface PenaltySchedule {
  /** Share of principal taken right after opening. */
  readonly startBps: Whole;
  /** Share of principal taken right before maturity; linear between both. */
  readonly endBps: Whole;
  /** Share of the reward accrued so far that is not paid. */
  readonly forfeitedBps: Whole;
}

/** Where principal penalties go, in basis points that add up to 10,000. */
export interface PenaltySplit {
  readonly rewardsBps: Whole;
  readonly insuranceBps: Whole;
  readonly treasuryBps: Whole;
  readonly burnBps: Whole;
}

/** A penalty divided, in base units of the staking token. */
export interface PenaltyShares {
  readonly rewards: bigint;
  readonly insurance: bigint;
  readonly treasury: bigint;
  readonly burned: bigint;
}

/** Base units of principal taken when `amount` leaves `elapsed` of a term's `duration` seconds after opening, rounded up. */
export function principalPenalty(schedule: PenaltySchedule, amount: bigint, elapsed: Whole, duration: Whole): bigint {
  if (BigInt(elapsed) >= BigInt(duration)) return 0n;
  return ceilDiv(amount * penaltyWeight(schedule, elapsed, duration), BPS * BigInt(duration));
}

/** The share of principal that leaving costs, in basis points times the term's duration: exact, for comparing. */
export function penaltyWeight({ startBps, endBps }: PenaltySchedule, elapsed: Whole, duration: Whole): bigint {
  return BigInt(startBps) * (BigInt(duration) - BigInt(elapsed)) + BigInt(endBps) * BigInt(elapsed);
}

/** What is paid of an accrued reward of `numerator / denominator` base units, rounded down once. */
export function keptReward({ forfeitedBps }: PenaltySchedule, numerator: bigint, denominator: bigint): bigint {
  return (numerator * (BPS - BigInt(forfeitedBps))) / (denominator * BPS);
}

/** Divides a penalty: each share rounded down, and what remains to the first destination that has a share. */
export function splitPenalty(split: PenaltySplit, amount: bigint): PenaltyShares {
  const share = (bps: Whole) => (amount * BigInt(bps)) / BPS;
  const shares = {
    rewards: share(split.rewardsBps),
    insurance: share(split.insuranceBps),
    treasury: share(split.treasuryBps),
    burned: share(split.burnBps),
  };
  const rest = amount - shares.rewards - shares.insurance - shares.treasury - shares.burned;
  if (BigInt(split.rewardsBps) !== 0n) return { ...shares, rewards: shares.rewards + rest };
  if (BigInt(split.insuranceBps) !== 0n) return { ...shares, insurance: shares.insurance + rest };
  if (BigInt(split.treasuryBps) !== 0n) return { ...shares, treasury: shares.treasury + rest };
  return { ...shares, burned: shares.burned + rest };
}
