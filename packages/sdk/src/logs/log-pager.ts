import { inParts, isWanted, lengthsOf, toQuestion, toRpc, wantsNothing } from "./filter.ts";
import type { LogFilter, ListLimits, Question, RpcLogFilter } from "./filter.ts";
import { isRemoved, LogAnswerError, parseLog, show, type Log } from "./log.ts";
import { readRefusal } from "./refusal.ts";

/**
 * What answers `eth_getLogs`: a provider of EIP-1193, as viem's clients and wallets are; or a function, as
 * `(filter) => provider.send("eth_getLogs", [filter])` of ethers. It sees to rate limits and broken connections itself.
 */
export type LogSource =
  | ((filter: RpcLogFilter) => Promise<unknown>)
  | { request(question: { method: "eth_getLogs"; params: [RpcLogFilter] }): Promise<unknown> };

/** Whole numbers from 1 on, or `Infinity`. */
export interface LogPagerOptions {
  /** Blocks asked for at first: 10,000 unless given, for which most public nodes answer. */
  readonly firstBlocks?: number;
  /** Most blocks asked for at once: 1,000,000 unless given. */
  readonly mostBlocks?: number;
  /** Most addresses that one question names: 100 unless given. */
  readonly mostAddresses?: number;
  /** Most words that one question names for one topic: 200 unless given. */
  readonly mostWords?: number;
}

/** A part of a range, and all logs of it. */
export interface LogPiece {
  /** The first block of the part. */
  readonly from: number;
  /** The last block of the part. */
  readonly to: number;
  /** In the chain's order. */
  readonly logs: readonly Log[];
}

/** After so many answers in a row more is tried again: a refusal may have been about a busy time, or about blocks full of logs. */
const PATIENCE = 20;
/** A range so small that who does not answer for it answers nothing. */
const SMALL = 1_000;
/** Most blocks that are tried after a silence, of which each costs a while. */
const AFTER_SILENCE = 100_000;
/** Questions about the same blocks that are asked at the same time. */
const TOGETHER = 10;

/**
 * Reads logs of long ranges of blocks in pieces as large as the node allows: less after a refusal or a silence, more as long as there is
 * none. What was learned of the node is kept for the next reading, so that one object serves a node for as long as it is asked.
 */
export class LogPager {
  readonly #ask: (filter: RpcLogFilter) => Promise<unknown>;
  readonly #mostBlocks: number;
  /** Blocks that are asked for next. */
  #span: number;
  /** What is asked for grows up to here, until `PATIENCE` is over. */
  #ceiling: number;
  #answers = 0;
  /** Entries of the lists that one question names. */
  #mostListed: ListLimits;

  /** Throws a `RangeError` for an option that is no whole number from 1 on. */
  constructor(
    source: LogSource,
    { firstBlocks = 10_000, mostBlocks = 1_000_000, mostAddresses = 100, mostWords = 200 }: LogPagerOptions = {},
  ) {
    for (const [name, value] of Object.entries({ firstBlocks, mostBlocks, mostAddresses, mostWords })) {
      if (!(value >= 1 && (value === Infinity || Number.isSafeInteger(value))))
        throw new RangeError(`${name} is ${value}; it is a whole number from 1 on`);
    }
    this.#ask =
      typeof source === "function"
        ? source
        : async (filter) => source.request({ method: "eth_getLogs", params: [filter] });
    this.#mostBlocks = mostBlocks;
    this.#ceiling = mostBlocks;
    this.#span = Math.min(firstBlocks, mostBlocks);
    this.#mostListed = { addresses: mostAddresses, words: mostWords };
  }

  /**
   * All logs of a range of blocks, both included, in the chain's order, each once; none if `from` is above `to`. `to` should be a block
   * that the node has: of a later one some nodes refuse to tell, which is thrown, and others tell what there is so far.
   *
   * Throws what the source threw if asking for less does not help; a `LogAnswerError` if the node answered something else; a `TypeError` or
   * `RangeError` that names what of the filter or the range is malformed.
   */
  async read(filter: LogFilter, from: number | bigint, to: number | bigint): Promise<Log[]> {
    const logs: Log[] = [];
    for await (const piece of this.pieces(filter, from, to)) {
      for (const log of piece.logs) logs.push(log); // there may be more than fit on the stack
    }
    return logs;
  }

  /** The same, piece by piece as the node answers, for who shows or keeps how far it is. The pieces cover the range, in order. */
  async *pieces(filter: LogFilter, from: number | bigint, to: number | bigint): AsyncGenerator<LogPiece, void, void> {
    const question = toQuestion(filter);
    const [first, last] = [toBlock("from", from), toBlock("to", to)];
    for (let next = first; next <= last;) {
      const piece = wantsNothing(question)
        ? { from: next, to: last, logs: [] }
        : await this.#piece(question, next, last);
      yield piece;
      next = piece.to + 1;
    }
  }

