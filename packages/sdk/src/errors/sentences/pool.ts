// What both kinds of pool refuse, what the flexible one refuses besides, and what factory and lens do.
import { grouped } from "../writing.ts";
import type { Sentences } from "./types.ts";

export const POOL_SENTENCES = {
  PoolZeroAmount: () => "The amount is zero: enter one above zero.",
  PoolPaused: () =>
    "The pool is paused: it takes no deposits, openings or renewals now, while leaving and claiming work as ever.",
  PoolBelowMinimum: ({ received, minimum }, { amount }) =>
    `The pool takes no less than ${amount(minimum, "staking")} at a time, and this would be ${amount(received, "staking")}: put in more.`,
  PoolCapExceeded: ({ amount: wanted, capLeft }, { amount }) =>
    capLeft === 0n
      ? `The cap is reached, with no room left for ${amount(wanted, "staking")}: choose another term or pool.`
      : `There is room for ${amount(capLeft, "staking")} below the cap, and this would be ${amount(wanted, "staking")}: put in less.`,
  PoolInvalidReceiver: ({ receiver }, { address }) =>
    `${address(receiver)} could never use what it is sent: name a receiver that is neither the zero address nor the pool itself.`,
  PoolDurationOutOfRange: ({ duration: chosen, minimum, maximum }, { duration }) =>
    `A duration of ${duration(chosen)} is outside the range from ${duration(minimum)} to ${duration(maximum)}.`,
  PoolLimitsOutOfRange: ({ minimum, cap, limit }, { amount }) =>
    `A minimum of ${amount(minimum, "staking")} and a cap of ${amount(cap, "staking")} are out of range: the minimum has to be ` +
    `above zero and at most the cap, and the cap at most ${amount(limit, "staking")}.`,
  PoolRescueExceedsSurplus: ({ token, amount: wanted, surplus }, { amount, address }) =>
    `Of the token ${address(token)} the pool holds no more than ${amount(surplus, token)} that nobody has a claim to, ` +
    `and ${amount(wanted, token)} cannot be rescued.`,
  PoolRescueMovesOwnToken: ({ token }, { address }) =>
    `${address(token)} is another address of one of the pool's own tokens, which cannot be rescued through it.`,

  PoolNotFunder: ({ caller }, { address }) =>
    `${address(caller)} may not announce rewards to this pool: governance has to name it as a funder first.`,
  PoolInsufficientStake: ({ account, amount: wanted, stake }, { amount, address }) =>
    `${address(account)} has staked ${amount(stake, "staking")} here and cannot withdraw ${amount(wanted, "staking")}: enter less.`,
  PoolRewardNotReceived: ({ reward, unaccounted }, { amount }) =>
    `Rewards of ${amount(reward, "rewards")} were announced, but no more than ${amount(unaccounted, "rewards")} arrived that ` +
    "nobody has a claim to: send the rest first.",
  PoolRewardOutOfRange: ({ reward, maximum }, { amount }) =>
    `No more than ${amount(maximum, "rewards")} can be announced now, and this would be ${amount(reward, "rewards")}.`,

  FactoryPoolUnknown: ({ pool }, { address }) => `${address(pool)} is no pool of this factory.`,
  FactoryForeignAuthority: ({ pool, authority }, { address }) =>
    `The pool ${address(pool)} answers to ${address(authority)} and not to the factory's authority, so that it cannot be listed.`,
  FactoryTooManyTerms: ({ terms, maximum }) =>
    `A pool is created with at most ${maximum} terms, and this one would have ${terms}: add the others later.`,
  FactoryPoolExists: ({ pool }, { address }) =>
    `This very pool was created before, at ${address(pool)}: use that one, or choose another salt.`,
  LensGasTooLow: ({ gasLeft }) =>
    `A rest of ${grouped(gasLeft)} gas does not suffice to read the page to its end: ask for fewer entries, or give the call more gas.`,
  StringsInsufficientHexLength: ({ value, length }) =>
    `The number ${grouped(value)} does not fit into ${grouped(length)} hexadecimal bytes of a picture.`,
} satisfies Partial<Sentences>;
