// Follows the chain block by block: reads each event once, and takes back what a reorganisation undid.
import type { Log } from "@termstake/sdk/logs";

import type { Deployment } from "../lib/deployment.ts";
import { nameOf } from "../lib/deployment.ts";
import type { Chain, Header } from "./chain.ts";
import { decode, type Decoded, type WatchedKind } from "./decode.ts";
import { alertsOf, type Thresholds } from "./event-alerts.ts";
import type { EventLine } from "./lines.ts";
import type { KnownBlock, Store, StoredPool } from "./store.ts";

export interface Core {
  readonly address: string;
  readonly kind: Exclude<WatchedKind, "flexible" | "fixedTerm">;
  readonly name: string;
}

export interface Progress {
  /** The block up to which everything has been read. */
  readonly read: number;
  readonly head: number;
  readonly retracted: number;
  readonly reorganised: boolean;
  /** Whether what the node said did not fit together: it is to be asked again after a while. */
  readonly moved: boolean;
  /** Events told, by contract and name. */
  readonly events: readonly EventLine[];
}

interface Piece {
  readonly logs: readonly Log[];
  readonly headers: ReadonlyMap<number, Header>;
  readonly last: Header;
  readonly found: readonly StoredPool[];
}

/** The chain has moved while it was read: what was read does not fit together. */
class Moved extends Error {}

/** Blocks whose logs are asked for again and again: the index of logs, or a node behind the same address, may be as far behind. */
const LATE_BLOCKS = 12;

const ZERO = "0x0000000000000000000000000000000000000000";

export class Follower {
  readonly #chain: Chain;
  readonly #store: Store;
  readonly #deployment: Deployment;
  readonly #core: ReadonlyMap<string, Core>;
  readonly #thresholds: Thresholds;
  readonly #firstBlock: number;
  readonly #depth: number;
  readonly #chunk: number;

  constructor(
    chain: Chain,
    store: Store,
    deployment: Deployment,
    core: readonly Core[],
    options: { thresholds: Thresholds; firstBlock: number; depth: number; chunk: number },
  ) {
    this.#chain = chain;
    this.#store = store;
    this.#deployment = deployment;
    this.#core = new Map(core.map((contract) => [contract.address, contract]));
    this.#thresholds = options.thresholds;
    this.#firstBlock = options.firstBlock;
    this.#depth = options.depth;
    this.#chunk = options.chunk;
  }

