import { DAY } from "../math/units.ts";
import { UnitError } from "./unit-error.ts";

const UNITS = [
  ["week", 7n * DAY],
  ["day", DAY],
  ["hour", 3_600n],
  ["minute", 60n],
  ["second", 1n],
] as const;
/** What is written: nobody asks how many weeks a term lasts. */
const WRITTEN = UNITS.filter(([unit]) => unit !== "week");

/** Reads "30 days" or "1 hour" as seconds. Throws a `UnitError` for anything else. */
export function parseDuration(text: string): bigint {
  const [, count, unit] = /^(\d+) ([a-z]+?)s?$/.exec(text) ?? [];
  const [, seconds] = UNITS.find(([name]) => name === unit) ?? [];
  if (count === undefined || seconds === undefined) throw new UnitError(`"${text}" is no duration such as "30 days"`);
  return BigInt(count) * seconds;
}

/** Writes seconds as `parseDuration` reads them, in the largest unit that divides them: 172,800 is "2 days". */
export function formatDuration(seconds: bigint): string {
  const [count, unit] = wholeUnits(seconds);
  return `${count} ${unit}${count === 1n ? "" : "s"}`;
}

/** What is left of a time, rounded down to its largest unit: 100,000 seconds are "1 day". */
export function formatSpan(seconds: bigint): string {
  const [unit, length] = WRITTEN.find(([, each]) => seconds >= each) ?? ["second", 1n];
  const count = seconds / length;
  return `${count} ${unit}${count === 1n ? "" : "s"}`;
}

/** A length of time in its largest unit that divides it: 172,800 seconds are 2 of "day". */
export function wholeUnits(seconds: bigint): readonly [count: bigint, unit: string] {
  const [unit, length] = WRITTEN.find(([, each]) => seconds % each === 0n) ?? ["second", 1n];
  return [seconds / length, unit];
}
