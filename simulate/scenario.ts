import { pathToFileURL } from "node:url";

import { DAY, parseDuration } from "@termstake/sdk/units";
import { parseUnits } from "ethers";

import {
  AMOUNT_LIMIT,
  type ProtocolConfig,
  ProtocolConfigError,
  formatAmount,
  lookUp,
  mapValues,
  type Problem,
  startTime,
} from "../deploy/config/protocol-config.ts";
import { loadProtocolConfig, readJson5, writePath } from "../deploy/config/load.ts";
import { UserError } from "../shared/user-error.ts";
import { type PriceEntry, type ScenarioFile, scenarioFile } from "./scenario-file.ts";

/** Most stakers of all cohorts together. */
const MOST_STAKERS = 100_000;

/** How a token's price comes about, in the scenario's currency for a whole token. */
export type PriceRule =
  | { readonly kind: "walk"; readonly initial: number; readonly drift: number; readonly volatility: number }
  | { readonly kind: "path"; readonly points: readonly { readonly day: number; readonly price: number }[] }
  | {
      readonly kind: "pair";
      readonly initial: number;
      readonly tokens: readonly [string, string];
      /** What trading adds to a share in a year. */
      readonly fees: number;
    };

/** What is paid in: at the beginning, and then regularly; base units and days. */
export interface Payments {
  readonly initial: bigint;
  readonly every: number | undefined;
  readonly amount: bigint;
  readonly until: number;
}

/** Stakers who behave alike; amounts in base units, times in days, shares from 0 to 1. */
export interface Cohort {
  readonly name: string;
  readonly pool: string;
  /** Of a fixed-term pool. */
  readonly term: bigint | undefined;
  readonly stakers: number;
  readonly arrive: { readonly from: number; readonly over: number };
  readonly stake: { readonly least: bigint; readonly most: bigint };
  readonly leave: { readonly perYear: number; readonly half: number };
  readonly panic: { readonly below: number; readonly share: number; readonly within: number } | undefined;
  readonly claim: { readonly every: number; readonly restake: boolean } | undefined;
  readonly renew: number;
  readonly expects: number | undefined;
  readonly patience: number;
}

/** Everything that a simulation depends on. */
export interface Scenario {
  readonly title: string;
  readonly description: string;
  readonly protocolConfig: ProtocolConfig;
  readonly seed: number;
  /** Unix time of day 0, in seconds. */
  readonly start: bigint;
  readonly days: number;
  readonly currency: string;
  readonly prices: Readonly<Record<string, PriceRule>>;
  readonly funding: {
    readonly schedules: Readonly<Record<string, Payments>>;
    readonly pools: Readonly<Record<string, Payments>>;
  };
  readonly sweepEvery: number;
  readonly cohorts: readonly Cohort[];
  readonly stress: { readonly at: number; readonly tokens: readonly string[]; readonly fall: number };
}

/** A scenario that cannot be simulated; its message lists every problem. */
export class ScenarioError extends UserError {
  override readonly name = "ScenarioError";

  constructor(readonly problems: readonly Problem[]) {
    super(["The scenario cannot be simulated:", ...problems.map((p) => `  ${p.place}: ${p.message}`)].join("\n"));
  }
}

/** Reads and checks a scenario and the protocol config that it names. Throws `ScenarioError` with every problem found. */
export async function loadScenario(path: string | URL): Promise<Scenario> {
  const url = typeof path === "string" ? pathToFileURL(path) : path;
  const parsed = scenarioFile.safeParse(await reading("file", () => readJson5(url)));
  if (!parsed.success) {
    throw new ScenarioError(
      parsed.error.issues.map((issue) => ({ place: writePath(issue.path), message: issue.message })),
    );
  }
  const protocolConfig = await reading("protocolConfig", () =>
    loadProtocolConfig(new URL(parsed.data.protocolConfig, url)),
  );
  return inBaseUnits(parsed.data, protocolConfig);
}

/** What cannot be read, or not be deployed, is a problem of the scenario. */
async function reading<T>(place: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProtocolConfigError) {
      throw new ScenarioError(
        error.problems.map((p) => ({
          place: place === "file" ? place : p.place === "file" ? place : `${place}: ${p.place}`,
          message: p.message,
        })),
      );
    }
    if (error instanceof Error && "code" in error && "path" in error) {
      throw new ScenarioError([{ place, message: `${String(error.path)} cannot be read (${String(error.code)})` }]);
    }
    throw error;
  }
}

