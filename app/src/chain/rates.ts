import { BPS, ONE, principalPenalty, promisedReward, splitPenalty, streamShare, YEAR } from "@termstake/sdk/math";

import type { Stake } from "./account.ts";
import type { FixedTermPool, FlexiblePool, Split, Term } from "./pools.ts";

export { BPS, ONE, principalPenalty, YEAR };

/** Reward of opening with `principal` base units, as the contract computes it: rounded down once. */
export function fixedTermReward(pool: FixedTermPool, term: Term, principal: bigint): bigint {
  return promisedReward(term, principal, pool.conversion);
}

/** What an amount would earn, and until when. */
export interface Estimate {
  /** In base units. */
  readonly reward: bigint;
  /** Unix time in seconds. */
  readonly until: number;
  /** Whether the stream ends within the time asked for: nothing is funded after it. */
  readonly ends: boolean;
}

/**
 * What a flexible stake of `amount` base units besides the present ones earns in `seconds` from the chain's time `now` on, while nothing
 * else changes: no longer than the stream is funded.
 */
export function flexibleEstimate(pool: FlexiblePool, amount: bigint, now: number, seconds: bigint): Estimate {
  const left = BigInt(Math.max(0, Number(pool.periodFinish) - Math.ceil(now)));
  const lasts = left < seconds ? left : seconds;
  return {
    reward: streamShare({ ...pool, totalStaked: pool.totalStaked + amount }, amount, lasts),
    until: now + Number(lasts),
    ends: left < seconds,
  };
}

/**
 * What a flexible stake has earned at the chain's time `now`, in seconds with a fraction: what was read, and its share of what has
 * streamed since. Rounded down, so that nobody is shown more than there is.
 */
export function earnedAt({ staked, earned, readAt }: Earning, pool: Stream, now: number): bigint {
  const until = Math.min(now, Number(pool.periodFinish));
  const milliseconds = BigInt(Math.floor((until - readAt) * 1_000));
  if (milliseconds <= 0n || pool.totalStaked === 0n) return earned;
  return earned + (pool.periodReward * staked * milliseconds) / (pool.rewardsDuration * pool.totalStaked * 1_000n);
}

type Earning = Pick<Stake, "staked" | "earned" | "readAt">;
type Stream = Pick<FlexiblePool, "periodReward" | "rewardsDuration" | "periodFinish" | "totalStaked">;

export type Destination = "rewards" | "insurance" | "treasury" | "burned";

/**
 * How a penalty of `amount` base units is divided, as the contract does: each share rounded down, the remainder to the first
 * destination that has a share. Destinations without a share are left out.
 */
export function penaltyShares(split: Split, amount: bigint): { readonly kind: Destination; readonly amount: bigint }[] {
  const shares = splitPenalty(split, amount);
  return (
    [
      ["rewards", split.rewardsBps],
      ["insurance", split.insuranceBps],
      ["treasury", split.treasuryBps],
      ["burned", split.burnBps],
    ] as const
  )
    .filter(([, bps]) => bps > 0n)
    .map(([kind]) => ({ kind, amount: shares[kind] }));
}
