import type { DatabaseSync } from "node:sqlite";

import { UserError } from "../../shared/user-error.ts";

/**
 * Opens a SQLite file for this process alone: who comes second is refused, and a process that was killed leaves nothing locked.
 * Throws a `UserError` if the file is in use, or is no database.
 */
export async function openDatabase(file: string, schema: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await withoutExperimentalWarning(async () => import("node:sqlite"));
  try {
    const database = new DatabaseSync(file);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec(`BEGIN EXCLUSIVE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(message)) {
      throw new UserError(`Another process uses ${file}: end it, or name another file`, { cause: error });
    }
    throw new UserError(`${file} cannot be used as a database: ${message}`, { cause: error });
  }
}

/** Runs `body` in one transaction: all of it is in the file afterwards, or nothing. */
export function inTransaction<T>(database: DatabaseSync, body: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = body();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** Node 22 warns that its SQLite is experimental; that warning, and no other, stays out of the output. */
async function withoutExperimentalWarning<T>(body: () => Promise<T>): Promise<T> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy passes on what it is called on
  const { emitWarning } = process;
  process.emitWarning = new Proxy(emitWarning, {
    apply(target, self, args: unknown[]) {
      if (!String(args[0]).includes("SQLite is an experimental feature")) Reflect.apply(target, self, args);
    },
  });
  try {
    return await body();
  } finally {
    process.emitWarning = emitWarning;
  }
}
