// Logs since the deployment: what was read once is not read again.
import type { Log } from "@termstake/sdk/logs";

import { Memory, type Block } from "./blocks.ts";
import type { Reader } from "./reader.ts";

/** A list of contracts, and topics as nodes take them. */
export interface LogFilter {
  readonly address: readonly string[];
  readonly topics: readonly (string | readonly string[] | null)[];
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
  const isRecent = ({ blockNumber }: Log) => blockNumber > upTo.number - AGAIN;
  const start = kept === undefined ? from : Math.max(from, kept.upTo.number + 1 - AGAIN);
  const read = await reader.logs.read(filter, start, upTo.number);
  const fresh = kept === undefined ? read : read.filter((log) => !kept.value.recent.has(keyOf(log)));
  const before = (since === undefined ? kept?.value.logs : kept?.value.logs.filter(isRecent)) ?? [];
  const all = fresh.length === 0 ? before : inOrder([...before, ...fresh]);
  const recent = new Set(all.filter(isRecent).map(keyOf));
  memory.keep(reader, name, upTo, { logs: all, recent });
  return { all, fresh };
}

function inOrder(logs: Log[]): Log[] {
  return logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}

/** Names a log, whatever is read of it. */
function keyOf({ blockHash, logIndex }: Log): string {
  return `${blockHash}/${logIndex.toString()}`;
}
