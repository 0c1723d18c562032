import { parseUnits } from "ethers";

import { wholeUnits } from "../../packages/sdk/src/errors/writing.ts";

export { percentage as formatPercentage } from "../../packages/sdk/src/errors/writing.ts";
export { BPS, ONE, YEAR } from "../../packages/sdk/src/math/units.ts";

/** Seconds of a day. */
export const DAY = 86_400n;

const SECONDS: Readonly<Record<string, bigint>> = { second: 1n, minute: 60n, hour: 3_600n, day: DAY, week: 7n * DAY };

/** Reads "30 days" or "1 hour" as seconds. Throws on anything else. */
export function parseDuration(text: string): bigint {
  const [, count, unit] = /^(\d+) (second|minute|hour|day|week)s?$/.exec(text) ?? [];
  const seconds = SECONDS[unit ?? ""];
  if (count === undefined || seconds === undefined) throw new Error(`"${text}" is no duration such as "30 days"`);
  return BigInt(count) * seconds;
}

/** Reads "12.5 %" as a share of 10^18, exactly. Throws on anything else, also on more than 16 decimal places. */
export function parseRate(text: string): bigint {
  return parsePercentage(text, 16);
}

/** Reads "12.5 %" as basis points. Throws on anything else, also on fractions of a basis point. */
export function parseBps(text: string): bigint {
  return parsePercentage(text, 2);
}

function parsePercentage(text: string, decimals: number): bigint {
  const [, number] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (number === undefined) throw new Error(`"${text}" is no percentage such as "12.5 %"`);
  try {
    return parseUnits(number, decimals);
  } catch {
    throw new Error(`"${text}" has more than ${decimals} decimal places`);
  }
}

/** Writes seconds as `parseDuration` reads them, in the largest unit that divides them: 172,800 is "2 days". */
export function formatDuration(seconds: bigint): string {
  const [count, unit] = wholeUnits(seconds);
  return `${count} ${unit}${count === 1n ? "" : "s"}`;
}
