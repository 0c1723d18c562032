import { BPS, ONE } from "../math/units.ts";
import { parseAmount } from "./amounts.ts";
import { UnitError } from "./unit-error.ts";

/** Reads "12.5 %" as a share of 10^18, exactly. Throws a `UnitError` for anything else, also for more than 16 decimal places. */
export function parseRate(text: string): bigint {
  return parsePercentage(text, 16);
}

/** Reads "12.5 %" as basis points. Throws a `UnitError` for anything else, also for fractions of a basis point. */
export function parseBps(text: string): bigint {
  return parsePercentage(text, 2);
}

function parsePercentage(text: string, decimals: number): bigint {
  const [, number] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (number === undefined) throw new UnitError(`"${text}" is no percentage such as "12.5 %"`);
  if ((number.split(".")[1] ?? "").length > decimals)
    throw new UnitError(`"${text}" has more than ${decimals} decimal places`);
  return parseAmount(number, decimals);
}

/** A share of `whole` in per cent, exactly: 25 of 10,000 is `0.25 %`. `whole` is a power of ten from 100 on. */
export function formatPercentage(value: bigint, whole: bigint): string {
  const digits = whole.toString().length - 1;
  const scaled = (value * 100n).toString().padStart(digits + 1, "0");
  const fraction = scaled.slice(-digits).replace(/0+$/, "");
  return `${scaled.slice(0, -digits)}${fraction === "" ? "" : `.${fraction}`} %`;
}

/** A yearly rate, 1e18 being 100 %, to hundredths of a per cent, rounded down. */
export function formatRate(rate: bigint): string {
  return formatPercentage((rate * BPS) / ONE, BPS);
}
