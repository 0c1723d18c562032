// What the insurance fund refuses.
import { counted, grouped } from "../writing.ts";
import type { Sentences } from "./types.ts";

export const INSURANCE_SENTENCES = {
  InsuranceUnexpectedRound: ({ expected, next }) =>
    `The next round is ${next} and not ${expected}: build its claims again for that number.`,
  InsuranceRoundUnknown: ({ round, roundCount }) =>
    `There is no round ${round}: the fund has had ${counted(roundCount, "round")}, counted from 0.`,
  InsuranceRoundClosed: ({ round }) => `Round ${round} was cancelled or closed.`,
  InsuranceNotOpen: ({ round, opensAt }, { time }) =>
    `Claims of round ${round} open at ${time(opensAt)}: wait until then.`,
  InsuranceAlreadyOpen: ({ round, opensAt }, { time }) =>
    `Claims of round ${round} have been open since ${time(opensAt)}, so that it can no longer be cancelled.`,
  InsuranceExpired: ({ round, expiresAt }, { time }) => `Claims of round ${round} ended at ${time(expiresAt)}.`,
  InsuranceNotExpired: ({ round, expiresAt }, { time }) =>
    `Round ${round} runs until ${time(expiresAt)} and cannot be closed before.`,
  InsuranceAlreadyClaimed: ({ round, index }) => `Claim ${index} of round ${round} was paid already.`,
  InsuranceInvalidProof: ({ round, index, account, amount: claimed }, { amount, address }) =>
    `The proof does not show that claim ${index} of round ${round} pays ${amount(claimed, undefined)} to ${address(account)}: ` +
    "check all four, and use the proof that was published for them.",
  InsuranceRoundExhausted: ({ round, amount: claimed, left }, { amount }) =>
    `Round ${round} has ${amount(left, undefined)} left, too little for a claim of ${amount(claimed, undefined)}.`,
  InsuranceNotCovered: ({ total, available, missing }, { amount }) =>
    `A round of ${amount(total, undefined)} is not covered: the fund has ${amount(available, undefined)} that no other round ` +
    `reserves, and lacks ${amount(missing, undefined)}.`,
  InsuranceTimeOutOfRange: ({ time: chosen, minimum, maximum }, { duration }) =>
    `A time of ${duration(chosen)} is outside the range from ${duration(minimum)} to ${duration(maximum)}.`,
  InsuranceTotalOutOfRange: ({ total, limit }) =>
    `A round's total of ${grouped(total)} is out of range: it has to be above zero and at most ${grouped(limit)}.`,
} satisfies Partial<Sentences>;
