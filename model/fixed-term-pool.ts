import type { FlexiblePool } from "./flexible-pool.ts";
import {
  divide,
  type EarlyExit,
  earlyExit,
  type PenaltySchedule,
  type PenaltyShares,
  type PenaltySplit,
  requirePenalty,
} from "./penalty.ts";
import { AMOUNT_LIMIT, MAXIMUM_DURATION, Pool, type PoolConfig } from "./pool.ts";
import { Rational } from "./rational.ts";
import { Refusal, require } from "./refusal.ts";
import { type Address, DEAD_ADDRESS, type Token, ZERO_ADDRESS } from "./token.ts";

const ONE = 10n ** 18n;
const YEAR = 365n * 86_400n;

/** Most terms of one pool. */
const MOST_TERMS = 256n;

/** What the budget can be raised to: with all that 256 terms can reserve, it stays below 2^112. */
const BUDGET_LIMIT = 2n ** 112n - 1n - MOST_TERMS * 2n ** 96n;

/** What exits can book until the sum is divided. */
const BOOKED_LIMIT = 2n ** 88n - 1n;

const HOUR = 3_600n;
const SHORTEST_WINDOW = HOUR;
const LONGEST_WINDOW = 30n * 24n * HOUR;

export interface Term {
  /** Seconds from opening to maturity. */
  readonly duration: bigint;
  /** Yearly; 10^18 is 100 %. */
  readonly rate: bigint;
  readonly minimum: bigint;
  readonly principalCap: bigint;
  readonly rewardCap: bigint;
  readonly penalty: PenaltySchedule;
}

export interface TermState extends Term {
  openPrincipal: bigint;
  reservedReward: bigint;
  paused: boolean;
  closed: boolean;
}

/** Anybody may renew in the term, from maturity on until the window is over. */
export interface RenewOrder {
  readonly termId: bigint;
  /** Seconds. */
  readonly window: bigint;
  /** Whether the new position has the order too. */
  readonly repeats: boolean;
}

/** What was frozen at opening, and who may act on it. */
export interface Position {
  readonly id: bigint;
  readonly termId: bigint;
  readonly principal: bigint;
  readonly reward: bigint;
  readonly openedAt: bigint;
  readonly maturity: bigint;
  owner: Address;
  approved: Address | undefined;
  order: RenewOrder | undefined;
}

export interface FixedTermPoolConfig extends PoolConfig {
  /** Reward units for 10^18 stake units. */
  readonly conversion: bigint;
  /** Receives the rewards share of penalties; a pool of one token may have none. */
  readonly rewardsPool?: FlexiblePool;
  readonly insurance: Address;
  readonly treasury: Address;
  readonly split: PenaltySplit;
  readonly terms: readonly Term[];
}

const MINIMUM_TERM = 86_400n;

/** What a term that is added has to keep to. */
function requireTerm({ duration, rate, minimum, principalCap, penalty }: Term): void {
  const durationFits = duration >= MINIMUM_TERM && duration <= MAXIMUM_DURATION;
  require(durationFits, "PoolDurationOutOfRange", duration, MINIMUM_TERM, MAXIMUM_DURATION);
  const limitsFit = minimum > 0n && minimum <= principalCap && principalCap <= AMOUNT_LIMIT;
  require(limitsFit, "PoolLimitsOutOfRange", minimum, principalCap, AMOUNT_LIMIT);
  require(rate > 0n && rate <= ONE, "PoolRateOutOfRange", rate, ONE);
  requirePenalty(penalty);
}

const NO_SHARES: PenaltyShares = { rewards: 0n, insurance: 0n, treasury: 0n, burned: 0n };

