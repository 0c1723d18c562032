import type { FixedTermPool } from "./fixed-term-pool.ts";
import { FlexiblePool } from "./flexible-pool.ts";
import { BPS } from "./penalty.ts";
import { EXACT, type Precision } from "./precision.ts";
import { Rational } from "./rational.ts";
import { require } from "./refusal.ts";
import { type Address, type Token, ZERO_ADDRESS } from "./token.ts";

/** A day, 7 days and 30 days, in seconds. */
const EPOCHS = [86_400n, 604_800n, 2_592_000n];
const MAXIMUM_EPOCHS = 10_000n;
const FEE_CEILING_BPS = 3_500n;

export interface ScheduleTerms {
  readonly token: Token;
  /** Seconds of an epoch. */
  readonly epoch: bigint;
  /** Units that leave the balance with every epoch, fee included. */
  readonly budget: bigint;
  /** Unix time of the first epoch. */
  readonly start: bigint;
  readonly epochs: bigint;
  readonly feeBps: bigint;
}

export interface ScheduleView {
  readonly terms: ScheduleTerms;
  readonly totalWeight: bigint;
  readonly accruedEpochs: bigint;
  readonly uncoveredEpochs: bigint;
  readonly balance: bigint;
  readonly missing: bigint;
  readonly nextEpoch: bigint;
  readonly ended: boolean;
}

export type RecipientPool = FlexiblePool | FixedTermPool;

interface Share {
  weight: bigint;
  claim: Rational;
  /** Cumulative reward per weight up to which the claim is settled. */
  settled: Rational;
}

interface Schedule {
  readonly terms: ScheduleTerms;
  readonly shares: Map<RecipientPool, Share>;
  totalWeight: bigint;
  balance: bigint;
  accruedEpochs: bigint;
  perWeight: Rational;
  ended: boolean;
}

interface Accrual {
  readonly epochs: bigint;
  readonly fee: bigint;
  readonly perWeight: Rational;
}

interface Fees {
  insurance: bigint;
  treasury: bigint;
}

export interface DistributorConfig {
  readonly address: Address;
  readonly insurance: Address;
  readonly treasury: Address;
  readonly insuranceShareBps: bigint;
  readonly precision?: Precision;
}

/** Pays pools by schedules of whole epochs, as far as each schedule's own balance covers them. */
export class Distributor {
  readonly address: Address;
  recipients: { insurance: Address; treasury: Address };
  readonly insuranceShareBps: bigint;
  readonly #precision: Precision;
  readonly #schedules: Schedule[] = [];
  readonly #fees = new Map<Token, Fees>();
  readonly #liabilities = new Map<Token, bigint>();

  constructor(config: DistributorConfig) {
    this.address = config.address;
    this.recipients = { insurance: config.insurance, treasury: config.treasury };
    this.insuranceShareBps = config.insuranceShareBps;
    this.#precision = config.precision ?? EXACT;
  }

  /* ANYONE */

  /** Takes at most what the schedule can still use; returns what it took. */
  fund(caller: Address, id: bigint, amount: bigint): bigint {
    const schedule = this.#requireRunning(id);
    require(amount > 0n, "DistributorZeroAmount");
    const { terms } = schedule;
    const usable = (terms.epochs - schedule.accruedEpochs) * terms.budget - schedule.balance;
    require(usable > 0n, "DistributorFullyFunded", id);
    const taken = amount < usable ? amount : usable;
    terms.token.transfer(caller, this.address, taken);
    schedule.balance += taken;
    this.#owe(terms.token, taken);
    return taken;
  }

  /**
   * Pays a pool what accrued to it; returns how much.
   *
   * `paid` binds the payment to what was really paid, where a model follows a history that rounded; it may be less than
   * one unit below the claim, and what is left stays claimed.
   */
  distribute(id: bigint, pool: RecipientPool, now: bigint, paid?: bigint): bigint {
    const schedule = this.#require(id);
    const accrual = this.#accrualAt(schedule, now);
    const share = schedule.shares.get(pool);
    const claim = share === undefined ? Rational.ZERO : this.#claimOf(share, accrual.perWeight);
    const amount = paid ?? claim.floor();
    require(amount > 0n && share !== undefined, "DistributorNothingDue", id, pool.address);
    if (claim.floor() - amount < 0n || claim.floor() - amount > 1n) {
      throw new RangeError(`${amount} units were paid of a claim of ${claim.floor()}`);
    }

    const { token } = schedule.terms;
    token.check(this.address, pool.address, amount);
    if (pool instanceof FlexiblePool) pool.checkNotification(this.address, amount, now, amount);
    else pool.checkFunding(this.address, amount);

    this.#apply(schedule, accrual);
    share.settled = schedule.perWeight;
    share.claim = claim.minus(Rational.of(amount));
    this.#owe(token, -amount);
    if (pool instanceof FlexiblePool) {
      token.transfer(this.address, pool.address, amount);
      pool.notify(this.address, amount, now);
    } else {
      pool.fund(this.address, amount);
    }
    return amount;
  }

