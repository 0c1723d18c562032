// Values by the types of an ABI. Reads each word once: for a page of pools, decoders that copy the rest of an answer for each word take
// longer than the node.
import { checksumAddress } from "./checksum.ts";

/** A parameter as a JSON ABI describes it. */
export interface AbiParameter {
  readonly name: string;
  readonly type: string;
  readonly components?: readonly AbiParameter[];
}

/** Hex digits of a word of 32 bytes. */
const WORD = 64;

/**
 * Decodes values by their types: whole numbers of any size as bigints, structs as objects without the parts that have no name, bytes as
 * hexadecimal text, addresses in EIP-55's case. Throws a `RangeError` if `data` ends early or points behind its end.
 */
export function decodeParameters(parameters: readonly AbiParameter[], data: string): unknown[] {
  return readSequence(parameters, data.slice(2), 0);
}

/** Reads values one after another; what has no fixed size stands further on, at an offset from `start`. */
function readSequence(parameters: readonly AbiParameter[], digits: string, start: number): unknown[] {
  let place = start;
  return parameters.map((parameter) => {
    const value = readValue(parameter, digits, isDynamic(parameter) ? start + count(digits, place) * 2 : place);
    place += size(parameter);
    return value;
  });
}

function readValue(parameter: AbiParameter, digits: string, place: number): unknown {
  const list = asList(parameter);
  if (list !== undefined) {
    const length = list.length ?? count(digits, place);
    const start = list.length === undefined ? place + WORD : place;
    if (start + length * WORD > digits.length) throw new RangeError("The answer ends within an array");
    return readSequence(
      Array.from({ length }, () => list.item),
      digits,
      start,
    );
  }
  const { type, components } = parameter;
  if (components !== undefined) {
    const values = readSequence(components, digits, place);
    return Object.fromEntries(components.map(({ name }, i) => [name, values[i]]));
  }
  if (type === "string" || type === "bytes") {
    const start = place + WORD;
    const end = start + count(digits, place) * 2;
    if (end > digits.length) throw new RangeError(`The answer ends within a ${type}`);
    const bytes = digits.slice(start, end);
    return type === "bytes" ? `0x${bytes}` : toText(bytes);
  }
  const word = readWord(digits, place);
  if (type === "address") return toAddress(word.slice(-40));
  if (type === "bool") return !/^0*$/.test(word);
  if (type.startsWith("bytes")) return `0x${word.slice(0, Number(type.slice("bytes".length)) * 2)}`;
  const number = BigInt(`0x${word}`);
  return type.startsWith("int") ? BigInt.asIntN(256, number) : number;
}

/** What an array is of, and how many where that is fixed; undefined of anything else. */
function asList({
  name,
  type,
  components,
}: AbiParameter): { item: AbiParameter; length: number | undefined } | undefined {
  const [, item, length] = /^(.*)\[(\d*)\]$/.exec(type) ?? [];
  if (item === undefined) return undefined;
  return {
    item: components === undefined ? { name, type: item } : { name, type: item, components },
    length: length === "" ? undefined : Number(length),
  };
}

function readWord(digits: string, place: number): string {
  const word = digits.slice(place, place + WORD);
  if (word.length < WORD) throw new RangeError("The answer ends early, as it does where there is no such contract");
  return word;
}

/** An offset or a length. */
function count(digits: string, place: number): number {
  const value = Number(`0x${readWord(digits, place)}`);
  if (value > digits.length) throw new RangeError("The answer points behind its end");
  return value;
}

/** Whether values of a type have no fixed size. */
function isDynamic(parameter: AbiParameter): boolean {
  const list = asList(parameter);
  if (list !== undefined) return list.length === undefined || isDynamic(list.item);
  if (parameter.components !== undefined) return parameter.components.some(isDynamic);
  return parameter.type === "string" || parameter.type === "bytes";
}

/** Hex digits that a value takes where it stands among others. */
function size(parameter: AbiParameter): number {
  if (isDynamic(parameter)) return WORD;
  const list = asList(parameter);
  if (list !== undefined) return (list.length ?? 0) * size(list.item);
  return parameter.components?.reduce((sum, component) => sum + size(component), 0) ?? WORD;
}

const text = new TextDecoder();

function toText(digits: string): string {
  return text.decode(
    Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(i * 2, i * 2 + 2), 16)),
  );
}

/** Addresses come again and again, and a checksum takes a hash. */
const REMEMBERED = 10_000;
const checksummed = new Map<string, `0x${string}`>();

/** An address of 40 hexadecimal digits, in EIP-55's case. */
export function toAddress(digits: string): `0x${string}` {
  const lower = digits.toLowerCase();
  const known = checksummed.get(lower);
  if (known !== undefined) return known;
  if (checksummed.size >= REMEMBERED) checksummed.clear();
  const address = checksumAddress(lower);
  checksummed.set(lower, address);
  return address;
}
