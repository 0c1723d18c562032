import { UnitError } from "./unit-error.ts";

/** More than any token can have. */
const LIMIT = 2n ** 256n;

/**
 * Base units as a decimal number: `1.5` for 1,500,000 of 6 decimals, without zeros at the end. A token may claim up to 255 decimals, more
 * than most libraries take.
 */
export function formatAmount(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * Reads whole tokens such as `12.5` as base units, exactly. Throws a `UnitError` for anything else: signs, groups of thousands, exponents,
 * a comma, more decimal places than the token has, or 2^256 base units and more.
 */
export function parseAmount(text: string, decimals: number): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new UnitError(`"${text}" is no amount: write whole tokens such as "12.5"`);
  if (fraction.length > decimals)
    throw new UnitError(`"${text}" has ${fraction.length} decimal places; the token has ${decimals}`);
  const amount = BigInt(whole + fraction.padEnd(decimals, "0"));
  if (amount >= LIMIT) throw new UnitError(`"${text}" is above the 2^256 - 1 units that a token can have`);
  return amount;
}
