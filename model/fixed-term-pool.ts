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

/** Budget and reserved rewards together stay below this. */
const REWARD_LIMIT = 2n ** 120n;

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

export interface StandingOrder {
  readonly termId: bigint;
  readonly minRate: bigint;
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
  order: StandingOrder | undefined;
}

export interface FixedTermPoolConfig extends PoolConfig {
  /** Reward units for 10^18 stake units. */
  readonly conversion: bigint;
  /** Receives the rewards share of penalties; none where both tokens are the same. */
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
    const reward = this.#checkPromise(termId, amount, minReward, this.#totalPrincipal, this.#budget);
    this.#requireHolder(receiver);

    this.stakingToken.transfer(caller, this.address, amount);
    return this.#open(termId, amount, reward, receiver, now);
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
    this.#booked += exit.principalPenalty;
    this.#reserved -= reward - exit.remainder;
    this.#budget += reward - exit.remainder - exit.rewardOut;
    const remainderId = amount === principal ? 0n : this.#keep(position, principal - amount, exit.remainder);
    this.#payOut(owner, receiver, exit.principalOut, exit.rewardOut);
    return remainderId;
  }

  /** From maturity on: by owner or approved in any term, by anybody else within a standing order. */
  renew(caller: Address, id: bigint, termId: bigint, minReward: bigint, now: bigint): bigint {
    const position = this.#requireOpen(id);
    require(this.#mayAct(caller, position) || position.order?.termId === termId, "PoolNotAuthorized", caller, id);
    require(now >= position.maturity, "PoolNotMature", id, position.maturity);
    this.#requireEntry(termId);
    const { principal, reward, owner } = position;
    const renewed = this.sameToken ? principal + reward : principal;
    const term = this.#term(position.termId);
    // By all rules of opening, as if the position were closed already.
    term.openPrincipal -= principal;
    term.reservedReward -= reward;
    let promised: bigint;
    try {
      promised = this.#checkPromise(termId, renewed, minReward, this.#totalPrincipal - principal, this.#budget);
    } finally {
      term.openPrincipal += principal;
      term.reservedReward += reward;
    }

    this.#close(position);
    this.#reserved -= reward;
    if (!this.sameToken) this.#payReward(owner, owner, reward);
    return this.#open(termId, renewed, promised, owner, now);
  }

  setAutoRenew(caller: Address, id: bigint, termId: bigint, minRate: bigint): void {
    const position = this.#requireActor(caller, id);
    const { rate } = this.#requireOpenTerm(termId);
    require(rate >= minRate, "PoolRateBelowMinimum", rate, minRate);
    position.order = { termId, minRate };
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
    require(this.#hasRewardRoom(amount), "PoolAmountOutOfRange", amount, REWARD_LIMIT - 1n);
  }

  /** Divides what was booked and sends every share that can leave. */
  sweepPenalties(now: bigint): void {
    const due = this.unsweptPenalties();
    this.#booked = 0n;
    const { insurance, treasury } = this.recipients;
    this.#waiting = {
      rewards: this.#sendRewardsShare(due.rewards, now) ? 0n : due.rewards,
      insurance: this.#sendShare(insurance, due.insurance) ? 0n : due.insurance,
      treasury: this.#sendShare(treasury, due.treasury) ? 0n : due.treasury,
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

  setRecipients(insurance: Address, treasury: Address): void {
    this.requireReceiver(insurance);
    this.requireReceiver(treasury);
    this.recipients = { insurance, treasury };
  }

  addTerm(term: Term): void {
    requireTerm(term);
    this.#terms.push({ ...term, openPrincipal: 0n, reservedReward: 0n, paused: false, closed: false });
  }

  closeTerm(termId: bigint): void {
    this.#term(termId).closed = true;
  }

  withdrawBudget(to: Address, amount: bigint): void {
    this.requireReceiver(to);
    this.#requireBudget(amount, this.#budget);
    this.rewardsToken.transfer(this.address, to, amount);
    this.#budget -= amount;
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

  #requireActor(caller: Address, id: bigint): Position {
    const position = this.#requireOpen(id);
    require(this.#mayAct(caller, position), "PoolNotAuthorized", caller, id);
    return position;
  }

  #open(termId: bigint, principal: bigint, reward: bigint, owner: Address, now: bigint): bigint {
    const maturity = now + this.#term(termId).duration;
    this.#budget -= reward;
    this.#reserved += reward;
    return this.#add({ termId, principal, reward, openedAt: now, maturity, owner });
  }

  /** What stays of a position is one of the same owner, term, opening and maturity. */
  #keep({ termId, openedAt, maturity, owner }: Position, principal: bigint, reward: bigint): bigint {
    return this.#add({ termId, principal, reward, openedAt, maturity, owner });
  }

  #add(position: Omit<Position, "id" | "approved" | "order">): bigint {
    const id = ++this.#positionCount;
    this.#positions.set(id, { ...position, id, approved: undefined, order: undefined });
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
  #checkPromise(termId: bigint, principal: bigint, minReward: bigint, others: bigint, budget: bigint): bigint {
    const term = this.#term(termId);
    require(principal >= term.minimum, "PoolBelowMinimum", principal, term.minimum);
    const room = AMOUNT_LIMIT - others - this.#penalties();
    require(principal <= room, "PoolCapExceeded", principal, room);
    const reward = this.#promised(term, principal);
    require(reward > 0n && reward >= minReward, "PoolRewardBelowMinimum", reward, minReward);
    const principalLeft = term.principalCap - term.openPrincipal;
    const rewardLeft = term.rewardCap - term.reservedReward;
    require(principal <= principalLeft, "PoolCapExceeded", principal, principalLeft);
    require(reward <= rewardLeft, "PoolRewardCapExceeded", reward, rewardLeft);
    this.#requireBudget(reward, budget);
    return reward;
  }

  #requireBudget(needed: bigint, available: bigint): void {
    require(needed <= available, "PoolBudgetTooSmall", needed, available, needed - available);
  }

  #hasRewardRoom(amount: bigint): boolean {
    return this.#budget + this.#reserved + amount < REWARD_LIMIT;
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
    this.#owed.set(owner, this.owed(owner) + reward);
    this.#totalOwed += reward;
  }

  /* INTERNAL: PENALTIES */

  #penalties(): bigint {
    const { rewards, insurance, treasury, burned } = this.#waiting;
    return this.#booked + rewards + insurance + treasury + burned;
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
      if (!this.#hasRewardRoom(amount)) return false;
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
