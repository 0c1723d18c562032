import { newestBlock, pendingTime, readBlock } from "./blocks.ts";
import { unreachable } from "./node-answers.ts";
import type { Reader } from "./reader.ts";

/** The chain's newest block, and its clock. */
export interface Head {
  readonly number: number;
  /** Its hash: another one is another block, although its number is the same. */
  readonly hash: string;
  /** Hash of the first block: another one is another chain, although its id is the same. */
  readonly genesis: string;
  /** Unix time of the newest block, in seconds. */
  readonly timestamp: number;
  /** Unix time, in seconds, at which a transaction sent now would act, as far as the node tells. */
  readonly now: number;
  /** `performance.now()` when this was read: the chain's clock goes on from here. */
  readonly readAt: number;
}

/**
 * Reads the newest block; throws if the node does not answer or holds no chain. While that block is the one of `before`, the clock
 * goes on from there: a node that does not tell the time would set it back each time it is asked.
 */
export async function readHead(reader: Reader, before?: Head): Promise<Head> {
  const [latest, pending, first] = await Promise.all([newestBlock(reader), pendingTime(reader), readBlock(reader, 0)]);
  if (first === undefined) throw new Error("The node has no chain");
  const head = {
    ...latest,
    genesis: first.hash,
    now: Math.max(latest.timestamp, pending ?? 0),
    readAt: performance.now(),
  };
  const same = before?.hash === head.hash && before.genesis === head.genesis;
  return same && chainTime(before, head.readAt) >= head.now ? before : head;
}

/** What is read, if it is read in time; rejects as for a node that cannot be reached if not. */
export async function inTime<T>(reading: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(unreachable("The node is silent"));
    }, milliseconds);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The chain's time now, in seconds with a fraction. The browser's own clock plays no part: it may be wrong. */
export function chainTime(head: Head, at = performance.now()): number {
  return head.now + Math.max(0, at - head.readAt) / 1_000;
}