/** What a person wrote in whole tokens, as base units, once nothing contradicts the protocol config or itself. */
function inBaseUnits(file: ScenarioFile, protocolConfig: ProtocolConfig): Scenario {
  const problems: Problem[] = [];
  const problem = (place: string, message: string) => problems.push({ place, message });

  function units(text: string, token: string, place: string): bigint {
    const { decimals } = lookUp(protocolConfig.tokens, token);
    try {
      const amount = parseUnits(text, decimals);
      if (amount >= AMOUNT_LIMIT)
        problem(
          place,
          `${text} is above the limit of ${formatAmount(AMOUNT_LIMIT - 1n, { decimals, address: undefined })} ${token}`,
        );
      return amount;
    } catch {
      problem(place, `"${text}" has more than the token's ${decimals} decimal places`);
      return 0n;
    }
  }

  function payments(entry: ScenarioFile["funding"]["pools"][string], token: string, place: string): Payments {
    const payment = {
      initial: units(entry.initial, token, `${place}.initial`),
      every: entry.every,
      amount: units(entry.amount, token, `${place}.amount`),
      until: entry.until ?? file.duration,
    };
    if ((entry.every === undefined) !== (payment.amount === 0n)) {
      problem(place, "needs both `every` and an `amount` above 0, or neither");
    }
    return payment;
  }

  function cohort(name: string, entry: ScenarioFile["cohorts"][string]): Cohort | undefined {
    const place = `cohorts.${name}`;
    const flexible = protocolConfig.flexiblePools[entry.pool];
    const fixed = protocolConfig.fixedTermPools[entry.pool];
    const pool = flexible ?? fixed;
    if (pool === undefined) {
      problem(`${place}.pool`, `no pool of the protocol config is called "${entry.pool}"`);
      return undefined;
    }
    const stake = {
      least: units(entry.stake.least, pool.stakingToken, `${place}.stake.least`),
      most: units(entry.stake.most, pool.stakingToken, `${place}.stake.most`),
    };
    if (stake.least > stake.most) {
      problem(`${place}.stake.least`, `${entry.stake.least} is above the most of ${entry.stake.most}`);
    }
    const term = fixed?.terms[entry.term ?? 0];
    const minimum = flexible?.minimumStake ?? term?.minimum ?? 0n;
    if (stake.least < minimum) {
      const least = formatAmount(minimum, lookUp(protocolConfig.tokens, pool.stakingToken));
      problem(`${place}.stake.least`, `${entry.stake.least} is below the pool's minimum of ${least}`);
    }
    if (entry.arrive.from > file.duration) {
      problem(`${place}.arrive.from`, `${entry.arrive.from} days is above the duration of ${file.duration} days`);
    }
    if (flexible !== undefined) {
      if (entry.term !== undefined) problem(`${place}.term`, `"${entry.pool}" is a flexible pool and has no terms`);
      if (entry.renew !== undefined) problem(`${place}.renew`, `"${entry.pool}" is a flexible pool: nothing matures`);
      if (entry.claim?.restake === true && flexible.stakingToken !== flexible.rewardsToken) {
        problem(`${place}.claim.restake`, `${flexible.rewardsToken} cannot be staked in "${entry.pool}"`);
      }
    } else if (fixed !== undefined) {
      if (entry.term === undefined)
        problem(`${place}.term`, `missing: "${entry.pool}" has ${fixed.terms.length} terms`);
      else if (term === undefined) {
        problem(`${place}.term`, `${entry.term} is above the limit of ${fixed.terms.length - 1}, the pool's last term`);
      }
      if (entry.claim !== undefined) problem(`${place}.claim`, `"${entry.pool}" pays at maturity, not before`);
    }
    return {
      ...entry,
      name,
      stake,
      term: entry.term === undefined ? undefined : BigInt(entry.term),
      panic: entry.panic,
      claim: entry.claim,
      renew: entry.renew ?? 0,
      expects: entry.expects,
    };
  }

  const prices = mapValues(file.prices, (entry, token) => {
    if (!(token in protocolConfig.tokens) && !pairedTokens(file).has(token)) {
      problem(`prices.${token}`, `no token of the protocol config is called "${token}"`);
    }
    return priceRule(entry, `prices.${token}`, file, problem);
  });
  for (const [name, pool] of Object.entries({ ...protocolConfig.flexiblePools, ...protocolConfig.fixedTermPools })) {
    for (const token of [pool.stakingToken, pool.rewardsToken]) {
      if (!(token in file.prices)) problem(`prices.${token}`, `missing: the pool "${name}" moves it`);
    }
  }
  for (const [i, token] of file.stress.tokens.entries()) {
    if (!(token in file.prices)) problem(`stress.tokens[${i}]`, `"${token}" has no price`);
    else if (file.prices[token]?.pair !== undefined) {
      problem(`stress.tokens[${i}]`, `"${token}" follows the tokens of its pair: name one of them`);
    }
  }
  if (file.stress.at >= file.duration) {
    problem("stress.at", `${file.stress.at} days is not below the duration of ${file.duration} days`);
  }
  for (const [name, { start }] of Object.entries(protocolConfig.schedules)) {
    const begins = startTime(start, file.start);
    if (begins >= file.start) continue;
    const date = (seconds: bigint) => new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
    problem("start", `${date(file.start)} is after ${date(begins)}, when the schedule "${name}" begins`);
  }
  const stakers = Object.values(file.cohorts).reduce((sum, { stakers: count }) => sum + count, 0);
  if (stakers === 0) problem("cohorts", "names nobody");
  if (stakers > MOST_STAKERS) problem("cohorts", `${stakers} stakers in all is above the limit of ${MOST_STAKERS}`);

  const cohorts = Object.entries(file.cohorts).flatMap(([name, entry]) => cohort(name, entry) ?? []);
  const funding = {
    schedules: mapKnown(
      file.funding.schedules,
      protocolConfig.schedules,
      "funding.schedules",
      "schedule",
      problem,
      (entry, { token }, place) => payments(entry, token, place),
    ),
    pools: mapKnown(
      file.funding.pools,
      protocolConfig.fixedTermPools,
      "funding.pools",
      "fixed-term pool",
      problem,
      (entry, { rewardsToken }, place) => payments(entry, rewardsToken, place),
    ),
  };
  if (problems.length !== 0) throw new ScenarioError(problems);

  const { title, description, seed, start, duration, currency, sweepEvery, stress } = file;
  return {
    title,
    description,
    protocolConfig,
    seed,
    start,
    days: duration,
    currency,
    prices,
    funding,
    sweepEvery,
    cohorts,
    stress,
  };
}