  async #piece(question: Question, from: number, to: number): Promise<LogPiece> {
    let span = this.#span;
    for (let refused = false; ; refused = true) {
      const end = Math.min(to, from + span - 1);
      try {
        const logs = await this.#logs(question, from, end);
        this.#learn(end - from + 1, refused);
        return { from, to: end, logs };
      } catch (error) {
        const fewer = fewerBlocks(error, from, end);
        if (fewer === undefined) throw error;
        span = fewer;
      }
    }
  }

  /** A limit is believed as soon as something below it was answered: before, it may have been about anything. */
  #learn(blocks: number, refused: boolean): void {
    if (refused) {
      [this.#span, this.#ceiling, this.#answers] = [blocks, blocks, 1];
    } else if (blocks >= this.#span) {
      this.#answers++;
      if (this.#answers % PATIENCE === 0) this.#ceiling = Math.min(this.#ceiling * 2, this.#mostBlocks);
      this.#span = Math.min(this.#span * 2, this.#ceiling);
    }
  }

  /** All logs of a range that is asked for as a whole, in as few questions as the lists of the filter allow. */
  async #logs(question: Question, from: number, to: number): Promise<Log[]> {
    let most = this.#mostListed;
    for (;;) {
      const parts = inParts(question, most);
      try {
        const told: Log[][] = [];
        for (let i = 0; i < parts.length; i += TOGETHER) {
          const group = parts.slice(i, i + TOGETHER).map(async (part) => this.#answer(part, from, to));
          told.push(...(await Promise.all(group)));
        }
        if (most !== this.#mostListed) this.#mostListed = most;
        return inOrder(told.flat());
      } catch (error) {
        const fewer = fewerListed(error, parts, most);
        if (fewer === undefined) throw error;
        most = fewer;
      }
    }
  }

  /** Asks one question. A block that is too much by itself is asked for in parts of the filter. */
  async #answer(question: Question, from: number, to: number): Promise<Log[]> {
    try {
      return check(await this.#ask(toRpc(question, from, to)), question, from, to);
    } catch (error) {
      if (from !== to || error instanceof LogAnswerError || !isTooDense(error)) throw error;
      const { addresses, words } = lengthsOf(question);
      if (Math.max(addresses, words) <= 1) throw error;
      const half = { addresses: Math.ceil(addresses / 2), words: addresses > 1 ? words : Math.ceil(words / 2) };
      const logs: Log[] = [];
      for (const part of inParts(question, half)) {
        for (const log of await this.#answer(part, from, to)) logs.push(log);
      }
      return logs;
    }
  }
}

/** How long lists may be after an error; undefined if shorter ones do not help. */
function fewerListed(error: unknown, parts: readonly Question[], most: ListLimits): ListLimits | undefined {
  const refusal = error instanceof LogAnswerError ? undefined : readRefusal(error);
  if (refusal?.kind !== "too many") return undefined;
  const lengths = parts.map(lengthsOf);
  const addresses = Math.max(...lengths.map((length) => length.addresses));
  const words = Math.max(...lengths.map((length) => length.words));
  const ofWords = refusal.of === "words" || (refusal.of === undefined && words > addresses);
  if (words > 1 && (ofWords || addresses <= 1)) return { ...most, words: Math.floor(words / 2) };
  return addresses > 1 ? { ...most, addresses: Math.floor(addresses / 2) } : undefined;
}

function isTooDense(error: unknown): boolean {
  const { kind } = readRefusal(error);
  return kind === "too much" || kind === "slow";
}

/** For how many blocks is asked after an error; undefined if fewer do not help. */
function fewerBlocks(error: unknown, from: number, end: number): number | undefined {
  const asked = end - from + 1;
  const refusal = error instanceof LogAnswerError ? undefined : readRefusal(error);
  if (asked === 1 || refusal === undefined) return undefined;
  switch (refusal.kind) {
    case "too much": {
      const [first, last] = refusal.suggested ?? [];
      // A suggestion that skips blocks, or is no less than what was refused, is none.
      const usable = first === from && last !== undefined && last >= from && last < end;
      return usable ? last - from + 1 : Math.floor(asked / 2);
    }
    case "slow":
      return asked > SMALL ? afterSilence(asked) : Math.floor(asked / 2);
    case "silent":
      return asked > SMALL ? afterSilence(asked) : undefined;
    case "unclear":
      return Math.ceil(asked / 16); // few questions tell whether it was the range
    default:
      return undefined;
  }
}

function afterSilence(asked: number): number {
  return Math.max(SMALL, Math.min(Math.floor(asked / 10), AFTER_SILENCE));
}

/** The logs of an answer, without those that were taken back. */
function check(answer: unknown, question: Question, from: number, to: number): Log[] {
  if (!Array.isArray(answer)) throw new LogAnswerError(`The node's answer to eth_getLogs is no list: ${show(answer)}`);
  const logs: Log[] = [];
  for (const entry of answer as readonly unknown[]) {
    if (isRemoved(entry)) continue;
    const log = parseLog(entry);
    const { blockNumber, logIndex, address } = log;
    if (blockNumber < from || blockNumber > to)
      throw new LogAnswerError(`The node told a log of block ${blockNumber}; asked for were ${from} to ${to}`);
    if (!isWanted(question, log))
      throw new LogAnswerError(
        `The node told a log that was not asked for: ${logIndex} of block ${blockNumber}, of ${address}`,
      );
    logs.push(log);
  }
  return logs;
}

/** In the chain's order, each once. */
function inOrder(logs: readonly Log[]): Log[] {
  const unique = new Map(logs.map((log) => [`${log.blockHash}/${log.logIndex}`, log]));
  return [...unique.values()].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}

function toBlock(name: string, block: number | bigint): number {
  const number = Number(block);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`${name} is ${block}; a block's number is from 0 to ${Number.MAX_SAFE_INTEGER}`);
  return number;
}
