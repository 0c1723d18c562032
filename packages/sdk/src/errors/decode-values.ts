// The values of an error: words of 32 bytes, and texts. Errors have no other types; the generator refuses them.
import { checksumAddress } from "../shared/checksum.ts";

const WORD = 64;

/** One value of an error. */
export type ErrorValue = bigint | string;

/**
 * Decodes what follows the selector, given as hexadecimal digits; undefined unless it is exactly what Solidity encodes for these
 * types, so that data that only begins like an error is not taken for one.
 */
export function decodeValues(types: readonly string[], digits: string): ErrorValue[] | undefined {
  const heads = types.length * WORD;
  if (digits.length < heads) return undefined;
  let end = heads;
  const values: ErrorValue[] = [];
  for (const [i, type] of types.entries()) {
    const word = digits.slice(i * WORD, (i + 1) * WORD);
    if (type === "string") {
      const text = decodeText(digits, word, end);
      if (text === undefined) return undefined;
      values.push(text.value);
      end = text.end;
    } else {
      const value = decodeWord(type, word);
      if (value === undefined) return undefined;
      values.push(value);
    }
  }
  return digits.length === end ? values : undefined;
}

function decodeWord(type: string, word: string): ErrorValue | undefined {
  if (type === "address") {
    const digits = word.slice(24);
    return /^0{24}/.test(word) ? checksumAddress(digits) : undefined;
  }
  const [, kind, size = ""] = /^(uint|bytes)(\d+)$/.exec(type) ?? [];
  if (kind === "uint") {
    const value = BigInt(`0x${word}`);
    return value >> BigInt(size) === 0n ? value : undefined;
  }
  if (kind === "bytes") {
    const digits = Number(size) * 2;
    return /^0*$/.test(word.slice(digits)) ? `0x${word.slice(0, digits)}` : undefined;
  }
  throw new TypeError(`Values of the type ${type} are not decoded here`);
}

/** A text whose offset is `head`; it has to begin where what was read before ends. */
function decodeText(digits: string, head: string, start: number): { value: string; end: number } | undefined {
  if (BigInt(`0x${head}`) * 2n !== BigInt(start)) return undefined;
  const length = BigInt(`0x${digits.slice(start, start + WORD).padStart(1, "0")}`) * 2n;
  const from = start + WORD;
  if (length > BigInt(digits.length - from)) return undefined;
  const bytes = digits.slice(from, from + Number(length)).match(/../g) ?? [];
  const value = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
  return { value, end: from + Math.ceil(Number(length) / WORD) * WORD };
}
