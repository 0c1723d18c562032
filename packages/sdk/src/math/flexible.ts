// What a flexible pool computes: a reward stream shared pro rata, to the unit. Amounts are base units, times are Unix seconds.
// The state comes from the pool's storage (`readFlexiblePool`): its views round what it keeps.
import { min, ONE, saturatingSub, type Whole } from "./units.ts";

/** Binary digits after the point of a debt, which are the fewest of an accumulator; and the most of an accumulator. */
const DEBT_SCALE = 24n;
const MAXIMUM_DIGITS = 96n;

/** Debts are kept modulo 2^160: only their difference to what a stake accumulated has a meaning. */
const DEBT_BITS = 160;

/** Everything that a flexible pool's rewards depend on. */
export interface FlexiblePoolState {
  readonly totalStaked: bigint;
  /** Reward of one staked unit since the beginning, times 2^`digits`. */
  readonly accumulator: bigint;
  /** Binary digits after the point of the accumulator: `accumulatorDigits` of the pool's cap. */
  readonly digits: bigint;
  /** Up to when rewards are in the accumulator; it stands still while nobody is staked. */
  readonly lastUpdate: Whole;
  /** What the current or last period streams in all. */
  readonly periodReward: bigint;
  /** The period's end as it is stored: without the time since which nobody is staked. */
  readonly periodEnd: Whole;
  readonly duration: Whole;
}

/** Everything that a pool keeps of an account. */
export interface StakerState {
  readonly stake: bigint;
  /** What is not the account's, or already paid, times 2^24, modulo 2^160. */
  readonly debt: bigint;
}

/** Binary digits after the point that a pool's accumulator has: the bits of its cap and 16 more, from 24 to 96. */
export function accumulatorDigits(cap: bigint): bigint {
  const digits = BigInt(cap.toString(2).length) + 16n;
  return digits < DEBT_SCALE ? DEBT_SCALE : min(digits, MAXIMUM_DIGITS);
}

/** The accumulator at a time, and up to when it then holds rewards. */
export function accrue(pool: FlexiblePoolState, now: Whole): { accumulator: bigint; lastUpdate: bigint } {
  const lastUpdate = BigInt(pool.lastUpdate);
  const applicable = min(BigInt(now), BigInt(pool.periodEnd));
  if (pool.totalStaked === 0n || applicable <= lastUpdate) return { accumulator: pool.accumulator, lastUpdate };
  const streamed = (pool.periodReward * (applicable - lastUpdate)) << pool.digits;
  const growth = streamed / (BigInt(pool.duration) * pool.totalStaked);
  return { accumulator: pool.accumulator + growth, lastUpdate: applicable };
}

/** `earned`: what the account could claim at a time. */
export function earned(pool: FlexiblePoolState, { stake, debt }: StakerState, now: Whole): bigint {
  const { accumulator } = accrue(pool, now);
  // Roundings may leave it a few 2^-24 below zero.
  const scaled = BigInt.asIntN(DEBT_BITS, ((stake * accumulator) >> (pool.digits - DEBT_SCALE)) - debt);
  return scaled > 0n ? scaled >> DEBT_SCALE : 0n;
}

/** `rewardPerToken`: the reward of 1e18 staked units since the beginning. */
export function rewardPerToken(pool: FlexiblePoolState, now: Whole): bigint {
  return (accrue(pool, now).accumulator * ONE) >> pool.digits;
}

/** `periodFinish`: the period's end, which moves while nobody is staked. */
export function periodFinish(pool: FlexiblePoolState, now: Whole): bigint {
  const remaining = saturatingSub(BigInt(pool.periodEnd), BigInt(pool.lastUpdate));
  return pool.totalStaked !== 0n || remaining === 0n ? BigInt(pool.periodEnd) : BigInt(now) + remaining;
}

/** What pool and account are after a stake of `amount` at a time; of tokens that charge a fee, the amount that arrives. */
export function afterStake(
  pool: FlexiblePoolState,
  staker: StakerState,
  amount: bigint,
  now: Whole,
): [FlexiblePoolState, StakerState] {
  const { accumulator, lastUpdate } = accrue(pool, now);
  const periodEnd = periodFinish(pool, now);
  // The first stake starts the clock, unless the period is over.
  const starts = pool.totalStaked === 0n && BigInt(pool.periodEnd) > lastUpdate;
  const added = -((-amount * accumulator) >> (pool.digits - DEBT_SCALE)); // rounded up
  return [
    {
      ...pool,
      totalStaked: pool.totalStaked + amount,
      accumulator,
      lastUpdate: starts ? BigInt(now) : lastUpdate,
      periodEnd,
    },
    { stake: staker.stake + amount, debt: BigInt.asUintN(DEBT_BITS, staker.debt + added) },
  ];
}

/** What pool and account are after a withdrawal of `amount` at a time. What was earned stays earned. */
export function afterWithdrawal(
  pool: FlexiblePoolState,
  staker: StakerState,
  amount: bigint,
  now: Whole,
): [FlexiblePoolState, StakerState] {
  if (amount <= 0n || amount > staker.stake)
    throw new RangeError(
      `${amount} base units cannot leave a stake of ${staker.stake}: choose from 1 to ${staker.stake}`,
    );
  const { accumulator, lastUpdate } = accrue(pool, now);
  const removed = (amount * accumulator) >> (pool.digits - DEBT_SCALE); // rounded down
  return [
    { ...pool, totalStaked: pool.totalStaked - amount, accumulator, lastUpdate },
    { stake: staker.stake - amount, debt: BigInt.asUintN(DEBT_BITS, staker.debt - removed) },
  ];
}

/** The stream after `reward` units were notified at a time, with `carry` left over by notifications before; and the new carry. */
export function afterNotification(
  pool: FlexiblePoolState,
  carry: bigint,
  reward: bigint,
  now: Whole,
): [FlexiblePoolState, bigint] {
  const { accumulator, lastUpdate } = accrue(pool, now);
  const [time, duration] = [BigInt(now), BigInt(pool.duration)];
  const remaining = saturatingSub(BigInt(pool.periodEnd), lastUpdate);
  const total = carry + reward;
  const accrued = { ...pool, accumulator, lastUpdate: time };
  if (remaining !== 0n && pool.periodReward !== 0n) {
    const extra = (total * duration) / pool.periodReward;
    if (remaining + extra <= duration) {
      const used = (pool.periodReward * extra + duration - 1n) / duration; // rounded up
      return [{ ...accrued, periodEnd: time + remaining + extra }, total - used];
    }
  }
  const periodReward = (pool.periodReward * remaining) / duration + total;
  return [{ ...accrued, periodReward, periodEnd: time + duration }, 0n];
}

/** What an account is after it was paid everything earned at a time. */
export function afterClaim(pool: FlexiblePoolState, staker: StakerState, now: Whole): StakerState {
  const paid = earned(pool, staker, now) << DEBT_SCALE;
  return { ...staker, debt: BigInt.asUintN(DEBT_BITS, staker.debt + paid) };
}
