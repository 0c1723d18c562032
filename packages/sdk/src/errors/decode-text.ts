// What can be read from texts alone. Development nodes name a custom error and its values in their messages, and wallets pass on
// the message more often than the data.
import { ERRORS, type ErrorShape } from "../generated/errors.ts";
import { reasonError, type BuiltInError } from "./built-in.ts";
import { checksumAddress } from "../shared/checksum.ts";
import { decodeValues, type ErrorValue } from "./decode-values.ts";

const CUSTOM_ERROR = /custom error '?(\w+)\(([^()]*)\)/;
/** anvil's way with an error that it does not know: the values as digits, or as a text where their bytes happen to be one. */
const SELECTED_ERROR = /custom error (0x[0-9a-f]{8})(?:: ?([^]*))?/i;
/** Hardhat's and Ganache's way, and that of nodes written in Go. */
const REASONS = [
  /reverted with reason string ["'](.*)["']/s,
  /VM Exception while processing transaction: revert (.+)/s,
  /execution reverted: (?:revert: )?(?!0x|custom error)([^\n{]+)/,
];

export interface NamedError {
  readonly shape: ErrorShape;
  readonly values: readonly ErrorValue[];
}

/** The custom error that a message names with its values. */
export function findNamedError(texts: readonly string[]): NamedError | undefined {
  for (const text of texts) {
    const [, name, list] = CUSTOM_ERROR.exec(text) ?? [];
    const shape = Object.values(ERRORS).find((candidate) => candidate.name === name);
    if (shape === undefined || list === undefined) continue;
    const values = parseValues(shape, list);
    if (values !== undefined) return { shape, values };
  }
  return undefined;
}

/** The custom error that a message names by its selector, with its values. */
export function findSelectedError(texts: readonly string[]): NamedError | undefined {
  for (const text of texts) {
    const [, selector = "", rest = ""] = SELECTED_ERROR.exec(text) ?? [];
    const shape = ERRORS[`0x${selector.slice(2).toLowerCase()}`];
    if (shape === undefined) continue;
    const types = shape.inputs.map(([, type]) => type);
    const [written = ""] = /^[0-9a-f]*/i.exec(rest) ?? [];
    const values = decodeValues(types, written) ?? decodeValues(types, bytesOf(rest, types.length));
    if (values !== undefined) return { shape, values };
  }
  return undefined;
}

/** The first words of what a text stands for, as hexadecimal digits: whoever passed it on may have gone on writing. */
function bytesOf(text: string, words: number): string {
  const bytes = new TextEncoder().encode(text).slice(0, words * 32);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The reason in words that a message quotes. */
export function findReason(texts: readonly string[]): BuiltInError | undefined {
  for (const text of texts) {
    for (const pattern of REASONS) {
      const reason = pattern.exec(text)?.[1]?.trim();
      if (reason !== undefined && reason !== "") return reasonError(reason.replace(/^"(.*)"$/s, "$1"));
    }
  }
  return undefined;
}

function parseValues({ inputs }: ErrorShape, list: string): ErrorValue[] | undefined {
  const written = list.trim() === "" ? [] : list.split(",").map((value) => value.trim().replace(/^"(.*)"$/, "$1"));
  if (written.length !== inputs.length) return undefined;
  const values = inputs.map(([, type], i) => parseValue(type, written[i] ?? ""));
  return values.includes(undefined) ? undefined : values.filter((value) => value !== undefined);
}

function parseValue(type: string, written: string): ErrorValue | undefined {
  if (type === "string") return written;
  if (type.startsWith("uint")) {
    // forge and anvil add a short form, as in `1000000 [1e6]`.
    const [number] = /^(?:\d+|0x[0-9a-f]+)(?= \[|$)/i.exec(written) ?? [];
    return number === undefined ? undefined : BigInt(number);
  }
  if (type === "address") return /^0x[0-9a-f]{40}$/i.test(written) ? checksumAddress(written.slice(2)) : undefined;
  return /^0x(?:[0-9a-f]{2})+$/i.test(written) ? written : undefined;
}