  /** A share that its recipient cannot receive waits. */
  sweepFees(token: Token): void {
    const fees = this.#feesOf(token);
    const { insurance, treasury } = this.recipients;
    if (this.#send(token, insurance, fees.insurance)) fees.insurance = 0n;
    if (this.#send(token, treasury, fees.treasury)) fees.treasury = 0n;
  }

  /* GOVERNANCE */

  createSchedule(terms: ScheduleTerms, weights: ReadonlyMap<RecipientPool, bigint>, now: bigint): bigint {
    require(EPOCHS.includes(terms.epoch), "DistributorInvalidEpoch", terms.epoch);
    require(terms.budget > 0n, "DistributorZeroAmount");
    const epochsFit = terms.epochs > 0n && terms.epochs <= MAXIMUM_EPOCHS;
    require(epochsFit, "DistributorEpochsOutOfRange", terms.epochs, MAXIMUM_EPOCHS);
    require(terms.start >= now, "DistributorStartInPast", terms.start, now);
    require(terms.feeBps <= FEE_CEILING_BPS, "DistributorFeeAboveCeiling", terms.feeBps, FEE_CEILING_BPS);
    const schedule: Schedule = {
      terms,
      shares: new Map(),
      totalWeight: 0n,
      balance: 0n,
      accruedEpochs: 0n,
      perWeight: Rational.ZERO,
      ended: false,
    };
    this.#requirePaying(schedule, weights);
    this.#weigh(schedule, weights);
    return BigInt(this.#schedules.push(schedule)) - 1n;
  }

  /** What is due accrues by the old weights first. */
  setWeights(id: bigint, weights: ReadonlyMap<RecipientPool, bigint>, now: bigint): void {
    const schedule = this.#requireRunning(id);
    this.#requirePaying(schedule, weights);
    this.#apply(schedule, this.#accrualAt(schedule, now));
    this.#weigh(schedule, weights);
  }

  /** What is due accrues and stays payable; the rest of the balance goes back. */
  endSchedule(id: bigint, refundTo: Address, now: bigint): void {
    const schedule = this.#requireRunning(id);
    this.#requireReceiver(refundTo);
    const accrual = this.#accrualAt(schedule, now);
    const { token, budget } = schedule.terms;
    const refund = schedule.balance - accrual.epochs * budget;
    if (refund > 0n) token.check(this.address, refundTo, refund);
    this.#apply(schedule, accrual);
    schedule.balance = 0n;
    schedule.ended = true;
    this.#owe(token, -refund);
    if (refund > 0n) token.transfer(this.address, refundTo, refund);
  }

  /** Fees of the named tokens go to the recipients of their time first, or wait for the new ones. */
  setRecipients(insurance: Address, treasury: Address, tokens: readonly Token[]): void {
    this.#requireReceiver(insurance);
    this.#requireReceiver(treasury);
    for (const token of tokens) this.sweepFees(token);
    this.recipients = { insurance, treasury };
  }

  rescue(token: Token, to: Address, amount: bigint): void {
    this.#requireReceiver(to);
    const surplus = token.balanceOf(this.address) - this.liabilities(token);
    require(amount <= surplus, "DistributorRescueExceedsSurplus", token.address, amount, surplus);
    token.transfer(this.address, to, amount);
  }

  /* VIEWS */

  get scheduleCount(): bigint {
    return BigInt(this.#schedules.length);
  }

  schedule(id: bigint, now: bigint): ScheduleView {
    const schedule = this.#require(id);
    const { terms, ended, totalWeight } = schedule;
    const { epochs } = this.#accrualAt(schedule, now);
    const started = startedEpochs(terms, now);
    const accruedEpochs = schedule.accruedEpochs + epochs;
    const balance = schedule.balance - epochs * terms.budget;
    const uncoveredEpochs = ended ? 0n : started - accruedEpochs;
    const needed = uncoveredEpochs * terms.budget;
    return {
      terms,
      totalWeight,
      accruedEpochs,
      uncoveredEpochs,
      balance,
      missing: needed > balance ? needed - balance : 0n,
      nextEpoch: ended || started === terms.epochs ? 0n : terms.start + started * terms.epoch,
      ended,
    };
  }

  /** Units that `distribute` would pay now. */
  pending(id: bigint, pool: RecipientPool, now: bigint): bigint {
    const schedule = this.#require(id);
    const share = schedule.shares.get(pool);
    return share === undefined ? 0n : this.#claimOf(share, this.#accrualAt(schedule, now).perWeight).floor();
  }

  /** Nothing of a pool that never had a weight. */
  weightOf(id: bigint, pool: RecipientPool): bigint | undefined {
    return this.#require(id).shares.get(pool)?.weight;
  }

  feesOwed(token: Token): Readonly<Fees> {
    return this.#fees.get(token) ?? { insurance: 0n, treasury: 0n };
  }

  liabilities(token: Token): bigint {
    return this.#liabilities.get(token) ?? 0n;
  }

  /* INTERNAL */

  #require(id: bigint): Schedule {
    const schedule = this.#schedules[Number(id)];
    require(schedule !== undefined, "DistributorScheduleUnknown", id, this.scheduleCount);
    return schedule;
  }

  #requireRunning(id: bigint): Schedule {
    const schedule = this.#require(id);
    require(!schedule.ended, "DistributorScheduleEnded", id);
    return schedule;
  }

  #requireReceiver(receiver: Address): void {
    require(receiver !== ZERO_ADDRESS && receiver !== this.address, "DistributorInvalidReceiver", receiver);
  }

  /** What has started, is covered and has a weight to go to. */
  #accrualAt(schedule: Schedule, now: bigint): Accrual {
    const { terms, balance, totalWeight, perWeight, ended } = schedule;
    const due = startedEpochs(terms, now) - schedule.accruedEpochs;
    const covered = balance / terms.budget;
    const epochs = ended || totalWeight === 0n ? 0n : due < covered ? due : covered;
    if (epochs === 0n) return { epochs, fee: 0n, perWeight };
    const accrued = epochs * terms.budget;
    const fee = (accrued * terms.feeBps) / BPS;
    const grown = Rational.of(accrued - fee, totalWeight).floorTo(this.#precision.accumulator);
    return { epochs, fee, perWeight: perWeight.plus(grown) };
  }

  #apply(schedule: Schedule, { epochs, fee, perWeight }: Accrual): void {
    schedule.perWeight = perWeight;
    schedule.accruedEpochs += epochs;
    schedule.balance -= epochs * schedule.terms.budget;
    const fees = this.#feesOf(schedule.terms.token);
    const insurance = (fee * this.insuranceShareBps) / BPS;
    fees.insurance += insurance;
    fees.treasury += fee - insurance;
  }

