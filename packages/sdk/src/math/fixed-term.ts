// What a fixed-term pool computes: the promise of a position, and what leaving pays and costs. Amounts are base units, times are
// seconds. What a pool would refuse for limits of its own is computed all the same.
import { keptReward, principalPenalty, type PenaltySchedule } from "./penalty.ts";
import { ONE, saturatingSub, YEAR, type Whole } from "./units.ts";

/** What a term's payouts depend on. */
export interface TermRules {
  readonly duration: Whole;
  /** Yearly; 1e18 is 100 %. */
  readonly rate: bigint;
  readonly penalty: PenaltySchedule;
}

/** Principal of a position and the reward that it pays at maturity. */
export interface PromisedPayout {
  readonly principal: bigint;
  readonly reward: bigint;
}

/** What leaving with a part of a position moves. */
export interface EarlyExit {
  readonly principalOut: bigint;
  readonly rewardOut: bigint;
  readonly principalPenalty: bigint;
  /** Accrued and not paid. */
  readonly forfeitedReward: bigint;
  /** What the new position holds that is opened for the rest; both are 0 if all leaves. */
  readonly remainder: PromisedPayout;
  /** What returns to the pool's budget of the reward that was reserved. */
  readonly returnedReward: bigint;
}

/** Reward promised for `principal`, rounded down once. `conversion` is the pool's: reward units for 1e18 stake units. */
export function promisedReward(
  { rate, duration }: Pick<TermRules, "rate" | "duration">,
  principal: bigint,
  conversion: bigint = ONE,
): bigint {
  return (principal * rate * BigInt(duration) * conversion) / (ONE * ONE * YEAR);
}

/** `previewOpen`: reward and maturity of a position opened with `principal` at the time `now`. */
export function previewOpen(
  term: Pick<TermRules, "rate" | "duration">,
  principal: bigint,
  conversion: bigint,
  now: Whole,
): { reward: bigint; maturity: bigint } {
  return { reward: promisedReward(term, principal, conversion), maturity: BigInt(now) + BigInt(term.duration) };
}

/** `previewWithdrawEarly`: what leaving with `amount` at the time `now` pays and costs. A time before opening counts as opening. */
export function previewWithdrawEarly(
  term: Pick<TermRules, "duration" | "penalty">,
  position: PromisedPayout & { readonly maturity: Whole },
  amount: bigint,
  now: Whole,
): EarlyExit {
  const elapsed = saturatingSub(BigInt(now) + BigInt(term.duration), BigInt(position.maturity));
  return earlyExit(term, position, amount, elapsed);
}

/** What leaving with `amount` pays and costs `elapsed` seconds after opening; from maturity on it costs nothing. */
export function earlyExit(
  { duration, penalty }: Pick<TermRules, "duration" | "penalty">,
  { principal, reward }: PromisedPayout,
  amount: bigint,
  elapsed: Whole,
): EarlyExit {
  if (amount <= 0n || amount > principal)
    throw new RangeError(`${amount} base units cannot leave a position of ${principal}: choose from 1 to ${principal}`);
  const remainder = { principal: principal - amount, reward: (reward * (principal - amount)) / principal };
  if (BigInt(elapsed) >= BigInt(duration)) {
    const rewardOut = (reward * amount) / principal;
    const returnedReward = reward - remainder.reward - rewardOut;
    return { principalOut: amount, rewardOut, principalPenalty: 0n, forfeitedReward: 0n, remainder, returnedReward };
  }
  // What has accrued, as a fraction, to be rounded once.
  const [numerator, denominator] = [reward * amount * BigInt(elapsed), principal * BigInt(duration)];
  const taken = principalPenalty(penalty, amount, elapsed, duration);
  const rewardOut = keptReward(penalty, numerator, denominator);
  return {
    principalOut: amount - taken,
    rewardOut,
    principalPenalty: taken,
    forfeitedReward: numerator / denominator - rewardOut,
    remainder,
    returnedReward: reward - remainder.reward - rewardOut,
  };
}

/** Most principal whose reward is at most `reward`; 0 if there is none. */
export function principalFor(
  { rate, duration }: Pick<TermRules, "rate" | "duration">,
  reward: bigint,
  conversion: bigint = ONE,
): bigint {
  // principal × rate × duration × conversion / (1e18 × 1e18 × year) < reward + 1
  return ((reward + 1n) * ONE * ONE * YEAR - 1n) / (rate * BigInt(duration) * conversion);
}

/** What a position holds after `times` renewals in the same term, each compounding its reward: of pools whose two tokens are one. */
export function renewed(term: Pick<TermRules, "rate" | "duration">, principal: bigint, times: number): PromisedPayout {
  let [held, reward] = [principal, promisedReward(term, principal)];
  for (let i = 0; i < times; i++) {
    held += reward;
    reward = promisedReward(term, held);
  }
  return { principal: held, reward };
}
