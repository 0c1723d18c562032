import { Pool, type PoolConfig } from "./pool.ts";
import { EXACT, type Precision } from "./precision.ts";
import { Rational } from "./rational.ts";
import { require } from "./refusal.ts";
import type { Address, Token } from "./token.ts";

/** Bits of the accumulator of reward by one staked unit, those after the point included. */
const ACCUMULATOR_BITS = 224n;

/** Most that a pool may owe. */
const OWED_LIMIT = 2n ** 128n - 2n ** 80n;

const RATE_SCALE = 10n ** 18n;

export interface FlexiblePoolConfig extends PoolConfig {
  /** Seconds of a reward period. */
  readonly duration: bigint;
  /** Fewest units of one deposit. */
  readonly minimum: bigint;
  /** Most units staked by everybody. */
  readonly cap: bigint;
  readonly precision?: Precision;
}

interface Staker {
  stake: bigint;
  /** What the accumulator times the stake holds without being earned. */
  debt: Rational;
  /** Units claimed so far. */
  paid: bigint;
}

/** A reward stream shared pro rata to stake and time; its clock stands while nobody is staked. */
export class FlexiblePool extends Pool {
  readonly duration: bigint;
  readonly minimum: bigint;
  readonly cap: bigint;
  readonly #precision: Precision;
  /** One unit staked may accumulate less than this over the pool's life. */
  readonly #accumulatorLimit: bigint;
  readonly #stakers = new Map<Address, Staker>();
  readonly #funders = new Set<Address>();
  #totalStaked = 0n;
  /** Reward accumulated by one staked unit. */
  #accumulator = Rational.ZERO;
  #updatedAt = 0n;
  #periodReward = 0n;
  #periodEnd = 0n;
  /** Everything notified and not paid. */
  #owed = 0n;
  /** What of it waits for the next notification: less than the stream pays in a second. */
  #carry = 0n;

  constructor(config: FlexiblePoolConfig) {
    super(config);
    this.duration = config.duration;
    this.minimum = config.minimum;
    this.cap = config.cap;
    const digits = accumulatorDigits(config.cap);
    this.#accumulatorLimit = 2n ** (ACCUMULATOR_BITS - digits);
    const precision = config.precision ?? EXACT;
    this.#precision = precision.accumulator === undefined ? precision : { ...precision, accumulator: 2n ** digits };
  }

  /* STAKERS */

