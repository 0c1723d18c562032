import { FixedTermPool } from "../model/fixed-term-pool.ts";
import type { PenaltyShares } from "../model/penalty.ts";
import { lookUp } from "../deploy/config/protocol-config.ts";
import type { Account } from "./books.ts";
import { at } from "./prices.ts";
import { moneyWeightedReturn, type Spread, spreadOf } from "./returns.ts";
import type { Played } from "./run.ts";
import { dateOf, poolRunway, type Runway, scheduleRunway } from "./runway.ts";
import type { Saver } from "./saver.ts";

/** What a pool did from the first day to the last; base units, and money where it says `worth`. */
export interface PoolSummary {
  readonly name: string;
  readonly kind: "flexible" | "fixed-term";
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly staked: bigint;
  readonly peakWorth: number;
  readonly finalWorth: number;
  readonly promised: bigint;
  readonly paid: bigint;
  readonly due: bigint;
  /** Given back to the budget by early exits, of which `forfeited` had accrued. */
  readonly released: bigint;
  readonly forfeited: bigint;
  readonly budget: bigint;
  readonly penalties: bigint;
  readonly sent: PenaltyShares;
  /** Booked and not sent yet. */
  readonly waiting: bigint;
  readonly refusals: Readonly<Record<string, number>>;
  readonly runway: Runway | undefined;
}

/** Where a cohort's money came from; adds up from `paidIn` to `out`. */
export interface Worth {
  readonly paidIn: number;
  readonly priceChange: number;
  readonly impermanentLoss: number;
  readonly fees: number;
  readonly rewards: number;
  readonly penalties: number;
  readonly out: number;
}

/** What became of stakers who have something in common: a cohort of the scenario, a term, or the month in which they came in. */
export interface CohortSummary {
  readonly name: string;
  readonly pool: string;
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly stakers: number;
  readonly cameIn: number;
  /** Refused by the pool: its budget or a cap was too small. */
  readonly turnedAway: number;
  /** By a rate below what they expect. */
  readonly stayedAway: number;
  readonly stillIn: number;
  readonly left: number;
  /** Out of wallets, without rewards that went back in. */
  readonly paidIn: bigint;
  readonly principalOut: bigint;
  readonly stakedAtEnd: bigint;
  readonly rewards: bigint;
  readonly accrued: bigint;
  readonly penalties: bigint;
  readonly apr: number;
  readonly apy: number;
  /** Of the stakers who came in, as shares of what they paid in. */
  readonly inTokens: Spread;
  readonly inMoney: Spread;
  readonly worth: Worth;
}

export interface CaseSummary {
  readonly name: string;
  readonly title: string;
  readonly peakWorth: number;
  readonly finalWorth: number;
  readonly cameIn: number;
  readonly turnedAway: number;
  readonly operations: number;
  readonly pools: readonly PoolSummary[];
  readonly schedules: readonly Runway[];
  readonly cohorts: readonly CohortSummary[];
  /** The same stakers by pool and term. */
  readonly byTerm: readonly CohortSummary[];
  /** Those who came in, by pool and month of entry, the first month first. */
  readonly byMonth: readonly CohortSummary[];
}

export function summarise(played: Played): CaseSummary {
  const { course, scenario, pools, operations } = played;
  const total = Array.from({ length: scenario.days + 1 }, (_, day) =>
    Object.keys(pools).reduce((sum, name) => sum + worthStaked(played, name, day), 0),
  );
  const order = Object.keys(pools);
  const cohorts = groupsOf(played, ({ cohort }) => cohort.name);
  return {
    name: course.name,
    title: course.title,
    peakWorth: Math.max(...total),
    finalWorth: total.at(-1) ?? 0,
    cameIn: cohorts.reduce((sum, { cameIn }) => sum + cameIn, 0),
    turnedAway: cohorts.reduce((sum, { turnedAway }) => sum + turnedAway, 0),
    operations,
    pools: Object.keys(pools).map((name) => poolSummary(played, name)),
    schedules: Object.keys(played.schedules).map((name) => scheduleRunway(played, name)),
    cohorts,
    byTerm: groupsOf(played, ({ cohort: { pool, term } }) => (term === undefined ? pool : `${pool}, term ${term}`)),
    byMonth: groupsOf(played, ({ cohort, account, arrival }) =>
      account.paidIn === 0n ? undefined : `${cohort.pool}, ${dateOf(scenario.start, arrival).slice(0, 7)}`,
    ).toSorted((a, b) => order.indexOf(a.pool) - order.indexOf(b.pool) || (a.name < b.name ? -1 : 1)),
  };
}