  /** Takes one step towards the head; `read` reaches `head` once there is nothing left to do. */
  async step(): Promise<Progress> {
    const latest = await this.#chain.head();
    const head = latest.number - this.#depth;
    let retracted: number | undefined;
    const next = () => (this.#store.lastRead() ?? this.#firstBlock - 1) + 1;
    const progress = (read: number, events: readonly EventLine[] = [], moved = false): Progress => {
      return { read, head, retracted: retracted ?? 0, reorganised: retracted !== undefined, moved, events };
    };
    try {
      retracted = await this.#reconcile(head);
      if (next() > head) return progress(next() - 1, await this.#readLate(next() - 1));
      // What was there before the first run is told, but is no alarm any more.
      if (this.#store.meta("alertsAfter") === undefined) this.#store.setMeta("alertsAfter", head);
      const piece = await this.#read(next(), Math.min(next() + this.#chunk - 1, head));
      const events = this.#store.transaction(() => this.#write(piece));
      return progress(piece.last.number, events);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      return progress(Math.min(next(), head) - 1, [], true);
    }
  }

  /** Tells what the node shows only now of blocks that were read. */
  async #readLate(last: number): Promise<EventLine[]> {
    const from = this.#withLate(last + 1);
    if (from > last) return [];
    const header = await this.#chain.header(last);
    if (header === undefined) return []; // this node is further behind
    const piece = await this.#collect(from, last, header);
    return piece.logs.length === 0 ? [] : this.#store.transaction(() => this.#write(piece));
  }

  /** The block from which logs are asked for, where those from a block on have not been read. */
  #withLate(from: number): number {
    return Math.min(from, Math.max(from - LATE_BLOCKS, this.#store.seenFrom(), this.#firstBlock));
  }

  /** Rolls back to the last remembered block that is still part of the chain; undefined if all of them are. */
  async #reconcile(head: number): Promise<number | undefined> {
    // A node that lags behind others shows a shorter chain, not another one: only blocks that it has are compared.
    const known = this.#store.knownUpTo(head);
    if (known === undefined || (await this.#isThere(known))) return undefined;
    let ancestor = this.#store.knownUpTo(known.number - 1);
    while (ancestor !== undefined && !(await this.#isThere(ancestor))) {
      ancestor = this.#store.knownUpTo(ancestor.number - 1);
    }
    return this.#store.rollBackTo(ancestor?.number ?? this.#firstBlock - 1);
  }

  /** Whether a block up to the head is still part of the chain. A node that has none of its height is about to change its chain. */
  async #isThere({ number, hash }: KnownBlock): Promise<boolean> {
    const header = await this.#chain.header(number);
    if (header === undefined) throw new Moved();
    return header.hash === hash;
  }

  async #read(from: number, to: number): Promise<Piece> {
    const last = await this.#chain.header(to);
    const first = await this.#chain.header(from);
    const before = this.#store.knownUpTo(from - 1);
    if (last === undefined || first === undefined) throw new Moved();
    // Some nodes name no parent of blocks that they made up in bulk: then it counts what stands at the height of the parent.
    const fits = before?.number !== from - 1 || before.hash === first.parentHash || (await this.#isThere(before));
    if (!fits) throw new Moved();
    return this.#collect(this.#withLate(from), to, last);
  }

  /** Everything that was not read yet of a range whose last block is known. */
  async #collect(from: number, to: number, last: Header): Promise<Piece> {
    const core = await this.#chain.logs([...this.#core.keys()], from, to);
    const found = await this.#newlyListed(core);
    const followed = this.#store.followed().map(({ address }) => address);
    const ofPools = await this.#chain.logs(followed, from, to);
    const earlier: Log[] = [];
    for (const { address, created } of found) {
      earlier.push(...(await this.#chain.logs([address], created, to)));
    }
    const logs = [...core, ...ofPools, ...earlier]
      .filter(({ blockNumber, logIndex }) => !this.#store.isSeen(blockNumber, logIndex))
      .sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
    const headers = new Map([[to, last]]);
    for (const { blockNumber, blockHash } of logs) {
      const header = headers.get(blockNumber) ?? (await this.#chain.header(blockNumber));
      if (header?.hash !== blockHash) throw new Moved();
      headers.set(blockNumber, header);
    }
    // The same last block before and after: everything between was read of one chain.
    if ((await this.#chain.header(to))?.hash !== last.hash) throw new Moved();
    return { logs, headers, last, found };
  }

  /** Pools that are listed here and were not followed yet. */
  async #newlyListed(core: readonly Log[]): Promise<StoredPool[]> {
    const followed = new Set(this.#store.followed().map(({ address }) => address));
    const found: StoredPool[] = [];
    for (const log of core) {
      if (this.#core.get(log.address)?.kind !== "factory") continue;
      const { event, args } = decode("factory", log);
      const address = String(args["pool"]);
      if (event !== "ListedSet" || args["listed"] !== true || followed.has(address)) continue;
      const { factory } = this.#deployment;
      const { kind } = await factory.poolInfo(address);
      const created = await factory.filters.PoolCreated(address).getTopicFilter();
      const [creation] = await this.#chain.logs([log.address], this.#firstBlock, log.blockNumber, created);
      followed.add(address);
      // Unseen if reading began later; were it a reorganisation's doing, the piece would not be taken.
      const since = creation?.blockNumber ?? this.#firstBlock;
      found.push({ address, kind: kind === 1n ? "flexible" : "fixedTerm", created: since });
    }
    return found;
  }

  /** Writes a piece in one transaction. */
  #write({ logs, headers, last, found }: Piece): EventLine[] {
    for (const pool of found) this.#store.follow(pool);
    const kinds = new Map(this.#store.followed().map(({ address, kind }) => [address, kind]));
    const told: EventLine[] = [];
    for (const log of logs) {
      const core = this.#core.get(log.address);
      const kind = core?.kind ?? kinds.get(log.address);
      if (kind === undefined) continue;
      const decoded = decode(kind, log);
      const time = headers.get(log.blockNumber)?.timestamp;
      if (time === undefined) throw new Error("A log's block was not read");
      const { address, blockNumber: block, logIndex } = log;
      const before = this.#store.total(address, block, logIndex);
      this.#store.markSeen(block, logIndex);
      this.#count(kind, log, decoded, time);
      if (core === undefined && !this.#store.isListed(log.address)) continue;
      const line = this.#line(core?.name ?? nameOf(this.#deployment, log.address), log, decoded, time);
      this.#store.tell(line, log.blockNumber);
      told.push(line);
      if (log.blockNumber <= Number(this.#store.meta("alertsAfter"))) continue;
      const size = { before, after: this.#store.total(address, block, logIndex) };
      const name = (of: string) => this.#core.get(of)?.name ?? nameOf(this.#deployment, of);
      for (const alert of alertsOf(kind, line, size, this.#thresholds, name)) this.#store.tell(alert, log.blockNumber);
    }
    for (const { number, hash } of headers.values()) {
      const eventful = logs.some((log) => log.blockNumber === number);
      if (eventful || number > (this.#store.lastRead() ?? -1)) this.#store.remember({ number, hash }, eventful);
    }
    this.#store.readUpTo(last.number);
    return told;
  }

  #line(contract: string, log: Log, { event, args }: Decoded, time: number): EventLine {
    const { blockNumber: block, blockHash, transactionHash: transaction, logIndex, address } = log;
    return { kind: "event", block, blockHash, time, transaction, logIndex, contract, address, event, args };
  }

  /** Keeps what is staked and locked, which pools are listed, and what openings reserved. */
  #count(kind: WatchedKind, log: Log, { event, args }: Decoded, time: number): void {
    const { address: pool, blockNumber: block, logIndex } = log;
    const text = (name: string) => String(args[name]);
    const change = (by: bigint) => {
      this.#store.addToTotal(pool, by, block, logIndex);
    };
    if (kind === "factory" && event === "ListedSet") {
      this.#store.setListed(text("pool"), args["listed"] === true, block, logIndex);
    } else if (kind === "distributor" && event === "WeightSet") {
      this.#store.addShare(text("scheduleId"), text("pool"));
    } else if (kind === "flexible" && event === "Staked") change(BigInt(text("amount")));
    else if (kind === "flexible" && event === "Withdrawn") change(-BigInt(text("amount")));
    else if (kind === "fixedTerm" && event === "Opened") {
      this.#store.addPosition(pool, text("positionId"), text("principal"), text("reward"), time, block);
      change(BigInt(text("principal")));
    } else if (kind === "fixedTerm" && event === "Transfer" && args["to"] === ZERO) {
      change(-this.#store.principalOf(pool, text("tokenId")));
    } else if (kind === "fixedTerm" && event === "WithdrawnEarly") {
      this.#store.markRemainder(pool, text("remainderId"));
    }
  }
}
