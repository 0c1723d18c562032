import type { TopicFilter } from "ethers";

import { Memory, type Block } from "./blocks.ts";
import { toAddress } from "./plain.ts";
import type { Reader } from "./reader.ts";

/** Pools a request: nodes limit how much a filter may name. */
const ADDRESSES = 100;
/** Below this many blocks, a refusal is not about the range. */
const SMALLEST_RANGE = 64;

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

const memory = new Memory<readonly Log[]>();

/** Logs since the deployment up to a block, in the chain's order. Only blocks that were not looked at before are read. */
export async function readLogs(reader: Reader, filter: LogFilter, upTo: Block): Promise<readonly Log[]> {
  const name = JSON.stringify(filter);
  const kept = await memory.recall(reader, name, upTo);
  const from = kept === undefined ? reader.deployment.deploymentBlock : kept.upTo.number + 1;
  const fresh = await readLogsBetween(reader, filter, from, upTo.number);
  const logs = kept === undefined ? fresh : fresh.length === 0 ? kept.value : [...kept.value, ...fresh];
  memory.keep(reader, name, upTo, logs);
  return logs;
}

/** Logs of a range of blocks, both included, in the chain's order. A range that the node refuses is asked for in halves. */
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
  return results.flat().sort((a, b) => a.block - b.block || a.index - b.index);
}

async function readRange(reader: Reader, filter: LogFilter, from: number, to: number): Promise<Log[]> {
  try {
    const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` };
    const answer: unknown = await reader.provider.send("eth_getLogs", [{ ...filter, ...range }]);
    if (!Array.isArray(answer)) throw new TypeError("The node's logs are no list");
    return answer.map(toLog);
  } catch (error) {
    if (to - from < SMALLEST_RANGE) throw error;
    const middle = Math.floor((from + to) / 2);
    const first = await readRange(reader, filter, from, middle);
    return [...first, ...(await readRange(reader, filter, middle + 1, to))];
  }
}

/** A log as the node writes it. Taken apart here: ethers would wrap each in an object of its own, and drop its time. */
function toLog(answer: unknown): Log {
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
