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

/** Reads the newest block; throws if the node does not answer or holds no chain. */
export async function readHead({ provider }: Reader): Promise<Head> {
  const [latest, pending, first] = await Promise.all([
    provider.getBlock("latest"),
    provider.getBlock("pending").catch(() => null), // not every node tells
    provider.getBlock(0),
  ]);
  if (latest === null || first?.hash == null) throw new Error("The node has no chain");
  return {
    number: latest.number,
    genesis: first.hash,
    timestamp: latest.timestamp,
    now: Math.max(latest.timestamp, pending?.timestamp ?? 0),
    readAt: performance.now(),
  };
}

/** The chain's time now, in seconds with a fraction. The browser's own clock plays no part: it may be wrong. */
export function chainTime(head: Head, at = performance.now()): number {
  return head.now + Math.max(0, at - head.readAt) / 1_000;
}
