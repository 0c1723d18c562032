// How values are written in sentences. Contracts know base units and seconds; who knows a token's decimals or a reader's language
// passes writers of their own.

import { wholeUnits } from "../units/durations.ts";
import { formatMoment } from "../units/moments.ts";

/** What an amount is of: one of a pool's two tokens, a token by its address, or a token that the error does not tell. */
export type AmountOf = "staking" | "rewards" | `0x${string}` | undefined;

/** Writes the values of an error's sentence. */
export interface Writing {
  /** An amount in base units. */
  readonly amount: (value: bigint, of: AmountOf) => string;
  /** A moment in Unix seconds. */
  readonly time: (seconds: bigint) => string;
  /** A length of time in seconds. */
  readonly duration: (seconds: bigint) => string;
  readonly address: (address: `0x${string}`) => string;
}

/** Writes amounts in base units, moments in UTC, and addresses in full. */
export const PLAIN_WRITING: Writing = {
  amount: (value) => counted(value, "base unit"),
  time: formatMoment,
  duration(seconds) {
    const [count, unit] = wholeUnits(seconds);
    return counted(count, unit);
  },
  address: (address) => address,
};

/** A number of things: `1 term`, `12,000 terms`. */
export function counted(value: bigint, thing: string): string {
  return `${grouped(value)} ${thing}${value === 1n ? "" : "s"}`;
}

/** A number with its thousands apart. */
export function grouped(value: bigint): string {
  return value.toString().replace(/\B(?=(?:\d{3})+$)/g, ",");
}
