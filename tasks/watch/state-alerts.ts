// Alerts about how things stand at a block; each is raised once, and resolved once it is over.
import { DAY, formatDuration, formatSpan } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import type { IStakingLens } from "../../types/contracts/StakingLens.ts";
import { nameOf, type Deployment } from "../lib/deployment.ts";
import { NodeUnavailable } from "../lib/exit-codes.ts";
import { readHoldings, type Holding } from "../lib/holdings.ts";
import { lookUpToken } from "../lib/tokens.ts";
import { isWrongAnswer } from "../lib/wrong-answer.ts";
import type { Header } from "./chain.ts";
import type { Thresholds } from "./event-alerts.ts";
import type { AlertKind, AlertLine } from "./lines.ts";
import type { Store } from "./store.ts";

/** Seconds over which the use of a budget is measured. */
const WINDOW = 7n * DAY;

/** How long the money of something lasts, in seconds; undefined where it does not run out. */
export interface Runway {
  readonly place: string;
  readonly seconds: bigint | undefined;
  readonly what: string;
}

/** What accrued to a pool and waits to be paid. */
export interface Overdue {
  readonly place: string;
  readonly pending: bigint;
  /** Seconds for which it has waited. */
  readonly waited: bigint;
}

/** Everything read at one block. */
export interface State {
  readonly holdings: readonly Holding[];
  readonly runways: readonly Runway[];
  readonly pools: readonly { readonly name: string; readonly view: IStakingLens.PoolViewStructOutput }[];
  /** Decimals of tokens that say theirs. */
  readonly decimals: ReadonlyMap<string, bigint>;
  /** Epochs that nobody distributes. */
  readonly overdue: readonly Overdue[];
  /** What did not answer, and how. */
  readonly unreadable: ReadonlyMap<string, string>;
}

export async function readState(deployment: Deployment, store: Store, { number, timestamp }: Header): Promise<State> {
  const at = { blockTag: number };
  const unreadable = new Map<string, string>();
  const pools: { name: string; view: IStakingLens.PoolViewStructOutput }[] = [];
  const tokens = new Map<string, string>();
  const decimals = new Map<string, bigint>();
  for (const { address } of store.followed().filter((pool) => store.isListed(pool.address))) {
    const view = await deployment.lens.pool(deployment.factory, address, at);
    const name = nameOf(deployment, address);
    if (view.failed) {
      unreadable.set(name, "the lens cannot read it");
      continue;
    }
    pools.push({ name, view });
    for (const { token, symbol, decimals: places } of [view.stakingToken, view.rewardsToken]) {
      tokens.set(token, symbol === "" ? token : symbol);
      decimals.set(token, places);
    }
  }
  const distributor = deployment.distributor();
  const runways: Runway[] = [];
  const now = BigInt(timestamp);
  for (let id = 0n; id < (await distributor.scheduleCount(at)); id++) {
    const schedule = await distributor.schedule(id, at);
    const { token } = schedule.terms;
    if (!tokens.has(token)) {
      tokens.set(token, nameOf(deployment, token));
      await lookUpToken(deployment, token).then(
        (info) => decimals.set(token, info.decimals),
        (error: unknown) => {
          if (!(error instanceof UserError) || error instanceof NodeUnavailable) throw error;
          unreadable.set(nameOf(deployment, token), error.message);
        },
      );
    }
    runways.push(scheduleRunway(`schedule ${id}`, schedule, now));
  }
  for (const { name, view } of pools) {
    if (view.fixedTerm.termCount === 0n) continue;
    runways.push(
      budgetRunway(name, view.fixedTerm.availableBudget, store.reservedSince(view.info.pool, Number(now - WINDOW))),
    );
  }

  const holdings: Holding[] = [];
  const insuranceFund = deployment.insuranceFund();
  const common = { provider: deployment.provider, distributor, insuranceFund };
  const parts = [
    ...pools.map(({ name, view }) => ({ place: name, pools: [{ name, address: view.info.pool }], tokens: [] })),
    ...[...tokens].map(([address, symbol]) => ({ place: symbol, pools: [], tokens: [{ address, symbol }] })),
  ];
  for (const { place, ...part } of parts) {
    try {
      const read = await readHoldings({ ...common, ...part }, number);
      holdings.push(...read.map((holding) => ({ ...holding, symbol: tokens.get(holding.token) ?? holding.token })));
    } catch (error) {
      if (!isWrongAnswer(error)) throw error;
      unreadable.set(place, error.message); // one bad token spoils nothing else
    }
  }
  const overdue = await readOverdue(deployment, store, number, now);
  return { holdings, runways, pools, decimals, overdue, unreadable };
}

