import type { Reader } from "./reader.ts";

/** The chain's newest block, and its clock. */
export interface Head {
  readonly number: number;
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
export async function readHead({ provider }: Reader, before?: Head): Promise<Head> {
  const [latest, pending, first] = await Promise.all([
    provider.getBlock("latest"),
    readPendingTime(provider),
    provider.getBlock(0),
  ]);
  if (latest === null || first?.hash == null) throw new Error("The node has no chain");
  const now = Math.max(latest.timestamp, pending ?? 0);
  const head = {
    number: latest.number,
    genesis: first.hash,
    timestamp: latest.timestamp,
    now,
    readAt: performance.now(),
  };
  const same = before?.number === head.number && before.genesis === head.genesis && before.timestamp === head.timestamp;
  return same && chainTime(before, head.readAt) >= now ? before : head;
}

/** Time of the block that would come next; not every node tells. As the node says it, since ethers wants a number that it has not yet. */
async function readPendingTime(provider: Reader["provider"]): Promise<number | undefined> {
  try {
    const block: unknown = await provider.send("eth_getBlockByNumber", ["pending", false]);
    const time: unknown = typeof block === "object" && block !== null ? Reflect.get(block, "timestamp") : undefined;
    return typeof time === "string" ? Number(time) : undefined;
  } catch {
    return undefined;
  }
}

/** The chain's time now, in seconds with a fraction. The browser's own clock plays no part: it may be wrong. */
export function chainTime(head: Head, at = performance.now()): number {
  return head.now + Math.max(0, at - head.readAt) / 1_000;
}
