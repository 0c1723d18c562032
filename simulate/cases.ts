import type { Scenario } from "./scenario.ts";
import type { Shock } from "./prices.ts";

/** A course that the same programme may take. */
export interface Case {
  readonly name: "base" | "price" | "exit" | "inflow";
  readonly title: string;
  readonly shock?: Shock;
  /** Day on which everybody who is in leaves. */
  readonly exitOn?: number;
  /** Day from which nobody comes in. */
  readonly closedFrom?: number;
}

export const BASE: Case = { name: "base", title: "Base case" };

/** The base case and, beside it, what may go wrong on the scenario's day; every staker draws the same in all of them. */
export function casesOf({ stress }: Scenario): readonly Case[] {
  const { at, tokens, fall } = stress;
  const percentage = Math.round(fall * 10_000) / 100;
  return [
    BASE,
    { name: "price", title: `Price −${percentage} %`, shock: { day: at, tokens, factor: 1 - fall } },
    { name: "exit", title: "Everyone exits at once", exitOn: at },
    { name: "inflow", title: "No inflow", closedFrom: at },
  ];
}
