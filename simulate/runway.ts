import { DAY } from "@termstake/sdk/units";

import { lookUp } from "../deploy/config/protocol-config.ts";
import type { Played } from "./run.ts";

/** Days whose use of a budget is taken to go on. */
const WINDOW = 90;

/** How long the money for rewards lasts. */
export interface Runway {
  readonly name: string;
  /** What is left when the simulation ends, in base units. */
  readonly left: bigint;
  readonly token: string;
  readonly state: "ran dry" | "will run dry" | "ends as planned" | "in no use";
  /** When: for a pool, when it first had to refuse somebody. */
  readonly date: string | undefined;
}

/** "2028-03-01" of a day of the simulation. */
export function dateOf(start: bigint, day: number): string {
  return new Date((Number(start) + day * Number(DAY)) * 1_000).toISOString().slice(0, 10);
}

/** Of a fixed-term pool's budget: what the last days have reserved, less what came back, is taken to go on without new money. */
export function poolRunway({ scenario, counters, pools }: Played, name: string): Runway {
  const { books, rewardsToken } = lookUp(counters, name);
  const days = lookUp(pools, name);
  const last = days.at(-1);
  const before = days.at(-1 - Math.min(WINDOW, scenario.days));
  if (last === undefined || before === undefined) throw new Error(`"${name}" has no days`);
  const known = { name, left: last.budget, token: rewardsToken };
  if (books.dryOn !== undefined) return { ...known, state: "ran dry", date: dateOf(scenario.start, books.dryOn) };
  const used = last.reserved - before.reserved;
  if (used <= 0n) return { ...known, state: "in no use", date: undefined };
  const more = Number((last.budget * BigInt(Math.min(WINDOW, scenario.days))) / used);
  return { ...known, state: "will run dry", date: dateOf(scenario.start, scenario.days + Math.min(more, 20_000)) };
}

/** Of a schedule: until when its balance covers the epochs that begin, without new money. */
export function scheduleRunway({ scenario, protocol, schedules }: Played, name: string): Runway {
  const days = lookUp(schedules, name);
  const { token } = lookUp(scenario.protocolConfig.schedules, name);
  const dry = days.findIndex(({ missing }) => missing > 0n);
  const last = days.at(-1);
  if (last === undefined) throw new Error(`"${name}" has no days`);
  const known = { name, left: last.balance, token };
  if (dry !== -1) return { ...known, state: "ran dry", date: dateOf(scenario.start, dry) };
  const { terms, accruedEpochs } = protocol.distributor.schedule(
    lookUp(protocol.schedules, name),
    scenario.start + BigInt(scenario.days) * DAY,
  );
  const covered = last.balance / terms.budget;
  const planned = accruedEpochs + covered >= terms.epochs;
  const epoch = planned ? terms.epochs : accruedEpochs + covered;
  const date = dateOf(terms.start + epoch * terms.epoch, 0);
  return { ...known, state: planned ? "ends as planned" : "will run dry", date };
}
