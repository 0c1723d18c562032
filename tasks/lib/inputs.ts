// What a person types, read with care: an error names the value and the limit.
import { formatAmount, parseAmount as readAmount } from "@termstake/sdk/units";
import { getAddress, isAddress, ZeroAddress } from "ethers";

import { UserError } from "../../shared/user-error.ts";

/** What amounts of a token need. */
export interface TokenInfo {
  readonly token: string;
  readonly symbol: string;
  readonly decimals: bigint;
}

/** An address whose checksum is right, or that is in lower case and has none. Throws a `UserError` for anything else. */
export function parseAddress(text: string, what: string): string {
  if (!isAddress(text) || !text.startsWith("0x")) {
    throw new UserError(`${what} "${text}" is no address, or its checksum is wrong`);
  }
  const address = getAddress(text);
  if (address === ZeroAddress) throw new UserError(`${what} is the zero address`);
  return address;
}

/** Whole tokens such as "12.5" as base units, above 0. Throws a `UserError` for anything else. */
export function parseAmount(text: string, token: TokenInfo, what = "The amount"): bigint {
  const amount = parsed(what, text, (written) => readAmount(written, Number(token.decimals)));
  if (amount === 0n) throw new UserError(`${what} is 0; the least is ${writeAmount(1n, token)}`);
  return amount;
}

/** A whole number from 0 on, such as a term's or a position's. Throws a `UserError` for anything else. */
export function parseId(text: string, what: string): bigint {
  if (!/^\d{1,30}$/.test(text)) throw new UserError(`${what} "${text}" is no whole number`);
  return BigInt(text);
}

/** An option without which a command has no meaning. Throws a `UserError` that says what it is for if it is missing. */
export function required(option: string, value: string | undefined, what: string): string {
  if (value === undefined || value === "") throw new UserError(`${option} is missing: ${what}`);
  return value;
}

/** Runs a parser of the SDK, whose errors do not say what they are about. */
export function parsed<T>(what: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    throw new UserError(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `12.5 TSK`. */
export function writeAmount(amount: bigint, token: TokenInfo): string {
  const symbol = token.symbol === "" ? token.token : token.symbol;
  return `${formatAmount(amount, Number(token.decimals))} ${symbol}`;
}
