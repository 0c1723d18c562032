import { Rational } from "./rational.ts";
import { require } from "./refusal.ts";

export const BPS = 10_000n;

/** Largest share of principal that leaving early may cost. */
const CEILING_BPS = 2_500n;

/** What leaving early costs, in basis points. */
export interface PenaltySchedule {
  /** Of the principal, at opening. */
  readonly startBps: bigint;
  /** Of the principal, at maturity; in between the share is linear in time. */
  readonly endBps: bigint;
  /** Of the reward that has accrued. */
  readonly forfeitedBps: bigint;
}

/** Where principal penalties go, in basis points that add up to 10,000. */
export interface PenaltySplit {
  readonly rewardsBps: bigint;
  readonly insuranceBps: bigint;
  readonly treasuryBps: bigint;
  readonly burnBps: bigint;
}

/** Units for each destination. */
export interface PenaltyShares {
  readonly rewards: bigint;
  readonly insurance: bigint;
  readonly treasury: bigint;
  readonly burned: bigint;
}

export interface EarlyExit {
  readonly principalOut: bigint;
  readonly rewardOut: bigint;
  readonly principalPenalty: bigint;
  readonly forfeitedReward: bigint;
  /** Reward of the principal that stays. */
  readonly remainder: bigint;
}

/** Leaving early costs something, within the ceilings, and never more for staying longer. */
export function requirePenalty({ startBps, endBps, forfeitedBps }: PenaltySchedule): void {
  require(startBps <= CEILING_BPS, "PenaltyAboveCeiling", startBps, CEILING_BPS);
  require(endBps <= startBps, "PenaltyRises", startBps, endBps);
  require(forfeitedBps <= BPS, "PenaltyForfeitsTooMuch", forfeitedBps, BPS);
  require(startBps > 0n || forfeitedBps === BPS, "PenaltyMissing", startBps, forfeitedBps);
}

interface Holding {
  readonly principal: bigint;
  readonly reward: bigint;
}

/** What taking `amount` of a position out pays and costs `elapsed` seconds after opening. */
export function earlyExit(
  penalty: PenaltySchedule,
  duration: bigint,
  { principal, reward }: Holding,
  amount: bigint,
  elapsed: bigint,
): EarlyExit {
  const mature = elapsed >= duration;
  const weighted = penalty.startBps * (duration - elapsed) + penalty.endBps * elapsed;
  const principalPenalty = mature ? 0n : Rational.of(amount * weighted, BPS * duration).ceil();

  const accruedShare = Rational.of(mature ? duration : elapsed, duration);
  const accrued = accruedShare.times(reward * amount);
  const keptBps = mature ? BPS : BPS - penalty.forfeitedBps;
  const accruedUnits = Rational.of(accrued.numerator, accrued.denominator * principal).floor();
  const rewardOut = Rational.of(accrued.numerator * keptBps, accrued.denominator * principal * BPS).floor();
  return {
    principalOut: amount - principalPenalty,
    rewardOut,
    principalPenalty,
    forfeitedReward: accruedUnits - rewardOut,
    remainder: Rational.of(reward * (principal - amount), principal).floor(),
  };
}

/** Divides a penalty: each share rounded down, and what remains to the first destination that has a share. */
export function divide(split: PenaltySplit, amount: bigint): PenaltyShares {
  const shareOf = (bps: bigint) => Rational.of(amount * bps, BPS).floor();
  const insurance = shareOf(split.insuranceBps);
  const treasury = shareOf(split.treasuryBps);
  const burned = shareOf(split.burnBps);
  const rewards = shareOf(split.rewardsBps);
  const rest = amount - rewards - insurance - treasury - burned;
  if (split.rewardsBps > 0n) return { rewards: rewards + rest, insurance, treasury, burned };
  if (split.insuranceBps > 0n) return { rewards, insurance: insurance + rest, treasury, burned };
  if (split.treasuryBps > 0n) return { rewards, insurance, treasury: treasury + rest, burned };
  return { rewards, insurance, treasury, burned: burned + rest };
}