  #claimOf(share: Share, perWeight: Rational): Rational {
    return share.claim.plus(perWeight.minus(share.settled).times(share.weight));
  }

  /** A pool enters only where it pays the schedule's token; whoever is in can be taken out. */
  #requirePaying({ terms: { token }, shares }: Schedule, weights: ReadonlyMap<RecipientPool, bigint>): void {
    for (const [pool, weight] of weights) {
      if (weight === 0n && shares.has(pool)) continue;
      const pays = pool.rewardsToken;
      require(pays === token, "DistributorWrongToken", pool.address, pays.address, token.address);
    }
  }

  #weigh(schedule: Schedule, weights: ReadonlyMap<RecipientPool, bigint>): void {
    for (const [pool, weight] of weights) {
      const old = schedule.shares.get(pool) ?? { weight: 0n, claim: Rational.ZERO, settled: schedule.perWeight };
      const claim = this.#claimOf(old, schedule.perWeight);
      schedule.shares.set(pool, { weight, claim, settled: schedule.perWeight });
      schedule.totalWeight += weight - old.weight;
    }
  }

  #feesOf(token: Token): Fees {
    const known = this.#fees.get(token);
    if (known !== undefined) return known;
    const fees = { insurance: 0n, treasury: 0n };
    this.#fees.set(token, fees);
    return fees;
  }

  #owe(token: Token, amount: bigint): void {
    this.#liabilities.set(token, this.liabilities(token) + amount);
  }

  #send(token: Token, to: Address, amount: bigint): boolean {
    if (amount === 0n || !token.accepts(this.address, to)) return false;
    token.transfer(this.address, to, amount);
    this.#owe(token, -amount);
    return true;
  }
}

/** Epochs whose start lies not after `now`. */
function startedEpochs({ start, epoch, epochs }: ScheduleTerms, now: bigint): bigint {
  if (now < start) return 0n;
  const started = (now - start) / epoch + 1n;
  return started < epochs ? started : epochs;
}
