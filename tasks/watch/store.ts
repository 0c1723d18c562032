// All that a watch knows, in one SQLite file. What was read of the chain and what is told about it are written in one transaction;
// where telling has got to is written after it was told.
import type { DatabaseSync } from "node:sqlite";

import { z } from "zod";

import { UserError } from "../../shared/user-error.ts";
import { inTransaction, openDatabase } from "../lib/sqlite.ts";
import type { AlertLine, EventLine, Line, NumberedLine } from "./lines.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  -- Blocks whose hash is remembered: those with events, and the last of each piece that was read.
  CREATE TABLE IF NOT EXISTS blocks (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, eventful INTEGER NOT NULL) STRICT;
  -- Everything told; of what an event said the block, by which it is retracted.
  CREATE TABLE IF NOT EXISTS lines (
    seq INTEGER PRIMARY KEY, block INTEGER, retracted INTEGER NOT NULL DEFAULT 0, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS lines_by_block ON lines (block);
  -- Pools that were ever listed are followed for good.
  CREATE TABLE IF NOT EXISTS pools (address TEXT PRIMARY KEY, kind TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS listings (
    block INTEGER NOT NULL, log_index INTEGER NOT NULL, pool TEXT NOT NULL, listed INTEGER NOT NULL,
    PRIMARY KEY (block, log_index)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS totals (
    pool TEXT NOT NULL, block INTEGER NOT NULL, log_index INTEGER NOT NULL, total TEXT NOT NULL,
    PRIMARY KEY (pool, block, log_index)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS positions (
    pool TEXT NOT NULL, id TEXT NOT NULL, principal TEXT NOT NULL, reward TEXT NOT NULL, time INTEGER NOT NULL,
    block INTEGER NOT NULL, remainder INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (pool, id)
  ) STRICT;
  -- Logs that were read, for those that a node shows later than their block.
  CREATE TABLE IF NOT EXISTS seen (
    block INTEGER NOT NULL, log_index INTEGER NOT NULL, PRIMARY KEY (block, log_index)
  ) STRICT;
  -- Pools that ever had a weight in a schedule.
  CREATE TABLE IF NOT EXISTS shares (schedule TEXT NOT NULL, pool TEXT NOT NULL, PRIMARY KEY (schedule, pool)) STRICT;
  -- States that are not as they should be, by what they are about.
  CREATE TABLE IF NOT EXISTS alerts (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
`;

/** Empty blocks this far behind are forgotten: no reorganisation goes deeper on a chain that anybody uses. */
const REMEMBERED_BLOCKS = 5_000;

export interface KnownBlock {
  readonly number: number;
  readonly hash: string;
}

export type PoolKind = "flexible" | "fixedTerm";

export interface StoredPool {
  readonly address: string;
  readonly kind: PoolKind;
  /** Block of its creation. */
  readonly created: number;
}

const blockRow = z.object({ number: z.number(), hash: z.string() });
const poolRow = z.object({ address: z.string(), kind: z.enum(["flexible", "fixedTerm"]), created: z.number() });
const lineRow = z.object({ seq: z.number(), json: z.string() });
const totalRow = z.object({ block: z.number(), log_index: z.number(), total: z.string() });
const shareRow = z.object({ schedule: z.string(), pool: z.string() });
const positionRow = z.object({ principal: z.string().transform(BigInt), reward: z.string().transform(BigInt) });

export class Store {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Opens the file of a chain's watch. Throws a `UserError` if it is another chain's, or in use. */
  static async open(file: string, deployment: string): Promise<Store> {
    const store = new Store(await openDatabase(file, SCHEMA));
    // A file of before logs were noted one by one: what it has read is not read again.
    if (store.meta("seenFrom") === undefined) store.setMeta("seenFrom", (store.lastRead() ?? -1) + 1);
    const known = store.meta("deployment");
    if (known === undefined) store.setMeta("deployment", deployment);
    else if (known !== deployment) {
      store.close();
      throw new UserError(
        `${file} belongs to the deployment ${known}, not to ${deployment}: name another file with --database`,
      );
    }
    return store;
  }

  close(): void {
    this.#database.close();
  }

  transaction<T>(body: () => T): T {
    return inTransaction(this.#database, body);
  }

  meta(key: string): string | undefined {
    return z.object({ value: z.string() }).optional().parse(this.#get("SELECT value FROM meta WHERE key = ?", key))
      ?.value;
  }

  clearMeta(key: string): void {
    this.#run("DELETE FROM meta WHERE key = ?", key);
  }

  setMeta(key: string, value: string | number): void {
    this.#run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, String(value));
  }

  /* BLOCKS */

  /** The block up to which everything has been read; undefined before the first. */
  lastRead(): number | undefined {
    const text = this.meta("lastRead");
    return text === undefined ? undefined : Number(text);
  }

  remember({ number, hash }: KnownBlock, eventful: boolean): void {
    this.#run("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", number, hash, eventful ? 1 : 0);
  }

  /** The highest block that is remembered, up to a number. */
  knownUpTo(number: number): KnownBlock | undefined {
    return blockRow
      .optional()
      .parse(this.#get("SELECT number, hash FROM blocks WHERE number <= ? ORDER BY number DESC LIMIT 1", number));
  }

  /** Closes a piece that was read. */
  readUpTo(number: number): void {
    this.setMeta("lastRead", number);
    this.#run("DELETE FROM blocks WHERE eventful = 0 AND number < ?", number - REMEMBERED_BLOCKS);
    this.#run("DELETE FROM seen WHERE block < ?", number - REMEMBERED_BLOCKS);
  }

  /** The first block whose logs were noted one by one. */
  seenFrom(): number {
    return Number(this.meta("seenFrom") ?? 0);
  }

  isSeen(block: number, logIndex: number): boolean {
    return this.#get("SELECT 1 FROM seen WHERE block = ? AND log_index = ?", block, logIndex) !== undefined;
  }

  markSeen(block: number, logIndex: number): void {
    this.#run("INSERT OR IGNORE INTO seen VALUES (?, ?)", block, logIndex);
  }

  /** Takes everything above a block back, the last first; returns how many lines were retracted. */
  rollBackTo(number: number): number {
    return this.transaction(() => {
      const rows = this.#all("SELECT seq, json FROM lines WHERE block > ? AND retracted = 0 ORDER BY seq DESC", number);
      for (const row of z.array(lineRow).parse(rows)) {
        this.#run("UPDATE lines SET retracted = 1 WHERE seq = ?", row.seq);
        this.tell({ kind: "retracted", of: row.seq, line: parseLine(row.json) }, undefined);
      }
      for (const table of ["listings", "totals", "positions", "seen"])
        this.#run(`DELETE FROM ${table} WHERE block > ?`, number);
      this.#run("DELETE FROM pools WHERE created > ?", number);
      this.#run("DELETE FROM blocks WHERE number > ?", number);
      this.setMeta("lastRead", number);
      return rows.length;
    });
  }

  /* LINES */

  /** Adds a line; one that a block is given for can be retracted with that block. */
  tell(line: Line, block: number | undefined): void {
    this.#run("INSERT INTO lines (block, json) VALUES (?, ?)", block ?? null, JSON.stringify(line));
  }

  /** Lines after a number, in order. */
  linesAfter(seq: number, limit: number): NumberedLine[] {
    const rows = this.#all("SELECT seq, json FROM lines WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit);
    return z
      .array(lineRow)
      .parse(rows)
      .map((row) => ({ seq: row.seq, ...(JSON.parse(row.json) as Line) }));
  }

  lastSeq(): number {
    return z.object({ seq: z.number() }).parse(this.#get("SELECT coalesce(max(seq), 0) AS seq FROM lines")).seq;
  }

  /* POOLS */

  follow({ address, kind, created }: StoredPool): void {
    this.#run("INSERT OR IGNORE INTO pools VALUES (?, ?, ?)", address, kind, created);
  }

  followed(): StoredPool[] {
    return z.array(poolRow).parse(this.#all("SELECT address, kind, created FROM pools ORDER BY created, address"));
  }

  setListed(pool: string, listed: boolean, block: number, logIndex: number): void {
    this.#run("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?)", block, logIndex, pool, listed ? 1 : 0);
  }

  isListed(pool: string): boolean {
    const row = this.#get(
      "SELECT listed FROM listings WHERE pool = ? ORDER BY block DESC, log_index DESC LIMIT 1",
      pool,
    );
    return z.object({ listed: z.number() }).optional().parse(row)?.listed === 1;
  }

  /** Base units staked or locked in a pool, after all events up to and with a log. */
  total(pool: string, block: number, logIndex: number): bigint {
    const row = this.#get(
      "SELECT total FROM totals WHERE pool = ? AND (block, log_index) <= (?, ?) ORDER BY block DESC, log_index DESC LIMIT 1",
      ...[pool, block, logIndex],
    );
    // A pool of which nothing was read holds nothing.
    return row === undefined ? 0n : BigInt(z.object({ total: z.string() }).parse(row).total);
  }

  /** Adds to what is in a pool from a log on; later logs may have been read before. */
  addToTotal(pool: string, change: bigint, block: number, logIndex: number): void {
    const total = this.total(pool, block, logIndex) + change;
    this.#run("INSERT OR REPLACE INTO totals VALUES (?, ?, ?, ?)", pool, block, logIndex, String(total));
    const later = this.#all(
      "SELECT block, log_index, total FROM totals WHERE pool = ? AND (block, log_index) > (?, ?)",
      ...[pool, block, logIndex],
    );
    for (const row of z.array(totalRow).parse(later)) {
      const moved = String(BigInt(row.total) + change);
      this.#run("INSERT OR REPLACE INTO totals VALUES (?, ?, ?, ?)", pool, row.block, row.log_index, moved);
    }
  }

  addShare(schedule: string, pool: string): void {
    this.#run("INSERT OR IGNORE INTO shares VALUES (?, ?)", schedule, pool);
  }

  /** Pools that ever had a weight in a schedule. */
  shares(): { schedule: string; pool: string }[] {
    return z.array(shareRow).parse(this.#all("SELECT schedule, pool FROM shares ORDER BY schedule, pool"));
  }

  addPosition(pool: string, id: string, principal: string, reward: string, time: number, block: number): void {
    const values = [pool, id, principal, reward, time, block] as const;
    this.#run(
      "INSERT OR REPLACE INTO positions (pool, id, principal, reward, time, block) VALUES (?, ?, ?, ?, ?, ?)",
      ...values,
    );
  }

  markRemainder(pool: string, id: string): void {
    this.#run("UPDATE positions SET remainder = 1 WHERE pool = ? AND id = ?", pool, id);
  }

  principalOf(pool: string, id: string): bigint {
    const row = this.#get("SELECT principal, reward FROM positions WHERE pool = ? AND id = ?", pool, id);
    return positionRow.optional().parse(row)?.principal ?? 0n;
  }

  /** Base units of reward that openings since a time have reserved; what stays of a partial exit was reserved before. */
  reservedSince(pool: string, time: number): bigint {
    const rows = this.#all(
      "SELECT principal, reward FROM positions WHERE pool = ? AND time >= ? AND remainder = 0",
      pool,
      time,
    );
    return z
      .array(positionRow)
      .parse(rows)
      .reduce((sum, { reward }) => sum + reward, 0n);
  }

  /* STATES */

  activeAlerts(): Map<string, AlertLine> {
    const rows = z
      .array(z.object({ key: z.string(), json: z.string() }))
      .parse(this.#all("SELECT key, json FROM alerts"));
    return new Map(rows.map(({ key, json }) => [key, JSON.parse(json) as AlertLine]));
  }

  raise(key: string, alert: AlertLine): void {
    this.#run("INSERT OR REPLACE INTO alerts VALUES (?, ?)", key, JSON.stringify(alert));
  }

  clear(key: string): void {
    this.#run("DELETE FROM alerts WHERE key = ?", key);
  }

  /** Raises an alert about a state, or says that it is over; nothing if that is known. */
  setState(key: string, alert: AlertLine, wrong: boolean): void {
    if (this.activeAlerts().has(key) === wrong) return;
    this.transaction(() => {
      if (wrong) this.raise(key, alert);
      else this.clear(key);
      this.tell(alert, undefined);
    });
  }

  #run(sql: string, ...values: readonly (string | number | null)[]): void {
    this.#database.prepare(sql).run(...values);
  }

  #get(sql: string, ...values: readonly (string | number)[]): unknown {
    return this.#database.prepare(sql).get(...values);
  }

  #all(sql: string, ...values: readonly (string | number)[]): unknown[] {
    return this.#database.prepare(sql).all(...values);
  }
}

/** Only this file writes lines, from the types that it reads them as. */
function parseLine(json: string): EventLine | AlertLine {
  return JSON.parse(json) as EventLine | AlertLine;
}