  /** For the caller, or as a gift to any other account. */
  stake(caller: Address, account: Address, amount: bigint, now: bigint): void {
    if (account !== caller) this.requireReceiver(account);
    require(amount > 0n, "PoolZeroAmount");
    this.stakingToken.check(caller, this.address, amount);
    require(!this.paused, "PoolPaused");
    require(amount >= this.minimum, "PoolBelowMinimum", amount, this.minimum);
    const capLeft = this.cap - this.#totalStaked;
    require(amount <= capLeft, "PoolCapExceeded", amount, capLeft);

    this.stakingToken.transfer(caller, this.address, amount);
    this.#update(now);
    const staker = this.#staker(account);
    staker.debt = staker.debt.plus(this.#accumulator.times(amount).ceilTo(this.#precision.debt));
    staker.stake += amount;
    this.#totalStaked += amount;
  }

  /** Returns stake to `receiver`, which may be any other account. */
  withdraw(account: Address, receiver: Address, amount: bigint, now: bigint): void {
    if (receiver !== account) this.requireReceiver(receiver);
    require(amount > 0n, "PoolZeroAmount");
    const staker = this.#staker(account);
    require(amount <= staker.stake, "PoolInsufficientStake", account, amount, staker.stake);
    this.stakingToken.transfer(this.address, receiver, amount);
    this.#take(staker, amount, now);
  }

  /** Pays what `account` has earned to `receiver`; returns how much. */
  claim(account: Address, receiver: Address, now: bigint): bigint {
    if (receiver !== account) this.requireReceiver(receiver);
    const earned = this.earned(account, now);
    if (earned === 0n) return 0n;
    this.rewardsToken.transfer(this.address, receiver, earned);
    const staker = this.#staker(account);
    staker.debt = staker.debt.plus(Rational.of(earned));
    this.#pay(staker, earned);
    return earned;
  }

  /** Returns the whole stake and pays what was earned, both to `receiver`; what the token refuses to pay stays earned. */
  exit(account: Address, receiver: Address, now: bigint): void {
    if (receiver !== account) this.requireReceiver(receiver);
    const staker = this.#staker(account);
    require(staker.stake > 0n, "PoolZeroAmount");
    const earned = this.earned(account, now);
    this.stakingToken.check(this.address, receiver, staker.stake);
    const payable = this.rewardsToken.accepts(this.address, receiver);

    this.stakingToken.transfer(this.address, receiver, staker.stake);
    this.#take(staker, staker.stake, now);
    staker.debt = payable ? Rational.ZERO : Rational.of(-earned);
    if (!payable || earned === 0n) return;
    this.rewardsToken.transfer(this.address, receiver, earned);
    this.#pay(staker, earned);
  }

  /* FUNDERS */

  setFunder(funder: Address, allowed: boolean): void {
    if (allowed) this.#funders.add(funder);
    else this.#funders.delete(funder);
  }

  /** Streams tokens that have arrived: at a higher rate over a whole period, or else for longer at the running rate. */
  notify(caller: Address, reward: bigint, now: bigint): void {
    const remaining = this.#checkNotification(caller, reward, now, 0n);
    this.#update(now);
    const total = this.#carry + reward;
    const extra = remaining === 0n || this.#periodReward === 0n ? null : (total * this.duration) / this.#periodReward;
    if (extra !== null && remaining + extra <= this.duration) {
      this.#carry = total - Rational.of(this.#periodReward * extra, this.duration).ceil();
      this.#periodEnd = now + remaining + extra;
    } else {
      this.#carry = 0n;
      this.#periodReward = this.#left(remaining).floor() + total;
      this.#periodEnd = now + this.duration;
    }
    this.#updatedAt = now;
    this.#owed += reward;
  }

  /** Refuses what `notify` would refuse once `arriving` units more have arrived, and changes nothing. */
  checkNotification(caller: Address, reward: bigint, now: bigint, arriving: bigint): void {
    this.#checkNotification(caller, reward, now, arriving);
  }

  /* VIEWS */

  get totalStaked(): bigint {
    return this.#totalStaked;
  }

  get owed(): bigint {
    return this.#owed;
  }

  /** Part of what is owed that waits for the next notification. */
  get carry(): bigint {
    return this.#carry;
  }

  get periodReward(): bigint {
    return this.#periodReward;
  }

  get lastUpdateTime(): bigint {
    return this.#updatedAt;
  }

  get rewardRate(): bigint {
    return this.#periodReward / this.duration;
  }

  isFunder(account: Address): boolean {
    return this.#funders.has(account);
  }

  stakeOf(account: Address): bigint {
    return this.#stakers.get(account)?.stake ?? 0n;
  }

  /** Units that the account could claim now. */
  earned(account: Address, now: bigint): bigint {
    const earned = this.accrued(account, now).floor();
    return earned > 0n ? earned : 0n;
  }

  /** What the account has earned and not claimed, with its fraction. */
  accrued(account: Address, now: bigint): Rational {
    const staker = this.#stakers.get(account);
    if (staker === undefined) return Rational.ZERO;
    return this.#accumulatorAt(now).times(staker.stake).floorTo(this.#precision.debt).minus(staker.debt);
  }

  /** Units that the account has claimed so far. */
  paidTo(account: Address): bigint {
    return this.#stakers.get(account)?.paid ?? 0n;
  }

  rewardPerToken(now: bigint): bigint {
    return this.#accumulatorAt(now).times(RATE_SCALE).floor();
  }

  /** While nobody is staked it moves with the time. */
  periodFinish(now: bigint): bigint {
    const left = this.#periodEnd - this.#updatedAt;
    return this.#totalStaked === 0n && left > 0n ? now + left : this.#periodEnd;
  }

  lastTimeRewardApplicable(now: bigint): bigint {
    const finish = this.periodFinish(now);
    return now < finish ? now : finish;
  }

  liabilities(token: Token): bigint {
    return (token === this.stakingToken ? this.#totalStaked : 0n) + (token === this.rewardsToken ? this.#owed : 0n);
  }

  /* INTERNAL */

  #staker(account: Address): Staker {
    const known = this.#stakers.get(account);
    if (known !== undefined) return known;
    const staker = { stake: 0n, debt: Rational.ZERO, paid: 0n };
    this.#stakers.set(account, staker);
    return staker;
  }

  #streamedUntil(now: bigint): bigint {
    return now < this.#periodEnd ? now : this.#periodEnd;
  }

