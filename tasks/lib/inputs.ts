// What a person types, read with care: an error names the value and the limit.
import { formatUnits, getAddress, isAddress, parseUnits, ZeroAddress } from "ethers";

import { MendableError } from "../../scripts/lib/mendable-error.ts";

/** What amounts of a token need. */
export interface TokenInfo {
  readonly token: string;
  readonly symbol: string;
  readonly decimals: bigint;
}

const MAX_UINT256 = 2n ** 256n - 1n;

/** An address whose checksum is right, or that is in lower case and has none. Throws a `MendableError` for anything else. */
export function parseAddress(text: string, what: string): string {
  if (!isAddress(text) || !text.startsWith("0x")) {
    throw new MendableError(`${what} "${text}" is no address, or its checksum is wrong`);
  }
  const address = getAddress(text);
  if (address === ZeroAddress) throw new MendableError(`${what} is the zero address`);
  return address;
}

/** Whole tokens such as "12.5" as base units, above 0. Throws a `MendableError` for anything else. */
export function parseAmount(text: string, token: TokenInfo, what = "The amount"): bigint {
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new MendableError(`${what} "${text}" is none: write whole tokens such as "12.5"`);
  const decimals = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  if (BigInt(decimals) > token.decimals) {
    throw new MendableError(`${what} "${text}" has ${decimals} decimal places; ${token.symbol} has ${token.decimals}`);
  }
  const amount = parseUnits(text, token.decimals);
  if (amount === 0n)
    throw new MendableError(`${what} is 0; the least is ${formatUnits(1n, token.decimals)} ${token.symbol}`);
  if (amount > MAX_UINT256)
    throw new MendableError(`${what} "${text}" is above the 2^256 - 1 units that a token can have`);
  return amount;
}

/** A whole number from 0 on, such as a term's or a position's. Throws a `MendableError` for anything else. */
export function parseId(text: string, what: string): bigint {
  if (!/^\d{1,30}$/.test(text)) throw new MendableError(`${what} "${text}" is no whole number`);
  return BigInt(text);
}

/** An option without which a command has no meaning. Throws a `MendableError` that says what it is for if it is missing. */
export function required(option: string, value: string | undefined, what: string): string {
  if (value === undefined || value === "") throw new MendableError(`${option} is missing: ${what}`);
  return value;
}

/** Runs a parser of `scripts/lib/units.ts`, whose errors do not say what they are about. */
export function parsed<T>(what: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    throw new MendableError(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `12.5 TSK`. */
export function writeAmount(amount: bigint, token: TokenInfo): string {
  const symbol = token.symbol === "" ? token.token : token.symbol;
  return `${formatUnits(amount, token.decimals).replace(/\.0$/, "")} ${symbol}`;
}

/** Unix seconds as `2027-01-31 12:00:00 UTC`. */
export function writeMoment(seconds: bigint | number): string {
  return new Date(Number(seconds) * 1_000).toISOString().replace("T", " ").replace(".000Z", " UTC");
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Unix seconds with the day of the week, by which a person sees a wrong date: `Sunday 2027-01-31 12:00:00 UTC`. */
export function writeDay(seconds: bigint): string {
  return `${DAYS[new Date(Number(seconds) * 1_000).getUTCDay()] ?? ""} ${writeMoment(seconds)}`;
}

/** `3 days` or `5 hours`: what is left of a time, rounded down to its largest unit. */
export function writeSpan(seconds: bigint): string {
  const units = [
    ["day", 86_400n],
    ["hour", 3_600n],
    ["minute", 60n],
  ] as const;
  const [name, size] = units.find(([, length]) => seconds >= length) ?? ["second", 1n];
  const count = seconds / size;
  return `${count} ${name}${count === 1n ? "" : "s"}`;
}
