// Answers of contracts as plain objects. For a page of pools ethers' own decoder takes longer than the node: it copies the whole
// answer for each word that it reads; and what it returns are arrays that a query cache cannot compare.
import { getAddress, type BaseContract, type EventFragment, type Interface, type ParamType } from "ethers";

/** A decoded value without the array that ethers makes of each struct. */
export type Plain<T> = T extends readonly [unknown, ...unknown[]]
  ? { readonly [Name in Exclude<keyof T, keyof unknown[] | `${number}`>]: Plain<T[Name]> }
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T;

/** What a method of a contract of the SDK returns, plainly. */
type PlainAnswer<Method> = Method extends { staticCall: (...values: infer _) => Promise<infer Answer> }
  ? Plain<Answer>
  : never;

/** Hex digits of a word of 32 bytes. */
const WORD = 64;

/** Calls a view; several values that it returns come by their names. `block` is the block to ask at, the newest unless given. */
export async function callPlain<Contract extends BaseContract, Name extends string & keyof Contract>(
  contract: Contract,
  name: Name,
  values: readonly unknown[],
  block: number | "latest" = "latest",
): Promise<PlainAnswer<Contract[Name]>> {
  const view = contract.interface.getFunction(name);
  const outputs = view?.outputs ?? [];
  if (view === null || outputs.length === 0) throw new Error(`The ABI has no view ${name} that returns something`);
  const data = contract.interface.encodeFunctionData(view, values);
  const answer = await contract.runner?.call?.({ to: contract.target, data, blockTag: block });
  // The SDK's types are made from the same ABI as the one that is decoded by.
  const told = decodePlain(outputs, answer ?? "0x");
  return (outputs.length === 1 ? told[0] : named(outputs, told)) as PlainAnswer<Contract[Name]>;
}

/** Decodes values by their types; what has no name among them has none in an object either. Throws if `data` ends early. */
export function decodePlain(types: readonly ParamType[], data: string): unknown[] {
  return readSequence(types, data.slice(2), 0);
}

/** An event that was decoded: its arguments, in the order of its declaration. */
export interface Told {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Decodes events of an interface; undefined for others. ethers would hash every event's signature anew for each log. */
export function eventReader(
  events: Interface,
): (log: { readonly topics: readonly string[]; readonly data: string }) => Told | undefined {
  const byTopic = new Map<string, EventFragment>();
  events.forEachEvent((event) => byTopic.set(event.topicHash, event));
  return ({ topics, data }) => {
    const event = byTopic.get(topics[0] ?? "");
    if (event === undefined) return undefined;
    const said = decodePlain(
      event.inputs.filter(({ indexed }) => indexed !== true),
      data,
    ).values();
    const named = decodePlain(
      event.inputs.filter(({ indexed }) => indexed === true),
      `0x${topics
        .slice(1)
        .map((topic) => topic.slice(2))
        .join("")}`,
    ).values();
    const args = event.inputs.map(({ indexed }): unknown => (indexed === true ? named : said).next().value);
    return { name: event.name, args };
  };
}

/** Reads values one after another; what has no fixed size stands further on, at an offset from `start`. */
function readSequence(types: readonly ParamType[], digits: string, start: number): unknown[] {
  let place = start;
  return types.map((type) => {
    const value = readValue(type, digits, isDynamic(type) ? start + count(digits, place) * 2 : place);
    place += size(type);
    return value;
  });
}

function readValue(type: ParamType, digits: string, place: number): unknown {
  if (type.isArray()) {
    const { arrayChildren: item } = type;
    const fixed = type.arrayLength >= 0;
    const length = fixed ? type.arrayLength : count(digits, place);
    const start = fixed ? place : place + WORD;
    if (start + length * WORD > digits.length) throw new RangeError("The answer ends within an array");
    return readSequence(
      Array.from({ length }, () => item),
      digits,
      start,
    );
  }
  if (type.isTuple()) {
    return named(type.components, readSequence(type.components, digits, place));
  }
  if (type.type === "string" || type.type === "bytes") {
    const start = place + WORD;
    const end = start + count(digits, place) * 2;
    if (end > digits.length) throw new RangeError(`The answer ends within a ${type.type}`);
    const bytes = digits.slice(start, end);
    return type.type === "bytes" ? `0x${bytes}` : toText(bytes);
  }
  const word = readWord(digits, place);
  if (type.type === "address") return toAddress(word.slice(-40));
  if (type.type === "bool") return !/^0*$/.test(word);
  if (type.type.startsWith("bytes")) return `0x${word.slice(0, Number(type.type.slice("bytes".length)) * 2)}`;
  const number = BigInt(`0x${word}`);
  return type.type.startsWith("int") ? BigInt.asIntN(256, number) : number;
}

function named(types: readonly ParamType[], values: readonly unknown[]): object {
  return Object.fromEntries(types.map(({ name }, i) => [name, values[i]]));
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
function isDynamic(type: ParamType): boolean {
  if (type.isArray()) return type.arrayLength === -1 || isDynamic(type.arrayChildren);
  if (type.isTuple()) return type.components.some(isDynamic);
  return type.type === "string" || type.type === "bytes";
}

/** Hex digits that a value takes where it stands among others. */
function size(type: ParamType): number {
  if (isDynamic(type)) return WORD;
  if (type.isArray()) return type.arrayLength * size(type.arrayChildren);
  return type.isTuple() ? type.components.reduce((sum, component) => sum + size(component), 0) : WORD;
}

const text = new TextDecoder();

function toText(digits: string): string {
  return text.decode(
    Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(i * 2, i * 2 + 2), 16)),
  );
}

/** Addresses come again and again, and a checksum takes a hash. */
const checksummed = new Map<string, string>();

/** An address of 40 hex digits, with its checksum. */
export function toAddress(digits: string): string {
  const known = checksummed.get(digits);
  if (known !== undefined) return known;
  const address = getAddress(`0x${digits}`);
  checksummed.set(digits, address);
  return address;
}
