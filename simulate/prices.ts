import { Random } from "./random.ts";
import type { PriceRule, Scenario } from "./scenario.ts";

/** Prices by day, in the scenario's currency for a whole token. */
export type Path = Float64Array;

/** What a share of a liquidity pool is made of. */
export interface PairPath {
  readonly first: Path;
  readonly second: Path;
}

/** From this day on, the tokens cost less: their paths are multiplied by `factor`. */
export interface Shock {
  readonly day: number;
  readonly tokens: readonly string[];
  readonly factor: number;
}

/** Where the value of a pool share comes from, between two days. */
export interface ShareValue {
  /** What its two tokens would be worth, had they only been held. */
  readonly held: number;
  /** What trading against the pool has cost; never above 0. */
  readonly impermanentLoss: number;
  /** What trading fees have added. */
  readonly fees: number;
}

/** The prices of all tokens on all days. */
export class Market {
  readonly #paths = new Map<string, Path>();
  readonly #pairs = new Map<string, PairPath>();

  constructor(scenario: Scenario, shock?: Shock) {
    const rules = Object.entries(scenario.prices);
    for (const [token, rule] of rules) {
      if (rule.kind !== "pair") this.#paths.set(token, shocked(pathOf(token, rule, scenario), token, shock));
    }
    for (const [token, rule] of rules) {
      if (rule.kind !== "pair") continue;
      const pair = { first: this.path(rule.tokens[0]), second: this.path(rule.tokens[1]) };
      this.#pairs.set(token, pair);
      this.#paths.set(token, sharePath(rule, pair));
    }
  }

  path(token: string): Path {
    const path = this.#paths.get(token);
    if (path === undefined) throw new Error(`Nothing called "${token}" has a price`);
    return path;
  }

  price(token: string, day: number): number {
    return at(this.path(token), day);
  }

  isPair(token: string): boolean {
    return this.#pairs.has(token);
  }

  /** What a share of a liquidity pool that was worth its price on `from` is worth on `to`; nothing of other tokens. */
  shareValue(token: string, from: number, to: number): ShareValue | undefined {
    const pair = this.#pairs.get(token);
    if (pair === undefined) return undefined;
    const worth = this.price(token, from);
    const first = at(pair.first, to) / at(pair.first, from);
    const second = at(pair.second, to) / at(pair.second, from);
    const held = (worth * (first + second)) / 2;
    const traded = worth * Math.sqrt(first * second);
    return { held, impermanentLoss: traded - held, fees: this.price(token, to) - traded };
  }
}

/** What providing liquidity in equal parts has cost, as a share of what was held, once one price is `ratio` times the other's. */
export function impermanentLoss(ratio: number): number {
  return (2 * Math.sqrt(ratio)) / (1 + ratio) - 1;
}

export function at(path: Path, day: number): number {
  const value = path[day];
  if (value === undefined) throw new RangeError(`Day ${day} is outside the ${path.length} days of the simulation`);
  return value;
}

function pathOf(token: string, rule: Exclude<PriceRule, { kind: "pair" }>, { days, seed }: Scenario): Path {
  const path = new Float64Array(days + 1);
  if (rule.kind === "path") {
    for (let day = 0; day <= days; day++) path[day] = interpolated(rule.points, day);
    return path;
  }
  const random = new Random(seed, `price of ${token}`);
  const drift = Math.log(1 + rule.drift) / 365;
  const deviation = rule.volatility / Math.sqrt(365);
  let logarithm = Math.log(rule.initial);
  for (let day = 0; day <= days; day++) {
    path[day] = day === 0 ? rule.initial : Math.exp(logarithm);
    logarithm += drift + deviation * random.normal();
  }
  return path;
}

function interpolated(points: readonly { day: number; price: number }[], day: number): number {
  const next = points.findIndex((point) => point.day > day);
  const before = points.at(next === -1 ? -1 : next - 1);
  const after = points[next];
  if (before === undefined) throw new RangeError("A path has at least one point");
  if (after === undefined) return before.price;
  return before.price + ((after.price - before.price) * (day - before.day)) / (after.day - before.day);
}

function shocked(path: Path, token: string, shock: Shock | undefined): Path {
  if (shock?.tokens.includes(token) !== true) return path;
  return path.map((price, day) => (day < shock.day ? price : price * shock.factor));
}

/** Constant product: the value of a share moves with the geometric mean of both prices, and fees come on top. */
function sharePath({ initial, fees }: Extract<PriceRule, { kind: "pair" }>, { first, second }: PairPath): Path {
  const began = Math.sqrt(at(first, 0) * at(second, 0));
  return first.map((price, day) => {
    const moved = Math.sqrt(price * at(second, day)) / began;
    return initial * moved * (1 + fees) ** (day / 365);
  });
}
