import fc from "fast-check";

import { Refusal } from "../../../model/refusal.ts";
import { DAY, HOUR, YEAR, ZERO_ADDRESS } from "../fixtures.ts";
import type { History, Step } from "./history.ts";

/** A kind of action of a history. */
export interface ActionKind {
  readonly name: string;
  /** How often it is chosen among all. */
  readonly weight: number;
  /** How often it has to be accepted in 5,000 actions, at least. */
  readonly minimum: number;
  readonly command: fc.Arbitrary<Command>;
}

export interface ActionSpec<Input> {
  readonly name: string;
  readonly weight: number;
  readonly minimum: number;
  readonly input: fc.Arbitrary<Input>;
  /** The transactions that the input means in the state that the history has come to. */
  readonly plan: (history: History, input: Input) => readonly Step[];
}

/** Performs an action whatever the state: what makes no sense has to be refused by both. */
export class Command implements fc.AsyncCommand<History, object> {
  constructor(
    private readonly name: string,
    private readonly seconds: bigint,
    private readonly input: unknown,
    private readonly plan: (history: History) => readonly Step[],
  ) {}

  check(): boolean {
    return true;
  }

  async run(history: History): Promise<void> {
    await history.act(this.name, this.seconds, () => this.plan(history));
  }

  toString(): string {
    return `after ${this.seconds} s ${this.name}${shown(this.input)}`;
  }
}

/** As one writes it down; fast-check's own form is for machines. */
function shown(input: unknown): string {
  if (Array.isArray(input)) return `[${input.map(shown).join(", ")}]`;
  if (typeof input === "bigint" || typeof input !== "object") return fc.stringify(input).replace(/^"(.*)"$|n$/, "$1");
  const values = Object.entries(input ?? {}).map(([name, value]) => `${name}: ${shown(value)}`);
  return `(${values.join(", ")})`;
}

/** Seconds before an action: none, a moment, hours, days, and now and then a season or a year. */
const seconds = fc.oneof(
  { arbitrary: fc.bigInt(0n, 90n), weight: 8 },
  { arbitrary: fc.bigInt(0n, 12n * HOUR), weight: 8 },
  { arbitrary: fc.bigInt(0n, 25n * DAY), weight: 6 },
  { arbitrary: fc.bigInt(20n * DAY, YEAR + 30n * DAY), weight: 1 },
);

export function action<Input>({ name, weight, minimum, input, plan }: ActionSpec<Input>): ActionKind {
  const command = fc
    .tuple(seconds, input)
    .map(([wait, taken]) => new Command(name, wait, taken, (history) => plan(history, taken)));
  return { name, weight, minimum, command };
}

/* WHAT INPUTS ARE MADE OF */

/** Which of the actors, by number. */
export const actor = fc.nat(7);

/** Picks one of a list, whatever its length; the last resort of an empty one. */
export function pick<T>(list: readonly T[], number: number, fallback: T): T {
  return list[number % Math.max(1, list.length)] ?? fallback;
}

/** Any number to pick with. */
export const choice = fc.nat(999);

/** True once in `of` times. */
export function seldom(of: number): fc.Arbitrary<boolean> {
  return fc.nat(of - 1).map((drawn) => drawn === of - 1);
}

/** An amount of any size below 2^`bits`, every number of bits as likely as another. */
export function size(bits: number, least = 0): fc.Arbitrary<bigint> {
  const precision = 32n;
  return fc
    .tuple(fc.integer({ min: least, max: bits - 1 }), fc.bigInt(0n, 2n ** precision - 1n))
    .map(([exponent, mantissa]) => ((2n ** precision + mantissa) << BigInt(exponent)) >> precision);
}

/** Ten thousandths of something; 10,001 stands for one unit more than all of it. */
export const part = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 9_999 }), weight: 12 },
  { arbitrary: fc.constant(10_000), weight: 5 },
  { arbitrary: fc.constantFrom(0, 10_001), weight: 1 },
);

export function partOf(whole: bigint, taken: number): bigint {
  return taken > 10_000 ? whole + 1n : (whole * BigInt(taken)) / 10_000n;
}

/** Somebody to receive: mostly an actor, seldom nobody or the contract itself. */
export const receiver = fc.oneof(
  { arbitrary: fc.nat(7), weight: 20 },
  { arbitrary: fc.constantFrom(-1, -2), weight: 1 },
);

export function receiverOf({ addresses }: History, number: number, contract: string): string {
  if (number === -2) return contract;
  return addresses.actors[number] ?? ZERO_ADDRESS;
}

export function actorOf({ addresses }: History, number: number): string {
  return pick(addresses.actors, number, ZERO_ADDRESS);
}

/** Who calls what only governance may: mostly the governor, seldom an actor, whom both refuse. */
export const ruler = fc.oneof({ arbitrary: fc.constant(-1), weight: 15 }, { arbitrary: fc.nat(7), weight: 1 });

/** A step that only the governor may take. */
export function ruled(history: History, number: number, step: Omit<Step, "by">): Step {
  const { governor, actors } = history.addresses;
  const by = actors[number] ?? governor;
  return {
    ...step,
    by,
    apply(protocol) {
      if (by !== governor) throw new Refusal("AccessManagedUnauthorized", [by]);
      step.apply(protocol);
    },
  };
}