/** Terms whose rate is promised, and its whole reward reserved, at opening. */
export class FixedTermPool extends Pool {
  readonly conversion: bigint;
  readonly rewardsPool: FlexiblePool | undefined;
  readonly split: PenaltySplit;
  readonly #terms: TermState[] = [];
  readonly #positions = new Map<bigint, Position>();
  readonly #owed = new Map<Address, bigint>();
  /** Owner and operator. */
  readonly #operators = new Set<string>();
  recipients: { insurance: Address; treasury: Address };
  #positionCount = 0n;
  #totalPrincipal = 0n;
  #budget = 0n;
  #reserved = 0n;
  #totalOwed = 0n;
  /** Penalties that are not divided yet. */
  #booked = 0n;
  /** Shares that could not leave. */
  #waiting = NO_SHARES;

  constructor(config: FixedTermPoolConfig) {
    super(config);
    this.conversion = config.conversion;
    this.rewardsPool = config.rewardsPool;
    this.split = config.split;
    this.recipients = { insurance: config.insurance, treasury: config.treasury };
    for (const term of config.terms) this.addTerm(term);
  }

  /* STAKERS */

  /** Returns the id of the new position. */
  open(caller: Address, termId: bigint, amount: bigint, receiver: Address, minReward: bigint, now: bigint): bigint {
    require(amount > 0n, "PoolZeroAmount");
    this.stakingToken.check(caller, this.address, amount);
    this.#requireEntry(termId);
    const reward = this.#checkPromise(termId, amount, minReward);
    this.#requireHolder(receiver);

    this.stakingToken.transfer(caller, this.address, amount);
    return this.#open(termId, amount, reward, receiver, undefined, now);
  }

  /** From maturity on; returns principal and reward, whoever got the latter. */
  withdraw(caller: Address, id: bigint, receiver: Address, now: bigint): { principal: bigint; reward: bigint } {
    const position = this.#requireActor(caller, id);
    require(now >= position.maturity, "PoolNotMature", id, position.maturity);
    this.requireReceiver(receiver);
    const { principal, reward, owner } = position;
    this.#checkPayment(receiver, principal, reward);

    this.#close(position);
    this.#reserved -= reward;
    this.#payOut(owner, receiver, principal, reward);
    return { principal, reward };
  }

  /** Takes `amount` of the principal out; what stays goes on under a new id, which is returned, or 0. */
  withdrawEarly(
    caller: Address,
    id: bigint,
    amount: bigint,
    receiver: Address,
    least: { principal: bigint; reward: bigint },
    now: bigint,
  ): bigint {
    const position = this.#requireActor(caller, id);
    this.requireReceiver(receiver);
    const exit = this.previewWithdrawEarly(id, amount, now);
    require(exit.principalOut >= least.principal &&
      exit.rewardOut >=
        least.reward, "PoolPayoutBelowMinimum", exit.principalOut, least.principal, exit.rewardOut, least.reward);
    this.#checkPayment(receiver, exit.principalOut, exit.rewardOut);

    const { owner, principal, reward } = position;
    this.#close(position);
    this.#book(exit.principalPenalty);
    this.#reserved -= reward - exit.remainder;
    this.#budget += reward - exit.remainder - exit.rewardOut;
    const rest = { principal: principal - amount, reward: exit.remainder };
    const remainderId = amount === principal ? 0n : this.#add({ ...position, ...rest });
    this.#payOut(owner, receiver, exit.principalOut, exit.rewardOut);
    return remainderId;
  }

