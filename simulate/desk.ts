import { DAY, ONE, YEAR } from "@termstake/sdk/units";

import type { RecipientPool } from "../model/distributor.ts";
import { FixedTermPool } from "../model/fixed-term-pool.ts";
import { FlexiblePool } from "../model/flexible-pool.ts";
import { Refusal } from "../model/refusal.ts";
import type { Address, Token } from "../model/token.ts";
import { lookUp } from "../deploy/config/protocol-config.ts";
import { Account, PoolBooks, type PoolDay } from "./books.ts";
import { attempt, type Observer, type Operation } from "./operations.ts";
import type { Market } from "./prices.ts";
import { KEEPER, type Protocol, SPONSOR } from "./protocol.ts";

/** How long after maturity the keeper may renew, in seconds: the longest that the contract takes. */
export const RENEWAL_WINDOW = 30n * DAY;

/** A pool with everything that is asked of it often. */
export interface Counter {
  readonly name: string;
  readonly pool: RecipientPool;
  readonly books: PoolBooks;
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly sameToken: boolean;
  /** A whole token, in base units. */
  readonly wholeStake: number;
  readonly wholeReward: number;
}

/** Who stands at a counter: the account by which the pool knows them, the day on which they came, and their books. */
export interface Client {
  readonly address: Address;
  readonly arrival: number;
  readonly account: Account;
}

/** What of a stake was paid back, and what was kept as penalty. */
interface Leaving {
  readonly out: bigint;
  readonly penalty: bigint;
}

/**
 * Does what people decide, in the reference model, and books what comes of it.
 *
 * Everything takes place at the same second of a day. Amounts are exact; money is a report's matter and counted in
 * floating point, at the prices of the day.
 */
export class Desk {
  readonly counters: Readonly<Record<string, Counter>>;
  readonly #protocol: Protocol;
  readonly #market: Market;
  readonly #start: bigint;
  readonly #observer: Observer | undefined;
  day = 0;
  now: bigint;
  operations = 0;

  constructor(protocol: Protocol, market: Market, start: bigint, observer?: Observer) {
    this.#protocol = protocol;
    this.#market = market;
    this.#start = start;
    this.#observer = observer;
    this.now = start;
    const { protocolConfig } = protocol;
    const pools: Readonly<Record<string, RecipientPool>> = { ...protocol.flexiblePools, ...protocol.fixedTermPools };
    this.counters = Object.fromEntries(
      Object.entries({ ...protocolConfig.flexiblePools, ...protocolConfig.fixedTermPools }).map(([name, entry]) => [
        name,
        {
          name,
          pool: lookUp(pools, name),
          books: new PoolBooks(),
          stakingToken: entry.stakingToken,
          rewardsToken: entry.rewardsToken,
          sameToken: entry.stakingToken === entry.rewardsToken,
          wholeStake: 10 ** lookUp(protocolConfig.tokens, entry.stakingToken).decimals,
          wholeReward: 10 ** lookUp(protocolConfig.tokens, entry.rewardsToken).decimals,
        },
      ]),
    );
  }

  open(day: number): void {
    this.day = day;
    this.now = this.#start + BigInt(day) * DAY;
  }

  /** The first day whose second is not before `time`. */
  firstDayFrom(time: bigint): number {
    return Number((time - this.#start + DAY - 1n) / DAY);
  }

  /* FUNDERS AND KEEPERS */

  fundSchedule(name: string, amount: bigint): void {
    const token = lookUp(this.#protocol.protocolConfig.schedules, name).token;
    this.#give(token, SPONSOR, amount);
    this.#do({ kind: "fundSchedule", schedule: name, amount }, () =>
      this.#protocol.distributor.fund(SPONSOR, lookUp(this.#protocol.schedules, name), amount),
    );
  }

  fundPool(name: string, amount: bigint): void {
    this.#give(lookUp(this.counters, name).rewardsToken, SPONSOR, amount);
    this.#do({ kind: "fundPool", pool: name, amount }, () => {
      lookUp(this.#protocol.fixedTermPools, name).fund(SPONSOR, amount);
    });
  }

  /** Pays every pool what its schedules owe it by now. */
  distribute(): void {
    const { distributor, protocolConfig, schedules } = this.#protocol;
    for (const [schedule, { weights }] of Object.entries(protocolConfig.schedules)) {
      const id = lookUp(schedules, schedule);
      for (const name of Object.keys(weights)) {
        const { pool, books } = lookUp(this.counters, name);
        if (distributor.pending(id, pool, this.now) === 0n) continue;
        const paid = this.#do({ kind: "distribute", schedule, pool: name }, () =>
          distributor.distribute(id, pool, this.now),
        );
        if (pool instanceof FlexiblePool && !(paid instanceof Refusal)) books.promised += paid;
      }
    }
  }

