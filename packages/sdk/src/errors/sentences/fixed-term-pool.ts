// What a fixed-term pool refuses: of terms and positions, of budgets, and of penalties that governance sets.
import { BPS, ONE } from "../../math/units.ts";
import { counted, grouped } from "../writing.ts";
import { formatPercentage } from "../../units/percentages.ts";
import type { Sentences } from "./types.ts";

export const FIXED_TERM_POOL_SENTENCES = {
  PoolTermUnknown: ({ termId, termCount }) =>
    `There is no term ${termId}: the pool has ${counted(termCount, "term")}, counted from 0.`,
  PoolTermClosed: ({ termId }) => `Term ${termId} is closed: choose another one.`,
  PoolTermPaused: ({ termId }) =>
    `Term ${termId} is paused and takes nothing new now: choose another one, or wait until it is unpaused.`,
  PoolRewardBelowMinimum: ({ reward, minReward }, { amount }) =>
    reward === 0n
      ? "The reward would round down to nothing: put in more."
      : `The reward would be ${amount(reward, "rewards")}, less than the ${amount(minReward, "rewards")} that you asked for.`,
  PoolRewardCapExceeded: ({ reward, capLeft }, { amount }) =>
    `The term can promise no more than ${amount(capLeft, "rewards")}, and this would earn ${amount(reward, "rewards")}: put in less.`,
  PoolBudgetTooSmall: ({ needed, available, missing }, { amount }) =>
    `This needs ${amount(needed, "rewards")} of the pool's reward budget, which has ${amount(available, "rewards")}: it lacks ` +
    `${amount(missing, "rewards")}, so put in less or wait until the budget is funded.`,
  PoolPayoutBelowMinimum: ({ principalOut, minPrincipalOut, rewardOut, minRewardOut }, { amount }) =>
    `Leaving would pay ${amount(principalOut, "staking")} of principal and ${amount(rewardOut, "rewards")} of reward, where you ` +
    `asked for no less than ${amount(minPrincipalOut, "staking")} and ${amount(minRewardOut, "rewards")}.`,
  PoolAmountOutOfRange: ({ amount: wanted, limit }, { amount }) =>
    `An amount of ${amount(wanted, undefined)} is beyond the limit of ${amount(limit, undefined)}.`,
  PoolLiabilitiesUncovered: ({ balance, needed }, { amount }) =>
    `The pool holds ${amount(balance, undefined)} of the token and owes ${amount(needed, undefined)} to stakers and recipients: ` +
    "until that is covered, nothing else leaves.",
  PoolTooManyTerms: ({ maximum }) => `The pool has ${counted(maximum, "term")} already, the most that it can have.`,
  PoolAmountAbovePrincipal: ({ amount: wanted, principal }, { amount }) =>
    `The position holds ${amount(principal, "staking")}, and ${amount(wanted, "staking")} cannot leave it: enter less.`,
  PoolNotAuthorized: ({ caller, positionId }, { address }) =>
    `${address(caller)} neither owns position ${positionId} nor is approved for it, and its auto-renew does not allow this.`,
  PoolPositionUnknown: ({ positionId }) => `Position ${positionId} was never opened in this pool.`,
  PoolPositionClosed: ({ positionId }) =>
    `Position ${positionId} is closed: it was withdrawn, renewed or replaced by what remained of it.`,
  PoolNotMature: ({ positionId, maturity }, { time }) =>
    `Position ${positionId} matures at ${time(maturity)}: wait until then, or leave early and pay the penalty.`,
  PoolNothingOwed: ({ account }, { address }) => `The pool owes nothing to ${address(account)}.`,
  PoolNotOwner: ({ caller, positionId }, { address }) =>
    `Only the owner of position ${positionId} may let auto-renew repeat, and ${address(caller)} is not the owner.`,
  PoolAutoRenewWindowOutOfRange: ({ window, minimum, maximum }, { duration }) =>
    `A window of ${duration(window)} is not possible: it has to be a whole number of hours, from ${duration(minimum)} to ` +
    `${duration(maximum)}.`,
  PoolAutoRenewLapsed: ({ positionId, until }, { time }) =>
    `Auto-renew of position ${positionId} ended at ${time(until)}: only its owner can renew it now.`,

  PoolRateOutOfRange: ({ rate, ceiling }) =>
    `A rate of ${formatPercentage(rate, ONE)} a year is out of range: it has to be above zero and at most ${formatPercentage(ceiling, ONE)}.`,
  PoolConversionOutOfRange: ({ conversion, limit }) =>
    `A conversion of ${grouped(conversion)} is out of range: it has to be above zero and at most ${grouped(limit)}, and exactly ` +
    `${grouped(ONE)} where both tokens are the same.`,
  PoolInvalidRewardsPool: ({ rewardsPool }, { address }) =>
    `${address(rewardsPool)} cannot be the rewards pool: it has to be a flexible pool that pays the staking token, named where the ` +
    "split gives rewards a share and nowhere else; only a pool of one token may leave it out.",
  PoolGasTooLow: ({ gasLeft, needed }) =>
    `Sending the penalties on needs ${grouped(needed)} gas, and ${grouped(gasLeft)} are left: give the call more gas, or replace the ` +
    "recipient that burns it.",
  PoolOnlySelf: ({ caller }, { address }) => `Only the pool itself may call this, and ${address(caller)} did.`,
  PenaltyAboveCeiling: ({ startBps, ceilingBps }) =>
    `A penalty of ${formatPercentage(startBps, BPS)} of principal is above the ceiling of ${formatPercentage(ceilingBps, BPS)}.`,
  PenaltyRises: ({ startBps, endBps }) =>
    `The penalty would rise with time, from ${formatPercentage(startBps, BPS)} to ${formatPercentage(endBps, BPS)}: it may only fall.`,
  PenaltyForfeitsTooMuch: ({ forfeitedBps, maximumBps }) =>
    `${formatPercentage(forfeitedBps, BPS)} of the accrued reward cannot be forfeited: ${formatPercentage(maximumBps, BPS)} is the most.`,
  PenaltyMissing: ({ startBps, forfeitedBps }) =>
    `Leaving early would cost ${formatPercentage(startBps, BPS)} of principal and ${formatPercentage(forfeitedBps, BPS)} of the accrued reward: ` +
    "it has to cost some principal, or all of the reward, since otherwise a rate promised for the whole term would be paid for any " +
    "part of it.",
  PenaltySplitNotWhole: ({ sumBps, wholeBps }) =>
    `The shares of a penalty add up to ${formatPercentage(sumBps, BPS)} and not to ${formatPercentage(wholeBps, BPS)}.`,
} satisfies Partial<Sentences>;