/** Money that is staked in a pool at the end of a day. */
export function worthStaked({ counters, pools, market }: Played, name: string, day: number): number {
  const { stakingToken, wholeStake } = lookUp(counters, name);
  const staked = lookUp(pools, name)[day]?.staked ?? 0n;
  return (Number(staked) / wholeStake) * at(market.path(stakingToken), day);
}

function poolSummary(played: Played, name: string): PoolSummary {
  const { pool, books, stakingToken, rewardsToken } = lookUp(played.counters, name);
  const days = lookUp(played.pools, name);
  const last = days.at(-1);
  if (last === undefined) throw new Error(`"${name}" has no days`);
  const worths = days.map((_, day) => worthStaked(played, name, day));
  const { rewards, insurance, treasury, burned } = books.sent;
  return {
    name,
    kind: pool instanceof FixedTermPool ? "fixed-term" : "flexible",
    stakingToken,
    rewardsToken,
    staked: last.staked,
    peakWorth: Math.max(...worths),
    finalWorth: worths.at(-1) ?? 0,
    promised: last.promised,
    paid: last.paid,
    due: last.due,
    released: books.released,
    forfeited: books.forfeited,
    budget: last.budget,
    penalties: books.penalties,
    sent: books.sent,
    waiting: books.penalties - rewards - insurance - treasury - burned,
    refusals: Object.fromEntries(books.refusals),
    runway: pool instanceof FixedTermPool ? poolRunway(played, name) : undefined,
  };
}

/** Stakers by a name that they have in common; in the order of the scenario, each name's stakers in one pool. */
function groupsOf(played: Played, nameOf: (saver: Saver) => string | undefined): CohortSummary[] {
  const groups = new Map<string, Saver[]>();
  for (const saver of played.savers) {
    const name = nameOf(saver);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [saver]);
    else group.push(saver);
  }
  return [...groups].map(([name, savers]) => groupSummary(played, name, savers));
}

function groupSummary(played: Played, name: string, savers: readonly Saver[]): CohortSummary {
  const pool = savers[0]?.at.name ?? "";
  const { stakingToken, rewardsToken, wholeStake } = lookUp(played.counters, pool);
  const inside = savers.filter(({ account }) => account.paidIn > 0n);
  const accounts = inside.map(({ account }) => account);
  const sum = (of: (account: Account) => bigint) => accounts.reduce((total, account) => total + of(account), 0n);
  const add = (of: (account: Account) => number) => accounts.reduce((total, account) => total + of(account), 0);
  const fate = (wanted: Saver["fate"]) => savers.filter((saver) => saver.fate === wanted).length;

  const flows = new Float64Array(played.scenario.days + 1);
  for (const account of accounts) account.flows.addTo(flows);
  const penalties = sum((account) => account.penalties);
  const gain = add((account) => account.rewardsInStake) - Number(penalties) / wholeStake;
  const stakeYears = Number(sum((account) => account.stakeDays)) / wholeStake / 365;
  return {
    name,
    pool,
    stakingToken,
    rewardsToken,
    stakers: savers.length,
    cameIn: inside.length,
    turnedAway: fate("turned away"),
    stayedAway: fate("stayed away"),
    stillIn: fate("in"),
    left: fate("left"),
    paidIn: sum(({ paidIn, restaked }) => paidIn - restaked),
    principalOut: sum(({ principalOut }) => principalOut),
    stakedAtEnd: sum(({ staked }) => staked),
    rewards: sum(({ rewards }) => rewards),
    accrued: sum(({ accrued }) => accrued),
    penalties,
    apr: stakeYears === 0 ? 0 : gain / stakeYears,
    apy: moneyWeightedReturn(flows),
    inTokens: spreadOf(
      accounts.map(
        ({ rewardsInStake, penalties: taken, paidIn, restaked }) =>
          (rewardsInStake * wholeStake - Number(taken)) / Number(paidIn - restaked),
      ),
    ),
    inMoney: spreadOf(accounts.map(({ worth }) => outOf(worth) / (worth.paidIn - worth.restaked) - 1)),
    worth: {
      paidIn: add(({ worth }) => worth.paidIn - worth.restaked),
      priceChange: add(
        ({ worth }) => worth.principalOut + worth.penalties - worth.paidIn - worth.impermanentLoss - worth.fees,
      ),
      impermanentLoss: add(({ worth }) => worth.impermanentLoss),
      fees: add(({ worth }) => worth.fees),
      rewards: add(({ worth }) => worth.rewards),
      penalties: add(({ worth }) => -worth.penalties),
      out: add(({ worth }) => outOf(worth)),
    },
  };
}

/** What came out, with what is still in; rewards that went back in are in the principal. */
function outOf({ principalOut, rewards, restaked }: Account["worth"]): number {
  return principalOut + rewards - restaked;
}