  /** Divides and sends penalties and fees. */
  sweep(): void {
    const { distributor, fixedTermPools, tokens, protocolConfig } = this.#protocol;
    for (const [name, pool] of Object.entries(fixedTermPools)) {
      const due = pool.unsweptPenalties();
      if (due.rewards + due.insurance + due.treasury + due.burned === 0n) continue;
      this.#do({ kind: "sweepPenalties", pool: name }, () => {
        pool.sweepPenalties(this.now);
      });
      const left = pool.unsweptPenalties();
      lookUp(this.counters, name).books.send(due, left);
      const rewardsPool = lookUp(protocolConfig.fixedTermPools, name).rewardsPool;
      if (rewardsPool !== undefined) lookUp(this.counters, rewardsPool).books.promised += due.rewards - left.rewards;
    }
    for (const [name, token] of Object.entries(tokens)) {
      const { insurance, treasury } = distributor.feesOwed(token);
      if (insurance + treasury === 0n) continue;
      this.#do({ kind: "sweepFees", token: name }, () => {
        distributor.sweepFees(token);
      });
    }
  }

  /** The keeper renews within the owner's auto-renew; returns the new position's id. */
  renew(at: Counter, client: Client, id: bigint, term: bigint): bigint | Refusal {
    const pool = fixed(at);
    const { reward } = pool.position(id);
    const renewed = this.#do({ kind: "renew", pool: at.name, id, term }, () =>
      pool.renew(KEEPER, id, term, 0n, this.now),
    );
    if (renewed instanceof Refusal) {
      at.books.refuse(renewed.error, this.day);
      return renewed;
    }
    at.books.paid += reward;
    at.books.promised += pool.position(renewed).reward;
    this.#bookReward(at, client, reward);
    if (at.sameToken) this.#bookIn(at, client, reward, true);
    return renewed;
  }

  /* STAKERS */

  stake(at: Counter, client: Client, amount: bigint, restaked = false): Refusal | undefined {
    this.#give(at.stakingToken, client.address, amount);
    const done = this.#do({ kind: "stake", pool: at.name, by: client.address, amount }, () => {
      flexible(at).stake(client.address, client.address, amount, this.now);
    });
    if (done instanceof Refusal) {
      if (!restaked) at.books.refuse(done.error, this.day);
      return done;
    }
    this.#bookIn(at, client, amount, restaked);
    return undefined;
  }

  withdraw(at: Counter, client: Client, amount: bigint): void {
    const done = this.#do({ kind: "withdraw", pool: at.name, by: client.address, amount }, () => {
      flexible(at).withdraw(client.address, client.address, amount, this.now);
    });
    if (!(done instanceof Refusal)) this.#bookOut(at, client, { out: amount, penalty: 0n });
  }

  /** Returns what was paid. */
  claim(at: Counter, client: Client): bigint {
    const paid = this.#do({ kind: "claim", pool: at.name, by: client.address }, () =>
      flexible(at).claim(client.address, client.address, this.now),
    );
    if (paid instanceof Refusal) return 0n;
    at.books.paid += paid;
    this.#bookReward(at, client, paid);
    return paid;
  }

  exit(at: Counter, client: Client): void {
    const pool = flexible(at);
    const earned = pool.earned(client.address, this.now);
    const done = this.#do({ kind: "exit", pool: at.name, by: client.address }, () => {
      pool.exit(client.address, client.address, this.now);
    });
    if (done instanceof Refusal) return;
    at.books.paid += earned;
    this.#bookReward(at, client, earned);
    this.#bookOut(at, client, { out: client.account.staked, penalty: 0n });
  }

  /** Returns the position's id. */
  openPosition(at: Counter, client: Client, term: bigint, amount: bigint): bigint | Refusal {
    const pool = fixed(at);
    this.#give(at.stakingToken, client.address, amount);
    const id = this.#do({ kind: "open", pool: at.name, by: client.address, term, amount }, () =>
      pool.open(client.address, term, amount, client.address, 0n, this.now),
    );
    if (id instanceof Refusal) {
      at.books.refuse(id.error, this.day);
      return id;
    }
    at.books.promised += pool.position(id).reward;
    this.#bookIn(at, client, amount, false);
    return id;
  }

  /** Lets anybody renew the position in its term, once and for as long as orders last. */
  orderRenewal(at: Counter, client: Client, id: bigint, term: bigint): void {
    this.#do({ kind: "order", pool: at.name, by: client.address, id, term }, () => {
      fixed(at).setAutoRenew(client.address, id, { termId: term, window: RENEWAL_WINDOW, repeats: false }, this.now);
    });
  }

  matured(at: Counter, client: Client, id: bigint): void {
    const done = this.#do({ kind: "mature", pool: at.name, by: client.address, id }, () =>
      fixed(at).withdraw(client.address, id, client.address, this.now),
    );
    if (done instanceof Refusal) return;
    at.books.paid += done.reward;
    this.#bookReward(at, client, done.reward);
    this.#bookOut(at, client, { out: done.principal, penalty: 0n });
  }

  /** Returns the id of the position that stays, or 0. */
  leaveEarly(at: Counter, client: Client, id: bigint, amount: bigint): bigint {
    const pool = fixed(at);
    const { reward } = pool.position(id);
    const exit = pool.previewWithdrawEarly(id, amount, this.now);
    const remainder = this.#do({ kind: "leaveEarly", pool: at.name, by: client.address, id, amount }, () =>
      pool.withdrawEarly(client.address, id, amount, client.address, { principal: 0n, reward: 0n }, this.now),
    );
    if (remainder instanceof Refusal) return id;
    at.books.paid += exit.rewardOut;
    at.books.released += reward - exit.remainder - exit.rewardOut;
    at.books.forfeited += exit.forfeitedReward;
    at.books.penalties += exit.principalPenalty;
    this.#bookReward(at, client, exit.rewardOut);
    this.#bookOut(at, client, { out: exit.principalOut, penalty: exit.principalPenalty });
    return remainder;
  }

  /* VIEWS */

  token(name: string): Token {
    return lookUp(this.#protocol.tokens, name);
  }

  /** Yearly rate that a pool offers for `amount` more, as a share of its worth at today's prices. */
  rate(at: Counter, term: bigint | undefined, amount = 0n): number {
    const { protocolConfig } = this.#protocol;
    const worth = at.sameToken
      ? 1
      : this.#market.price(at.rewardsToken, this.day) / this.#market.price(at.stakingToken, this.day);
    if (at.pool instanceof FixedTermPool) {
      const offered = at.pool.terms[Number(term ?? 0n)];
      const { conversion } = lookUp(protocolConfig.fixedTermPools, at.name);
      const perStake = (Number(conversion) / Number(ONE)) * (at.wholeStake / at.wholeReward);
      return offered === undefined ? 0 : (Number(offered.rate) / Number(ONE)) * perStake * worth;
    }
    const staked = at.pool.totalStaked + amount;
    if (staked === 0n || at.pool.periodFinish(this.now) <= this.now) return 0;
    const yearly = (at.pool.periodReward * YEAR) / at.pool.duration;
    return ((Number(yearly) / at.wholeReward) * worth) / (Number(staked) / at.wholeStake);
  }

  /** The day's end; throws if the books do not say what the pool says. */
  closePool(at: Counter): PoolDay {
    const { pool, books } = at;
    const due = pool instanceof FixedTermPool ? pool.reserved + pool.totalOwed : pool.owed;
    const booked = books.promised - books.released - books.paid;
    if (booked !== due) {
      throw new Error(`Day ${this.day}: the books of ${at.name} say that ${booked} is due, the pool ${due}`);
    }
    if (pool instanceof FlexiblePool && books.promised > 0n && pool.totalStaked > 0n) {
      if (pool.periodFinish(this.now) <= this.now) books.streamEndedOn ??= this.day;
      else books.streamEndedOn = undefined;
    }
    return {
      staked: pool instanceof FixedTermPool ? pool.totalPrincipal : pool.totalStaked,
      promised: books.promised,
      reserved: books.promised - books.released,
      paid: books.paid,
      due,
      budget: pool instanceof FixedTermPool ? pool.budget : 0n,
      penalties: books.penalties,
      rate: this.rate(at, undefined),
    };
  }

  /* INTERNAL */

  #do<T>(operation: Operation, action: () => T): T | Refusal {
    const result = attempt(action);
    this.operations++;
    this.#observer?.(operation, this.now, result instanceof Refusal ? result.error : undefined);
    return result;
  }

  /** Makes up what an account lacks of `amount`. */
  #give(name: string, to: Address, amount: bigint): void {
    const token = this.token(name);
    const missing = amount - token.balanceOf(to);
    if (missing <= 0n) return;
    token.mint(to, missing);
    this.#observer?.({ kind: "give", token: name, to, amount: missing }, this.now, undefined);
  }

  #flow({ account }: Client, tokens: number): void {
    account.flows.add(this.day, tokens);
  }

  #bookIn(at: Counter, client: Client, amount: bigint, restaked: boolean): void {
    const { account } = client;
    const whole = Number(amount) / at.wholeStake;
    const worth = whole * this.#market.price(at.stakingToken, this.day);
    this.#flow(client, -whole);
    account.touch(this.day);
    account.staked += amount;
    account.paidIn += amount;
    account.worth.paidIn += worth;
    if (!restaked) return;
    account.restaked += amount;
    account.worth.restaked += worth;
  }

  #bookOut(at: Counter, client: Client, { out, penalty }: Leaving): void {
    const { account } = client;
    const price = this.#market.price(at.stakingToken, this.day);
    account.touch(this.day);
    account.staked -= out + penalty;
    account.principalOut += out;
    account.penalties += penalty;
    this.#flow(client, Number(out) / at.wholeStake);
    account.worth.principalOut += (Number(out) / at.wholeStake) * price;
    account.worth.penalties += (Number(penalty) / at.wholeStake) * price;
    this.#bookShare(at, client, out + penalty);
  }

  #bookShare(at: Counter, { account, arrival }: Client, amount: bigint): void {
    const share = this.#market.shareValue(at.stakingToken, arrival, this.day);
    if (share === undefined) return;
    const whole = Number(amount) / at.wholeStake;
    account.worth.impermanentLoss += whole * share.impermanentLoss;
    account.worth.fees += whole * share.fees;
  }

  #bookReward(at: Counter, client: Client, amount: bigint): void {
    const { account } = client;
    const price = this.#market.price(at.rewardsToken, this.day);
    const worth = (Number(amount) / at.wholeReward) * price;
    account.rewards += amount;
    account.worth.rewards += worth;
    const inStake = at.sameToken
      ? Number(amount) / at.wholeStake
      : worth / this.#market.price(at.stakingToken, this.day);
    account.rewardsInStake += inStake;
    this.#flow(client, inStake);
  }

  /** Values what is still staked and earned as if it were taken out today, without anybody doing so. */
  value(at: Counter, client: Client, accrued: bigint): void {
    const { account } = client;
    const held = account.staked;
    account.touch(this.day);
    account.accrued = accrued;
    this.#flow(client, Number(held) / at.wholeStake);
    account.worth.principalOut += (Number(held) / at.wholeStake) * this.#market.price(at.stakingToken, this.day);
    this.#bookShare(at, client, held);
    const paid = account.rewards;
    this.#bookReward(at, client, accrued);
    account.rewards = paid;
  }
}

function flexible({ name, pool }: Counter): FlexiblePool {
  if (pool instanceof FlexiblePool) return pool;
  throw new Error(`${name} is no flexible pool`);
}

/** The counter's pool, which must be one of fixed terms. */
export function fixed({ name, pool }: Counter): FixedTermPool {
  if (pool instanceof FixedTermPool) return pool;
  throw new Error(`${name} is no fixed-term pool`);
}
