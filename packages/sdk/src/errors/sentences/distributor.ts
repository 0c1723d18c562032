// What the reward distributor refuses.
import { BPS } from "../../math/units.ts";
import { counted, grouped } from "../writing.ts";
import { formatPercentage } from "../../units/percentages.ts";
import type { Sentences } from "./types.ts";

export const DISTRIBUTOR_SENTENCES = {
  DistributorZeroAmount: () => "The amount is zero: enter one above zero.",
  DistributorScheduleUnknown: ({ scheduleId, scheduleCount }) =>
    `There is no schedule ${scheduleId}: the distributor has ${counted(scheduleCount, "schedule")}, counted from 0.`,
  DistributorScheduleEnded: ({ scheduleId }) => `Schedule ${scheduleId} was ended.`,
  DistributorFullyFunded: ({ scheduleId }) =>
    `Schedule ${scheduleId} holds everything that it can still use: it takes no more.`,
  DistributorNothingDue: ({ scheduleId, pool }, { address }) =>
    `Nothing has accrued from schedule ${scheduleId} to the pool ${address(pool)} yet: wait for its next epoch that is funded.`,
  DistributorNotTaken: ({ pool, left }, { amount, address }) =>
    `The pool ${address(pool)} left ${amount(left, undefined)} of what it was to take: nothing was paid, and it keeps its claim.`,
  DistributorInvalidEpoch: ({ epoch }, { duration }) =>
    `An epoch of ${duration(epoch)} is not possible: choose a day, 7 days or 30 days.`,
  DistributorEpochsOutOfRange: ({ epochs, maximum }) =>
    `A schedule has from 1 to ${grouped(maximum)} epochs, and this would have ${grouped(epochs)}.`,
  DistributorStartInPast: ({ start, earliest }, { time }) =>
    `The start at ${time(start)} has passed: choose ${time(earliest)} or later.`,
  DistributorFeeAboveCeiling: ({ feeBps, ceilingBps }) =>
    `A fee of ${formatPercentage(feeBps, BPS)} is above the ceiling of ${formatPercentage(ceilingBps, BPS)}.`,
  DistributorShareAboveWhole: ({ shareBps, wholeBps }) =>
    `The insurance fund cannot get ${formatPercentage(shareBps, BPS)} of the fees: ${formatPercentage(wholeBps, BPS)} is the most.`,
  DistributorInvalidReceiver: ({ receiver }, { address }) =>
    `${address(receiver)} could never use what it is sent: name a receiver that is neither the zero address nor the distributor itself.`,
  DistributorInvalidPool: ({ pool, kind }, { address }) =>
    `${address(pool)} does not say that it is a pool of a kind that can be paid (it says ${kind}): name a flexible or a fixed-term pool.`,
  DistributorWrongToken: ({ pool, rewardsToken, token }, { address }) =>
    `The pool ${address(pool)} pays ${address(rewardsToken)}, and the schedule pays ${address(token)}: choose a pool that pays the schedule's token.`,
  DistributorGasTooLow: ({ gasLeft, needed }) =>
    `The ${grouped(gasLeft)} gas left do not suffice to send fees, which takes ${grouped(needed)}: give the transaction more.`,
  DistributorOnlySelf: ({ caller }, { address }) =>
    `This is for the distributor itself to call, and not for ${address(caller)}.`,
  DistributorRescueExceedsSurplus: ({ token, amount: wanted, surplus }, { amount, address }) =>
    `Of the token ${address(token)} the distributor holds no more than ${amount(surplus, token)} that nobody has a claim to, ` +
    `and ${amount(wanted, token)} cannot be rescued.`,
} satisfies Partial<Sentences>;
