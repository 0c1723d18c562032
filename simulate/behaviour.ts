import { Refusal } from "../model/refusal.ts";
import type { Agenda, Errand } from "./agenda.ts";
import { type Desk, fixed } from "./desk.ts";
import type { Market } from "./prices.ts";
import type { Saver } from "./saver.ts";

/** Days between two tries of somebody who was turned away. */
const RETRY = 7;

/** What stakers decide, by their cohort's habits and their own draws. */
export class Behaviour {
  readonly #desk: Desk;
  readonly #agenda: Agenda;
  readonly #market: Market;
  /** Day from which nobody comes in any more. */
  readonly #closedFrom: number;

  constructor(desk: Desk, agenda: Agenda, market: Market, closedFrom = Number.POSITIVE_INFINITY) {
    this.#desk = desk;
    this.#agenda = agenda;
    this.#market = market;
    this.#closedFrom = closedFrom;
  }

  run(errand: Errand, saver: Saver): void {
    if (errand === "arrive") this.#arrive(saver);
    else if (errand === "claim") this.#claim(saver);
    else if (errand === "mature") this.#mature(saver);
    else if (errand === "leave" && saver.random.happens(saver.cohort.leave.half)) this.#leaveHalf(saver);
    else this.leave(saver);
  }

  /** Takes everything out now, at whatever it costs. */
  leave(saver: Saver): void {
    const { at } = saver;
    if (saver.position === 0n) this.#desk.exit(at, saver);
    else this.#desk.leaveEarly(at, saver, saver.position, saver.account.staked);
    saver.fate = "left";
  }

  #arrive(saver: Saver): void {
    const { cohort, at } = saver;
    const { day } = this.#desk;
    if (day >= this.#closedFrom) return;
    const attracted = cohort.expects === undefined || this.#desk.rate(at, cohort.term, saver.amount) >= cohort.expects;
    saver.arrival = day;
    if (!attracted || !this.#enter(saver)) {
      saver.fate = attracted ? "turned away" : "stayed away";
      if (day + RETRY <= saver.due + cohort.patience) this.#agenda.add(day + RETRY, "arrive", saver);
      return;
    }
    saver.fate = "in";
    if (cohort.claim !== undefined) this.#agenda.add(day + cohort.claim.every, "claim", saver);
    this.#planPanic(saver);
    this.#plan(saver);
  }

  #enter(saver: Saver): boolean {
    const { cohort, at, amount } = saver;
    if (cohort.term === undefined) return this.#desk.stake(at, saver, amount) === undefined;
    const id = this.#desk.openPosition(at, saver, cohort.term, amount);
    if (id instanceof Refusal) return false;
    saver.position = id;
    return true;
  }

  /** When they leave, and of a position also when it matures and whether it then goes on. */
  #plan(saver: Saver): void {
    const { cohort, position, random } = saver;
    const { day } = this.#desk;
    let last = Number.POSITIVE_INFINITY;
    if (cohort.term !== undefined) {
      last = this.#maturity(saver);
      this.#agenda.add(last, "mature", saver);
      if (random.happens(cohort.renew)) this.#desk.orderRenewal(saver.at, saver, position, cohort.term);
    }
    const leaves = day + random.waiting(cohort.leave.perYear);
    if (leaves < last) this.#agenda.add(leaves, "leave", saver);
  }

  /** First day on which the position may be withdrawn. */
  #maturity({ at, position }: Saver): number {
    return this.#desk.firstDayFrom(fixed(at).position(position).maturity);
  }

  /** Some leave when their stake's price has fallen below what they can bear. */
  #planPanic(saver: Saver): void {
    const { panic } = saver.cohort;
    if (panic === undefined) return;
    const panics = saver.random.happens(panic.share);
    const hesitates = saver.random.below(panic.within);
    if (!panics) return;
    const path = this.#market.path(saver.at.stakingToken);
    const bearable = panic.below * this.#market.price(saver.at.stakingToken, saver.arrival);
    const day = path.findIndex((price, on) => on > saver.arrival && price < bearable);
    if (day !== -1) this.#agenda.add(day + hesitates, "panic", saver);
  }

  #claim(saver: Saver): void {
    const { cohort, at } = saver;
    if (cohort.claim === undefined) return;
    const paid = this.#desk.claim(at, saver);
    if (cohort.claim.restake && paid > 0n) this.#desk.stake(at, saver, paid, true);
    this.#agenda.add(this.#desk.day + cohort.claim.every, "claim", saver);
  }

  #leaveHalf(saver: Saver): void {
    const { at, account } = saver;
    const half = account.staked / 2n;
    if (half === 0n) {
      this.leave(saver);
      return;
    }
    if (saver.position === 0n) this.#desk.withdraw(at, saver, half);
    else saver.position = this.#desk.leaveEarly(at, saver, saver.position, half);
    const leaves = this.#desk.day + saver.random.waiting(saver.cohort.leave.perYear);
    if (saver.position === 0n || leaves < this.#maturity(saver)) this.#agenda.add(leaves, "leave", saver);
  }

  #mature(saver: Saver): void {
    const { cohort, at, position } = saver;
    if (cohort.term !== undefined && fixed(at).position(position).order !== undefined) {
      const renewed = this.#desk.renew(at, saver, position, cohort.term);
      if (!(renewed instanceof Refusal)) {
        saver.position = renewed;
        this.#plan(saver);
        return;
      }
    }
    this.#desk.matured(at, saver, position);
    saver.fate = "left";
  }
}