/** What waits to be distributed, and since when it has been seen to wait. */
async function readOverdue(deployment: Deployment, store: Store, block: number, now: bigint): Promise<Overdue[]> {
  const distributor = deployment.distributor();
  const found: Overdue[] = [];
  for (const { schedule, pool } of store.shares()) {
    const key = `pendingSince/${schedule}/${pool}`;
    const pending = await distributor.pending(schedule, pool, { blockTag: block });
    if (pending === 0n) {
      store.clearMeta(key);
      continue;
    }
    const since = store.meta(key);
    if (since === undefined) store.setMeta(key, String(now));
    const waited = since === undefined ? 0n : now - BigInt(since);
    found.push({ place: `schedule ${schedule}, ${nameOf(deployment, pool)}`, pending, waited });
  }
  return found;
}

interface ScheduleState {
  readonly terms: { readonly epoch: bigint; readonly budget: bigint; readonly start: bigint; readonly epochs: bigint };
  readonly accruedEpochs: bigint;
  readonly uncoveredEpochs: bigint;
  readonly balance: bigint;
  readonly ended: boolean;
}

/** A schedule's balance lasts up to the start of the first epoch that it does not cover. */
export function scheduleRunway(place: string, schedule: ScheduleState, now: bigint): Runway {
  const { terms, accruedEpochs, uncoveredEpochs, balance, ended } = schedule;
  const what = "its balance covers no further epoch";
  const covered = accruedEpochs + balance / terms.budget;
  if (ended || covered >= terms.epochs) return { place, seconds: undefined, what };
  if (uncoveredEpochs !== 0n) return { place, seconds: 0n, what };
  const uncovered = terms.start + covered * terms.epoch;
  return { place, seconds: uncovered > now ? uncovered - now : 0n, what };
}

/** A budget lasts as long as openings reserve no faster than they did. */
export function budgetRunway(place: string, budget: bigint, reserved: bigint): Runway {
  const what = "its budget is used up, if openings go on as in the last 7 days";
  if (reserved !== 0n) return { place, seconds: (budget * WINDOW) / reserved, what };
  return { place, seconds: budget === 0n ? 0n : undefined, what };
}

/** Compares how things stand with what is known to be wrong, and tells what is new and what is over. */
export function tellState(
  store: Store,
  state: State,
  { number, timestamp }: Header,
  { runway, overdue }: Thresholds,
): void {
  const wrong = new Map<string, AlertLine>();
  const raise = (alert: AlertKind, place: string, message: string) => {
    wrong.set(`${alert}/${place}`, { kind: "alert", alert, place, message, block: number, time: timestamp });
  };
  for (const { place, symbol, liabilities, balance } of state.holdings) {
    if (balance >= liabilities) continue;
    raise(
      "solvency",
      `${place}, ${symbol}`,
      `holds ${balance} base units and owes ${liabilities}: ${liabilities - balance} are missing`,
    );
  }
  for (const { place, seconds, what } of state.runways) {
    if (seconds === undefined || seconds >= runway) continue;
    const when = seconds === 0n ? "now" : `in ${formatSpan(seconds)}`;
    raise("low budget", place, `${when} ${what}; the least is ${formatDuration(runway)}`);
  }
  for (const { place, pending, waited } of state.overdue) {
    if (waited < overdue) continue;
    raise(
      "overdue epoch",
      place,
      `${pending} base units have waited for ${formatSpan(waited)}: \`distribute\` pays them`,
    );
  }
  for (const [place, message] of state.unreadable) raise("unreadable", place, message);

  // What the node itself does is told apart from what is on the chain.
  const known = new Map([...store.activeAlerts()].filter(([, { place }]) => place !== "node"));
  if ([...wrong.keys()].every((key) => known.has(key)) && known.size === wrong.size) return;
  store.transaction(() => {
    for (const [key, alert] of wrong) {
      if (known.has(key)) continue;
      store.raise(key, alert);
      store.tell(alert, undefined);
    }
    for (const [key, { alert, place }] of known) {
      if (wrong.has(key)) continue;
      store.clear(key);
      store.tell({ kind: "resolved", alert, place, message: "is over", block: number, time: timestamp }, undefined);
    }
  });
}
