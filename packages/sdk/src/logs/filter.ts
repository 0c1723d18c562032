// Which logs are asked for.
import { lower, type Log } from "./log.ts";

/** Which logs are wanted. */
export interface LogFilter {
  /** A contract, or several; of any contract if it is left out. An empty list wants nothing. Either case will do. */
  readonly address?: string | readonly string[];
  /**
   * What a log's topics are, place by place: a word of 32 bytes, one of several words, or null for anything. Topics after these may be
   * anything too. An empty list of words wants nothing.
   */
  readonly topics?: readonly (string | readonly string[] | null)[];
}

/** The one parameter of `eth_getLogs`, as this package writes it. */
export interface RpcLogFilter {
  address?: `0x${string}` | `0x${string}`[];
  topics?: (`0x${string}` | `0x${string}`[] | null)[];
  fromBlock: `0x${string}`;
  toBlock: `0x${string}`;
}

/** A filter that was checked: lists everywhere, in lower case, each entry once; undefined and null for anything. */
export interface Question {
  readonly addresses: readonly `0x${string}`[] | undefined;
  readonly topics: readonly (readonly `0x${string}`[] | null)[];
}

const MOST_TOPICS = 4;

/** Checks a filter. Throws a `TypeError` that names the value that is not an address or topic. */
export function toQuestion({ address, topics = [] }: LogFilter): Question {
  if (topics.length > MOST_TOPICS)
    throw new TypeError(`A filter has ${topics.length} topics; a log has at most ${MOST_TOPICS}`);
  return {
    addresses: address === undefined ? undefined : toList(address, 40, "address"),
    topics: topics.map((topic) => (topic === null ? null : toList(topic, 64, "topic"))),
  };
}

function toList(value: string | readonly string[], digits: number, name: string): `0x${string}`[] {
  const list = typeof value === "string" ? [value] : value;
  const shape = new RegExp(`^0x[0-9a-f]{${digits}}$`);
  const checked = list.map((entry) => {
    const hex = lower(entry as `0x${string}`);
    if (!shape.test(hex)) throw new TypeError(`"${entry}" is no ${name}, which has 0x and ${digits} digits`);
    return hex;
  });
  return [...new Set(checked)];
}

/** Whether a filter wants nothing at all. A node would take an empty list for "anything". */
export function wantsNothing({ addresses, topics }: Question): boolean {
  return addresses?.length === 0 || topics.some((topic) => topic?.length === 0);
}

/** Entries of lists: addresses, and words for one topic. */
export interface ListLimits {
  readonly addresses: number;
  readonly words: number;
}

/** What the longest list of each kind has. */
export function lengthsOf({ addresses, topics }: Question): ListLimits {
  return { addresses: addresses?.length ?? 0, words: Math.max(0, ...topics.map((topic) => topic?.length ?? 0)) };
}

/** The same question in parts, none of which names more addresses, or words for one topic, than it may. */
export function inParts(question: Question, most: ListLimits): Question[] {
  const { addresses } = question;
  let parts: Question[] =
    addresses === undefined
      ? [question]
      : groups(addresses, most.addresses).map((group) => ({ ...question, addresses: group }));
  for (const [place, words] of question.topics.entries()) {
    if (words === null || words.length <= most.words) continue;
    parts = parts.flatMap((part) =>
      groups(words, most.words).map((group) => ({
        ...part,
        topics: part.topics.map((other, i) => (i === place ? group : other)),
      })),
    );
  }
  return parts;
}

function groups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** A question as nodes take it. One address, or one word, stands alone: not all of them know lists. */
export function toRpc({ addresses, topics }: Question, from: number, to: number): RpcLogFilter {
  const alone = (list: readonly `0x${string}`[]) => (list.length === 1 ? (list[0] ?? []) : [...list]);
  return {
    ...(addresses === undefined ? {} : { address: alone(addresses) }),
    ...(topics.length === 0 ? {} : { topics: topics.map((words) => (words === null ? null : alone(words))) }),
    fromBlock: `0x${from.toString(16)}`,
    toBlock: `0x${to.toString(16)}`,
  };
}

/** Whether a log is one of those that were asked for, apart from its block. */
export function isWanted({ addresses, topics }: Question, log: Log): boolean {
  if (addresses !== undefined && !addresses.includes(lower(log.address))) return false;
  return topics.every((words, i) => {
    const topic = log.topics[i];
    return words === null || (topic !== undefined && words.includes(topic));
  });
}