  #accumulatorAt(now: bigint): Rational {
    const elapsed = this.#streamedUntil(now) - this.#updatedAt;
    if (this.#totalStaked === 0n || elapsed <= 0n) return this.#accumulator;
    const grown = Rational.of(this.#periodReward * elapsed, this.duration * this.#totalStaked);
    return this.#accumulator.plus(grown.floorTo(this.#precision.accumulator));
  }

  /** Brings the accumulator up to now; over an empty pool it moves the period instead. */
  #update(now: bigint): void {
    if (this.#totalStaked === 0n) {
      this.#periodEnd = this.periodFinish(now);
      if (this.#periodEnd > now) this.#updatedAt = now;
      return;
    }
    this.#accumulator = this.#accumulatorAt(now);
    const until = this.#streamedUntil(now);
    if (until > this.#updatedAt) this.#updatedAt = until;
  }

  #take(staker: Staker, amount: bigint, now: bigint): void {
    this.#update(now);
    staker.debt = staker.debt.minus(this.#accumulator.times(amount).floorTo(this.#precision.debt));
    staker.stake -= amount;
    this.#totalStaked -= amount;
  }

  #pay(staker: Staker, amount: bigint): void {
    staker.paid += amount;
    this.#owed -= amount;
  }

  /** Seconds that the running period has left, once nothing speaks against the notification. */
  #checkNotification(caller: Address, reward: bigint, now: bigint, arriving: bigint): bigint {
    require(this.isFunder(caller), "PoolNotFunder", caller);
    require(reward > 0n, "PoolZeroAmount");
    const unaccounted = this.rewardsToken.balanceOf(this.address) + arriving - this.liabilities(this.rewardsToken);
    require(reward <= unaccounted, "PoolRewardNotReceived", reward, unaccounted);

    const updatedAt = this.#totalStaked === 0n ? this.#updatedAt : this.#streamedUntil(now);
    const remaining = this.#periodEnd > updatedAt ? this.#periodEnd - updatedAt : 0n;
    const maximum = this.#notifiable(this.#left(remaining).ceil() + this.#carry, now);
    require(reward <= maximum, "PoolRewardOutOfRange", reward, maximum);
    return remaining;
  }

  /** What the period streams in its last `remaining` seconds. */
  #left(remaining: bigint): Rational {
    return Rational.of(this.#periodReward * remaining, this.duration);
  }

  /** Most units that the ranges of accumulator, as if one unit were staked all the time, and debts leave room for. */
  #notifiable(streaming: bigint, now: bigint): bigint {
    const used = this.#accumulatorAt(now).plus(Rational.of(streaming));
    const streamable = Rational.of(this.#accumulatorLimit).minus(used).ceil() - 1n;
    const owable = OWED_LIMIT - this.#owed;
    const notifiable = streamable < owable ? streamable : owable;
    return notifiable > 0n ? notifiable : 0n;
  }
}

/** Binary digits after the point of the accumulator of a pool with this cap: see docs/ARCHITECTURE.md. */
function accumulatorDigits(cap: bigint): bigint {
  const needed = BigInt(cap.toString(2).length) + 16n;
  return needed < 24n ? 24n : needed > 96n ? 96n : needed;
}