type Report = (place: string, message: string) => unknown;

/** Entries by the names of a protocol config's; one without its like there is a problem, and left out. */
function mapKnown<T, K, U>(
  entries: Readonly<Record<string, T>>,
  known: Readonly<Record<string, K>>,
  place: string,
  kind: string,
  problem: Report,
  map: (entry: T, its: K, place: string) => U,
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) => {
      const its = known[name];
      if (its !== undefined) return [[name, map(entry, its, `${place}.${name}`)]];
      problem(`${place}.${name}`, `no ${kind} of the protocol config is called "${name}"`);
      return [];
    }),
  );
}

function pairedTokens({ prices }: ScenarioFile): Set<string> {
  return new Set(Object.values(prices).flatMap(({ pair }) => pair ?? []));
}

function priceRule(entry: PriceEntry, place: string, { prices }: ScenarioFile, problem: Report): PriceRule {
  const { initial, drift, volatility, path, pair, fees } = entry;
  if (path !== undefined) {
    if (pair !== undefined || initial !== undefined || drift !== 0 || volatility !== 0) {
      problem(place, "a `path` says everything: it stands alone");
    }
    return { kind: "path", points: pathPoints(path, `${place}.path`, problem) };
  }
  if (initial === undefined) problem(`${place}.initial`, "missing: the price on the first day");
  if (pair === undefined) {
    if (fees !== 0) problem(`${place}.fees`, "is for a `pair`, a share of a liquidity pool");
    return { kind: "walk", initial: initial ?? 1, drift, volatility };
  }
  if (drift !== 0 || volatility !== 0) problem(place, "a `pair` follows its tokens and has no walk of its own");
  for (const [i, token] of pair.entries()) {
    const its = prices[token];
    if (its === undefined) problem(`${place}.pair[${i}]`, `"${token}" has no price`);
    else if (its.pair !== undefined) problem(`${place}.pair[${i}]`, `"${token}" is a pair itself`);
  }
  return { kind: "pair", initial: initial ?? 1, tokens: pair, fees };
}

function pathPoints(path: Readonly<Record<string, number>>, place: string, problem: Report) {
  const points = Object.entries(path).flatMap(([time, price]) => {
    try {
      return [{ day: Number(parseDuration(time)) / Number(DAY), price }];
    } catch (error) {
      problem(`${place}.${time}`, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  points.sort((a, b) => a.day - b.day);
  if (points[0]?.day !== 0) problem(place, 'has no point at "0 days"');
  return points;
}