  /** From maturity on: by owner or approved in any term, by anybody else within an order. */
  renew(caller: Address, id: bigint, termId: bigint, minReward: bigint, now: bigint): bigint {
    const position = this.#requireOpen(id);
    if (!this.#mayAct(caller, position)) this.#requireInOrder(caller, position, termId, now);
    require(now >= position.maturity, "PoolNotMature", id, position.maturity);
    this.#requireEntry(termId);
    const { principal, reward, owner, order } = position;
    const term = this.#term(position.termId);
    // By all rules of opening, as if the position were closed already.
    term.openPrincipal -= principal;
    term.reservedReward -= reward;
    let renewed = principal;
    let promised: bigint;
    try {
      if (this.sameToken && this.#fits(termId, principal + reward)) renewed += reward;
      promised = this.#checkPromise(termId, renewed, minReward);
    } finally {
      term.openPrincipal += principal;
      term.reservedReward += reward;
    }

    this.#close(position);
    this.#reserved -= reward;
    if (!this.sameToken) this.#payReward(owner, owner, reward);
    else if (renewed === principal && reward > 0n) this.#owe(owner, reward);
    const kept = order?.repeats === true && order.termId === termId ? order : undefined;
    return this.#open(termId, renewed, promised, owner, kept, now);
  }

  setAutoRenew(caller: Address, id: bigint, order: RenewOrder, now: bigint): void {
    const position = this.#requireActor(caller, id);
    require(!order.repeats || caller === position.owner, "PoolNotOwner", caller, id);
    this.#requireOpenTerm(order.termId);
    const { window } = order;
    const fits = window >= SHORTEST_WINDOW && window <= LONGEST_WINDOW && window % HOUR === 0n;
    require(fits, "PoolAutoRenewWindowOutOfRange", window, SHORTEST_WINDOW, LONGEST_WINDOW);
    const until = position.maturity + window;
    require(now <= until, "PoolAutoRenewLapsed", id, until);
    position.order = order;
  }

  cancelAutoRenew(caller: Address, id: bigint): void {
    this.#requireActor(caller, id).order = undefined;
  }

  approve(caller: Address, to: Address, id: bigint): void {
    const position = this.#requireOwned(id);
    const { owner } = position;
    require(caller === owner || this.isOperator(owner, caller), "ERC721InvalidApprover", caller);
    position.approved = to === ZERO_ADDRESS ? undefined : to;
  }

  /** An operator may act on every position that the caller has or will have. */
  setOperator(caller: Address, operator: Address, allowed: boolean): void {
    require(operator !== ZERO_ADDRESS, "ERC721InvalidOperator", operator);
    const key = `${caller} ${operator}`;
    if (allowed) this.#operators.add(key);
    else this.#operators.delete(key);
  }

  transfer(caller: Address, from: Address, to: Address, id: bigint): void {
    this.#requireHolder(to);
    const position = this.#requireOwned(id);
    require(this.#mayAct(caller, position), "ERC721InsufficientApproval", caller, id);
    require(position.owner === from, "ERC721IncorrectOwner", from, id, position.owner);
    position.owner = to;
    position.approved = undefined;
    position.order = undefined;
  }

  claimOwed(caller: Address, receiver: Address): void {
    this.requireReceiver(receiver);
    const amount = this.owed(caller);
    require(amount > 0n, "PoolNothingOwed", caller);
    this.rewardsToken.transfer(this.address, receiver, amount);
    this.#owed.delete(caller);
    this.#totalOwed -= amount;
  }

  /* FUNDERS AND KEEPERS */

  fund(caller: Address, amount: bigint): void {
    this.checkFunding(caller, amount);
    this.rewardsToken.transfer(caller, this.address, amount);
    this.#budget += amount;
  }

  /** Refuses what `fund` would refuse, and moves nothing. */
  checkFunding(caller: Address, amount: bigint): void {
    require(amount > 0n, "PoolZeroAmount");
    this.rewardsToken.check(caller, this.address, amount);
    const room = this.#budgetRoom();
    require(amount <= room, "PoolAmountOutOfRange", amount, room);
  }

  /** Divides what was booked and sends every share that can leave. */
  sweepPenalties(now: bigint): void {
    const due = this.unsweptPenalties();
    this.#booked = 0n;
    const { insurance, treasury } = this.recipients;
    this.#waiting = {
      rewards: this.#sendRewardsShare(due.rewards, now) ? 0n : due.rewards,
      insurance: this.#sendTo(insurance, due.insurance, now) ? 0n : due.insurance,
      treasury: this.#sendTo(treasury, due.treasury, now) ? 0n : due.treasury,
      burned: this.#burnShare(due.burned) ? 0n : due.burned,
    };
  }

  /* GUARDIAN AND GOVERNANCE */

  pauseTerm(termId: bigint): void {
    this.#term(termId).paused = true;
  }

  unpauseTerm(termId: bigint): void {
    this.#term(termId).paused = false;
  }

  /** What was booked goes to the recipients of its time, if it can leave. */
  setRecipients(insurance: Address, treasury: Address, now: bigint): void {
    this.requireReceiver(insurance);
    this.requireReceiver(treasury);
    this.sweepPenalties(now);
    this.recipients = { insurance, treasury };
  }

  addTerm(term: Term): void {
    requireTerm(term);
    require(BigInt(this.#terms.length) < MOST_TERMS, "PoolTooManyTerms", MOST_TERMS);
    this.#terms.push({ ...term, openPrincipal: 0n, reservedReward: 0n, paused: false, closed: false });
  }

  closeTerm(termId: bigint): void {
    this.#term(termId).closed = true;
  }

  /** Returns what left: what was asked for, or all that there is. */
  withdrawBudget(to: Address, amount: bigint): bigint {
    this.requireReceiver(to);
    const withdrawn = amount < this.#budget ? amount : this.#budget;
    require(withdrawn > 0n, "PoolZeroAmount");
    this.rewardsToken.transfer(this.address, to, withdrawn);
    this.#budget -= withdrawn;
    return withdrawn;
  }

  /* VIEWS */

  get positionCount(): bigint {
    return this.#positionCount;
  }

  get terms(): readonly Readonly<TermState>[] {
    return this.#terms;
  }

  get totalPrincipal(): bigint {
    return this.#totalPrincipal;
  }

  get budget(): bigint {
    return this.#budget;
  }

  get reserved(): bigint {
    return this.#reserved;
  }

  get totalOwed(): bigint {
    return this.#totalOwed;
  }

  /** In the order in which they were opened. */
  openPositions(): IterableIterator<Readonly<Position>> {
    return this.#positions.values();
  }

  position(id: bigint): Readonly<Position> {
    return this.#requireOpen(id);
  }

  isOperator(owner: Address, operator: Address): boolean {
    return this.#operators.has(`${owner} ${operator}`);
  }

  owed(account: Address): bigint {
    return this.#owed.get(account) ?? 0n;
  }

  /** What waits to be swept, as it would be divided now. */
  unsweptPenalties(): PenaltyShares {
    const shares = divide(this.split, this.#booked);
    return {
      rewards: shares.rewards + this.#waiting.rewards,
      insurance: shares.insurance + this.#waiting.insurance,
      treasury: shares.treasury + this.#waiting.treasury,
      burned: shares.burned + this.#waiting.burned,
    };
  }

  previewOpen(termId: bigint, amount: bigint, now: bigint): { reward: bigint; maturity: bigint } {
    const term = this.#term(termId);
    require(amount <= AMOUNT_LIMIT, "PoolAmountOutOfRange", amount, AMOUNT_LIMIT);
    return { reward: this.#promised(term, amount), maturity: now + term.duration };
  }

  previewWithdrawEarly(id: bigint, amount: bigint, now: bigint): EarlyExit {
    const position = this.#requireOpen(id);
    require(amount > 0n, "PoolZeroAmount");
    require(amount <= position.principal, "PoolAmountAbovePrincipal", amount, position.principal);
    const { duration, penalty } = this.#term(position.termId);
    return earlyExit(penalty, duration, position, amount, now - position.openedAt);
  }

  liabilities(token: Token): bigint {
    const staking = this.#totalPrincipal + this.#penalties();
    const rewards = this.#budget + this.#reserved + this.#totalOwed;
    return (token === this.stakingToken ? staking : 0n) + (token === this.rewardsToken ? rewards : 0n);
  }

  /* INTERNAL: POSITIONS */

  #requireOwned(id: bigint): Position {
    const position = this.#positions.get(id);
    require(position !== undefined, "ERC721NonexistentToken", id);
    return position;
  }

  #requireOpen(id: bigint): Position {
    const position = this.#positions.get(id);
    if (position !== undefined) return position;
    throw new Refusal(id > 0n && id <= this.#positionCount ? "PoolPositionClosed" : "PoolPositionUnknown", [id]);
  }

  #mayAct(caller: Address, position: Position): boolean {
    return caller === position.owner || caller === position.approved || this.isOperator(position.owner, caller);
  }

  /** ERC-721 knows no zero address, and a position sent to the pool would be lost. */
  #requireHolder(account: Address): void {
    require(account !== ZERO_ADDRESS, "ERC721InvalidReceiver", account);
    this.requireReceiver(account);
  }

  #requireInOrder(caller: Address, { id, maturity, order }: Position, termId: bigint, now: bigint): void {
    require(order?.termId === termId, "PoolNotAuthorized", caller, id);
    const until = maturity + order.window;
    require(now <= until, "PoolAutoRenewLapsed", id, until);
  }

  #requireActor(caller: Address, id: bigint): Position {
    const position = this.#requireOpen(id);
    require(this.#mayAct(caller, position), "PoolNotAuthorized", caller, id);
    return position;
  }

  #open(
    termId: bigint,
    principal: bigint,
    reward: bigint,
    owner: Address,
    order: RenewOrder | undefined,
    now: bigint,
  ): bigint {
    const maturity = now + this.#term(termId).duration;
    this.#budget -= reward;
    this.#reserved += reward;
    return this.#add({ termId, principal, reward, openedAt: now, maturity, owner, order });
  }

  #add(position: Omit<Position, "id" | "approved">): bigint {
    const id = ++this.#positionCount;
    this.#positions.set(id, { ...position, id, approved: undefined });
    const term = this.#term(position.termId);
    term.openPrincipal += position.principal;
    term.reservedReward += position.reward;
    this.#totalPrincipal += position.principal;
    return id;
  }

