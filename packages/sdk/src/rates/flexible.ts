// What a flexible pool pays, while nothing else changes and as long as its stream is funded. Fees are taken before anything streams.
import { streamLeft, streamRate, streamShare } from "../math/rates.ts";
import { DAY, ONE, saturatingSub, type Whole } from "../math/units.ts";
import { paysItsOwnToken, type FlexiblePool } from "../pools/pool.ts";

/**
 * Yearly rate of a flexible pool at the chain's time `now`, with `added` base units staked besides; 1e18 is 100 %, rounded down. 0 once
 * nothing streams any more. Undefined where nobody can tell: while nobody is staked, or where the pool pays another token, whose price
 * nobody here knows.
 */
export function flexibleRate(pool: FlexiblePool, now: Whole, added = 0n): bigint | undefined {
  if (!paysItsOwnToken(pool)) return undefined;
  return isStreaming(pool, now) ? streamRate(pool, added) : 0n;
}

/** `flexibleRate` as a fraction, exact to nine digits after the point: 0.06 is 6 % a year. */
export function flexibleApr(pool: FlexiblePool, now: Whole, added = 0n): number | undefined {
  const rate = flexibleRate(pool, now, added);
  return rate === undefined ? undefined : Number(rate / 1_000_000_000n) / 1e9;
}

/**
 * Base units of reward that one whole staking token earns in a year of the present stream and stake, with `added` staked besides: what
 * can be told of a pool that pays another token. Undefined while nobody is staked.
 */
export function yieldPerToken(pool: FlexiblePool, now: Whole, added = 0n): bigint | undefined {
  if (!isStreaming(pool, now)) return 0n;
  const rate = streamRate(pool, added);
  return rate === undefined ? undefined : (rate * 10n ** BigInt(pool.stakingToken.decimals)) / ONE;
}

/** Base units of reward that the stream pays everybody together in a day. */
export function streamedDaily(pool: FlexiblePool, now: Whole): bigint {
  return isStreaming(pool, now) ? (pool.periodReward * DAY) / pool.rewardsDuration : 0n;
}

/** What an amount would earn, and until when. */
export interface Estimate {
  /** In base units, rounded down. */
  readonly reward: bigint;
  /** Unix time in seconds. */
  readonly until: number;
  /** Whether the stream ends within the time asked for: nothing is funded after it. */
  readonly ends: boolean;
}

/**
 * What a stake of `amount` base units besides the present ones earns in `seconds` from the chain's time `now` on: no longer than the
 * stream is funded.
 */
export function estimateStake(pool: FlexiblePool, amount: bigint, now: number, seconds: bigint): Estimate {
  const left = saturatingSub(pool.periodFinish, BigInt(Math.ceil(now)));
  const lasts = left < seconds ? left : seconds;
  return {
    reward: streamShare({ ...pool, totalStaked: pool.totalStaked + amount }, amount, lasts),
    until: now + Number(lasts),
    ends: left < seconds,
  };
}

/**
 * What a stake has earned at the chain's time `now`, in seconds with a fraction: what was read, and its share of what has streamed since.
 * Rounded down, so that nobody is shown more than there is.
 */
export function earnedAt(
  { staked, earned, readAt }: { readonly staked: bigint; readonly earned: bigint; readonly readAt: number },
  pool: Pick<FlexiblePool, "periodReward" | "rewardsDuration" | "periodFinish" | "totalStaked">,
  now: number,
): bigint {
  const until = Math.min(now, Number(pool.periodFinish));
  const milliseconds = BigInt(Math.floor((until - readAt) * 1_000));
  if (milliseconds <= 0n || pool.totalStaked === 0n) return earned;
  return earned + (pool.periodReward * staked * milliseconds) / (pool.rewardsDuration * pool.totalStaked * 1_000n);
}

/** Whether a whole unit of the period's reward has still to stream. */
function isStreaming(pool: FlexiblePool, now: Whole): boolean {
  return streamLeft(pool, typeof now === "number" ? Math.floor(now) : now) > 0n;
}
