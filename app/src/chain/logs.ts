import type { TopicFilter } from "ethers";

import { Memory, type Block } from "./blocks.ts";
import { isRefusedRange } from "./node-answers.ts";
import { toAddress } from "./plain.ts";
import type { Reader } from "./reader.ts";

/** Pools a request: nodes limit how much a filter may name. */
const ADDRESSES = 100;

export interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly block: number;
  readonly blockHash: string;
  /** In its block. */
  readonly index: number;
  readonly transaction: string;
  /** Unix time of its block, in seconds; undefined where the node does not tell it with the log. */
  readonly time: number | undefined;
}

export interface LogFilter {
  readonly address: readonly string[];
  readonly topics: TopicFilter;
}

/** What was read of a filter: all logs up to a block that was looked at long enough after it was made, and those since. */
interface KnownLogs {
  readonly logs: readonly Log[];
  /** Keys of the logs of blocks that are looked at again. */
  readonly recent: ReadonlySet<string>;
}

/**
 * Blocks that are looked at again each time. Behind one address there may be several nodes, of which one that has not heard of the
 * newest blocks answers as if nothing had happened in them: it says so of a later block only.
 */
const AGAIN = 32;

const memory = new Memory<KnownLogs>();

/** Logs since the deployment up to a block, in the chain's order. Only blocks that were not looked at before, and the last of the others, are read. */
export async function readLogs(reader: Reader, filter: LogFilter, upTo: Block): Promise<readonly Log[]> {
  return (await readNewLogs(reader, filter, upTo)).all;
}

/**
 * Logs since the deployment up to a block; and those of them that were not there when the same filter was read last, of whichever block.
 * With `since`, what is older than that block is left out, and what was told once is forgotten.
 */
export async function readNewLogs(
  reader: Reader,
  filter: LogFilter,
  upTo: Block,
  since?: number,
): Promise<{ readonly all: readonly Log[]; readonly fresh: readonly Log[] }> {
  const name = JSON.stringify([filter, since]);
  const from = since ?? reader.deployment.deploymentBlock;
  const kept = await memory.recall(reader, name, upTo);
  const isRecent = ({ block }: Log) => block > upTo.number - AGAIN;
  const start = kept === undefined ? from : Math.max(from, kept.upTo.number + 1 - AGAIN);
  const read = await readLogsBetween(reader, filter, start, upTo.number);
  const fresh = kept === undefined ? read : read.filter((log) => !kept.value.recent.has(keyOf(log)));
  const before = (since === undefined ? kept?.value.logs : kept?.value.logs.filter(isRecent)) ?? [];
  const all = fresh.length === 0 ? before : inOrder([...before, ...fresh]);
  const recent = new Set(all.filter(isRecent).map(keyOf));
  memory.keep(reader, name, upTo, { logs: all, recent });
  return { all, fresh };
}

/** Logs of a range of blocks, both included, in the chain's order. A range that the node refuses is asked for in parts. */
export async function readLogsBetween(
  reader: Reader,
  { address, topics }: LogFilter,
  from: number,
  to: number,
): Promise<readonly Log[]> {
  if (from > to) return [];
  const groups = Array.from({ length: Math.ceil(address.length / ADDRESSES) }, (_, i) =>
    address.slice(i * ADDRESSES, (i + 1) * ADDRESSES),
  );
  const results = await Promise.all(groups.map((group) => readRange(reader, { address: group, topics }, from, to)));
  return inOrder(results.flat());
}

function inOrder(logs: Log[]): Log[] {
  return logs.sort((a, b) => a.block - b.block || a.index - b.index);
}

/** Names a log, whatever is read of it. */
function keyOf({ blockHash, index }: Log): string {
  return `${blockHash}/${index.toString()}`;
}

/** Most blocks that a node has been found to tell the logs of at once. */
const limits = new WeakMap<Reader, number>();

async function readRange(reader: Reader, filter: LogFilter, from: number, to: number): Promise<Log[]> {
  const logs: Log[] = [];
  for (let start = from; start <= to;) {
    const size = Math.min(to - start + 1, limits.get(reader) ?? Infinity);
    try {
      const range = { fromBlock: hex(start), toBlock: hex(start + size - 1) };
      const answer: unknown = await reader.provider.send("eth_getLogs", [{ ...filter, ...range }]);
      if (!Array.isArray(answer)) throw new TypeError("The node's logs are no list");
      logs.push(...answer.map(toLog));
      start += size;
    } catch (error) {
      if (size === 1 || !isRefusedRange(error)) throw error;
      limits.set(reader, Math.floor(size / 2));
    }
  }
  return logs;
}

function hex(block: number): string {
  return `0x${block.toString(16)}`;
}

/** A log as the node writes it. Taken apart here: ethers would wrap each in an object of its own, and drop its time. */
export function toLog(answer: unknown): Log {
  if (typeof answer !== "object" || answer === null) throw new TypeError("The node's log is none");
  const field = (name: string): unknown => Reflect.get(answer, name);
  const text = (name: string): string => {
    const value = field(name);
    if (typeof value !== "string") throw new TypeError(`The node's log has no ${name}`);
    return value;
  };
  const topics = field("topics");
  if (!Array.isArray(topics)) throw new TypeError("The node's log has no topics");
  const time = field("blockTimestamp");
  return {
    address: toAddress(text("address").slice(2).toLowerCase()),
    topics: topics.map(String),
    data: text("data"),
    block: Number(text("blockNumber")),
    blockHash: text("blockHash"),
    index: Number(text("logIndex")),
    transaction: text("transactionHash"),
    time: typeof time === "string" ? Number(time) : undefined,
  };
}
