import { decodeParameters, type AbiParameter } from "../shared/abi-decoder.ts";

/** The events of a contract, by their names: for each the types of its values, in order. `Args` are the values' types, by event. */
export type EventTable<Args> = {
  readonly [Name in keyof Args]: EventShape<Args[Name]>;
};

/** How an event is logged. */
export interface EventShape<Values> {
  /** Hash of its signature: the first topic. */
  readonly topic: `0x${string}`;
  readonly inputs: readonly (AbiParameter & { readonly indexed: boolean })[];
  /** Never there: it carries the type of the values. */
  readonly values?: Values;
}

/** An event that was decoded; `name` tells the type of `args`. */
export type ContractEvent<Args> = {
  readonly [Name in keyof Args]: { readonly name: Name; readonly args: Args[Name] };
}[keyof Args];

const byTopic = new WeakMap<object, ReadonlyMap<string, string>>();

/**
 * Decodes a log of a contract, given the table of its events; undefined for an event that the table does not have. Whole numbers are bigints,
 * addresses in EIP-55's case. Throws a `RangeError` for a log that ends early: it is not of this contract.
 */
export function decodeEvent<Args>(
  table: EventTable<Args>,
  { topics, data }: { readonly topics: readonly string[]; readonly data: string },
): ContractEvent<Args> | undefined {
  const name = namesOf(table).get(topics[0] ?? "") as keyof Args | undefined;
  if (name === undefined) return undefined;
  const { inputs } = table[name];
  const words = topics.slice(1).map((topic) => topic.slice(2));
  const [indexed, others] = [inputs.filter((input) => input.indexed), inputs.filter((input) => !input.indexed)];
  const told = decodeParameters(indexed, `0x${words.join("")}`).values();
  const said = decodeParameters(others, data).values();
  const args = Object.fromEntries(inputs.map((input) => [input.name, (input.indexed ? told : said).next().value]));
  // The table and the types of its values are generated from one ABI.
  return { name, args } as ContractEvent<Args>;
}

/** The first topic of an event, to ask a node for it. */
export function topicOf<Args>(table: EventTable<Args>, name: keyof Args): `0x${string}` {
  return table[name].topic;
}

function namesOf(table: object): ReadonlyMap<string, string> {
  const known = byTopic.get(table);
  if (known !== undefined) return known;
  const names = new Map(Object.entries(table).map(([name, { topic }]: [string, EventShape<unknown>]) => [topic, name]));
  byTopic.set(table, names);
  return names;
}
