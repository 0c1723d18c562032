import { FixedTermPool } from "../model/fixed-term-pool.ts";
import { lookUp, mapValues } from "../deploy/config/protocol-config.ts";
import { Agenda } from "./agenda.ts";
import { Behaviour } from "./behaviour.ts";
import type { PoolDay } from "./books.ts";
import { BASE, type Case } from "./cases.ts";
import { type Counter, Desk } from "./desk.ts";
import type { Observer } from "./operations.ts";
import { Market } from "./prices.ts";
import { buildProtocol, type Protocol } from "./protocol.ts";
import { Saver } from "./saver.ts";
import type { Payments, Scenario } from "./scenario.ts";

/** What a schedule's day ended with. */
export interface ScheduleDay {
  readonly balance: bigint;
  /** Units that are due by now and not covered. */
  readonly missing: bigint;
  readonly ended: boolean;
}

/** A case that was played to its end. */
export interface Played {
  readonly scenario: Scenario;
  readonly course: Case;
  readonly market: Market;
  readonly protocol: Protocol;
  readonly counters: Readonly<Record<string, Counter>>;
  readonly savers: readonly Saver[];
  /** By pool, then by day. */
  readonly pools: Readonly<Record<string, readonly PoolDay[]>>;
  readonly schedules: Readonly<Record<string, readonly ScheduleDay[]>>;
  readonly operations: number;
}

export interface Watching {
  readonly observer?: Observer;
  /** Called when a day has ended. */
  readonly dayEnded?: (day: number, protocol: Protocol, now: bigint) => void;
}

/** Plays a case from day 0 to the last, a step a day; the same scenario gives the same course, to the unit. */
export function play(scenario: Scenario, course: Case = BASE, { observer, dayEnded }: Watching = {}): Played {
  const { days, start, protocolConfig } = scenario;
  const market = new Market(scenario, course.shock);
  const protocol = buildProtocol(protocolConfig, start);
  const desk = new Desk(protocol, market, start, observer);
  const agenda = new Agenda(days);
  const behaviour = new Behaviour(desk, agenda, market, course.closedFrom);
  const savers = crowd(scenario, desk.counters);
  for (const saver of savers) agenda.add(saver.due, "arrive", saver);

  const pools: Record<string, PoolDay[]> = mapValues(desk.counters, () => []);
  const schedules: Record<string, ScheduleDay[]> = mapValues(protocolConfig.schedules, () => []);
  for (let day = 0; day <= days; day++) {
    desk.open(day);
    pay(scenario, desk, day);
    desk.distribute();
    if (day % scenario.sweepEvery === 0) desk.sweep();
    if (day === course.exitOn) for (const saver of savers) if (saver.fate === "in") behaviour.leave(saver);
    for (const { errand, saver } of agenda.on(day)) behaviour.run(errand, saver);

    for (const counter of Object.values(desk.counters)) lookUp(pools, counter.name).push(desk.closePool(counter));
    for (const [name, id] of Object.entries(protocol.schedules)) {
      const { balance, missing, accruedEpochs, terms } = protocol.distributor.schedule(id, desk.now);
      lookUp(schedules, name).push({ balance, missing, ended: accruedEpochs === terms.epochs });
    }
    dayEnded?.(day, protocol, desk.now);
  }
  for (const saver of savers) if (saver.fate === "in") desk.value(saver.at, saver, accrued(saver, desk.now));
  const { counters, operations } = desk;
  return { scenario, course, market, protocol, counters, savers, pools, schedules, operations };
}

function crowd({ cohorts, seed }: Scenario, counters: Readonly<Record<string, Counter>>): Saver[] {
  return cohorts.flatMap((cohort) =>
    Array.from({ length: cohort.stakers }, (_, i) => new Saver(cohort, lookUp(counters, cohort.pool), seed, i + 1)),
  );
}

/** What the sponsor pays in on the day. */
function pay({ funding }: Scenario, desk: Desk, day: number): void {
  for (const [name, payments] of Object.entries(funding.schedules)) {
    const amount = dueOn(payments, day);
    if (amount > 0n) desk.fundSchedule(name, amount);
  }
  for (const [name, payments] of Object.entries(funding.pools)) {
    const amount = dueOn(payments, day);
    if (amount > 0n) desk.fundPool(name, amount);
  }
}

function dueOn({ initial, every, amount, until }: Payments, day: number): bigint {
  if (day === 0) return initial;
  return every !== undefined && day % every === 0 && day <= until ? amount : 0n;
}

/** Reward earned and not paid yet; of an open position, the promised reward's part for the time that has passed. */
function accrued({ at, address, position }: Saver, now: bigint): bigint {
  if (!(at.pool instanceof FixedTermPool)) return at.pool.earned(address, now);
  const { reward, openedAt, maturity } = at.pool.position(position);
  return now >= maturity ? reward : (reward * (now - openedAt)) / (maturity - openedAt);
}
