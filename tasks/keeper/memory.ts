// What a keeper has read of events, kept across its runs: reading them from the first block takes long on chains that are years old.
import { readFile, rename, writeFile } from "node:fs/promises";

import { z } from "zod";

import { onDisk } from "../lib/exit-codes.ts";

const memory = z.object({
  deployment: z.string(),
  /** The next block to read. */
  next: z.number(),
  /** Hash of the block before: another one is another chain. */
  hash: z.string(),
  /** Pools of schedules. */
  shares: z.array(z.object({ schedule: z.string(), pool: z.string() })),
  /** Positions with auto-renew, by pool. */
  orders: z.array(z.object({ pool: z.string(), position: z.string() })),
  /** Pools whose events were read up to `next`. */
  pools: z.array(z.string()),
});

export type Memory = z.output<typeof memory>;

/** What an earlier run remembered of this deployment; undefined if there is nothing, or nothing that can be read. */
export async function recall(file: string, deployment: string): Promise<Memory | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined); // without it, events are read from the first block
  if (text === undefined) return undefined;
  try {
    const known = memory.safeParse(JSON.parse(text));
    return known.data?.deployment === deployment ? known.data : undefined;
  } catch {
    return undefined; // cut off as it was written, by an older version
  }
}

/** Writes it down: all of it, or the file stays as it was. */
export async function remember(file: string, what: Memory): Promise<void> {
  await onDisk(file, async () => {
    await writeFile(`${file}.new`, JSON.stringify(what));
    await rename(`${file}.new`, file);
  });
}