  #close({ id, termId, principal, reward }: Position): void {
    this.#positions.delete(id);
    const term = this.#term(termId);
    term.openPrincipal -= principal;
    term.reservedReward -= reward;
    this.#totalPrincipal -= principal;
  }

  /* INTERNAL: PROMISES */

  #term(termId: bigint): TermState {
    const term = this.#terms[Number(termId)];
    require(term !== undefined, "PoolTermUnknown", termId, BigInt(this.#terms.length));
    return term;
  }

  #promised(term: Term, principal: bigint): bigint {
    return Rational.of(principal * term.rate * this.conversion * term.duration, ONE * ONE * YEAR).floor();
  }

  /** Whether pool and term let anybody in. */
  #requireEntry(termId: bigint): void {
    require(!this.paused, "PoolPaused");
    this.#requireOpenTerm(termId);
  }

  #requireOpenTerm(termId: bigint): TermState {
    const term = this.#term(termId);
    require(!term.closed, "PoolTermClosed", termId);
    require(!term.paused, "PoolTermPaused", termId);
    return term;
  }

  /** Returns the reward of an opening that every other rule allows. */
  #checkPromise(termId: bigint, principal: bigint, minReward: bigint): bigint {
    const term = this.#term(termId);
    require(principal >= term.minimum, "PoolBelowMinimum", principal, term.minimum);
    const principalLeft = term.principalCap - term.openPrincipal;
    require(principal <= principalLeft, "PoolCapExceeded", principal, principalLeft);
    const reward = this.#promised(term, principal);
    require(reward > 0n && reward >= minReward, "PoolRewardBelowMinimum", reward, minReward);
    const rewardLeft = term.rewardCap - term.reservedReward;
    require(reward <= rewardLeft, "PoolRewardCapExceeded", reward, rewardLeft);
    const available = this.#budget;
    require(reward <= available, "PoolBudgetTooSmall", reward, available, reward - available);
    return reward;
  }

  /** Whether the term's caps leave room for both. */
  #fits(termId: bigint, principal: bigint): boolean {
    const term = this.#term(termId);
    const { principalCap, openPrincipal, rewardCap, reservedReward } = term;
    return openPrincipal + principal <= principalCap && reservedReward + this.#promised(term, principal) <= rewardCap;
  }

  #budgetRoom(): bigint {
    return this.#budget < BUDGET_LIMIT ? BUDGET_LIMIT - this.#budget : 0n;
  }

  /* INTERNAL: PAYMENTS */

  /** Principal reaches the receiver or nothing happens; so does a reward in the same token. */
  #checkPayment(receiver: Address, principal: bigint, reward: bigint): void {
    const amount = this.sameToken ? principal + reward : principal;
    if (amount > 0n) this.stakingToken.check(this.address, receiver, amount);
  }

  #payOut(owner: Address, receiver: Address, principal: bigint, reward: bigint): void {
    if (principal > 0n) this.stakingToken.transfer(this.address, receiver, principal);
    this.#payReward(owner, receiver, reward);
  }

  /** A reward that the token refuses to move is owed to the owner. */
  #payReward(owner: Address, receiver: Address, reward: bigint): void {
    if (reward === 0n) return;
    if (this.rewardsToken.accepts(this.address, receiver)) {
      this.rewardsToken.transfer(this.address, receiver, reward);
      return;
    }
    this.#owe(owner, reward);
  }

  #owe(owner: Address, reward: bigint): void {
    this.#owed.set(owner, this.owed(owner) + reward);
    this.#totalOwed += reward;
  }

  /* INTERNAL: PENALTIES */

  #penalties(): bigint {
    const { rewards, insurance, treasury, burned } = this.#waiting;
    return this.#booked + rewards + insurance + treasury + burned;
  }

  /** A full counter is divided at once. */
  #book(penalty: bigint): void {
    this.#booked += penalty;
    if (this.#booked <= BOOKED_LIMIT) return;
    this.#waiting = this.unsweptPenalties();
    this.#booked = 0n;
  }

  /** A recipient that is the rewards pool gets a stream, and one that is the dead address a burn. */
  #sendTo(to: Address, amount: bigint, now: bigint): boolean {
    if (to === this.rewardsPool?.address) return this.#sendRewardsShare(amount, now);
    return to === DEAD_ADDRESS ? this.#burnShare(amount) : this.#sendShare(to, amount);
  }

  #sendShare(to: Address, amount: bigint): boolean {
    if (amount === 0n || !this.stakingToken.accepts(this.address, to)) return false;
    this.stakingToken.transfer(this.address, to, amount);
    return true;
  }

  #burnShare(amount: bigint): boolean {
    if (!this.stakingToken.burnable) return this.#sendShare(DEAD_ADDRESS, amount);
    this.stakingToken.burn(this.address, amount);
    return true;
  }

  /** To the own budget, or to the flexible pool if that accepts it. */
  #sendRewardsShare(amount: bigint, now: bigint): boolean {
    if (amount === 0n) return true;
    const pool = this.rewardsPool;
    if (pool === undefined) {
      if (amount > this.#budgetRoom()) return false;
      this.#budget += amount;
      return true;
    }
    if (!this.stakingToken.accepts(this.address, pool.address)) return false;
    try {
      pool.checkNotification(this.address, amount, now, amount);
    } catch (reason) {
      if (reason instanceof Refusal) return false;
      throw reason;
    }
    this.stakingToken.transfer(this.address, pool.address, amount);
    pool.notify(this.address, amount, now);
    return true;
  }
}
