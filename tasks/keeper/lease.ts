import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../shared/user-error.ts";
import { openDatabase } from "../lib/sqlite.ts";

const POLL_MS = 100;

/**
 * Keepers that share a machine act one after the other: what one has sent is mined, or waits where all can see it, before the next one
 * looks. A lock of SQLite serves, since the system gives it back whenever its process ends.
 */
export async function withLease<T>(file: string, stop: AbortSignal, body: () => Promise<T>): Promise<T | undefined> {
  while (!stop.aborted) {
    const lease = await openDatabase(file, "").catch((error: unknown) => {
      if (error instanceof UserError && error.message.startsWith("Another process uses")) return undefined;
      throw error;
    });
    if (lease === undefined) {
      await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
      continue;
    }
    try {
      return await body();
    } finally {
      lease.close();
    }
  }
  return undefined;
}
