// Blocks, and what was read up to one of them: as long as that block is part of the chain, only newer ones need to be looked at.
import type { Reader } from "./reader.ts";

export interface Block {
  readonly number: number;
  readonly hash: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
}

/**
 * A block by its number or name; undefined if there is none. Asked for directly: ethers refuses a pending block that has no number
 * yet, and takes apart much more than is needed here.
 */
export async function readBlock({ provider }: Reader, which: number | "latest"): Promise<Block | undefined> {
  const answer: unknown = await provider.send("eth_getBlockByNumber", [quantity(which), false]);
  if (answer === null) return undefined;
  const hash: unknown = field(answer, "hash");
  if (typeof hash !== "string") throw new Error(`The node's block ${which.toString()} has no hash`);
  return { number: Number(field(answer, "number")), hash, timestamp: Number(field(answer, "timestamp")) };
}

/** The newest block that was seen. */
const newest = new WeakMap<Reader, Block>();
/** How often a chain that seems to have become shorter is asked for its end, and how long is waited in between. */
const LOOKS = 3;
const LOOK_MS = 100;

/**
 * The newest block; throws if the node holds no chain. Behind one address there may be several nodes, some of them behind the others: as
 * long as one of them still has the newest block that was seen, that is it.
 */
export async function newestBlock(reader: Reader): Promise<Block> {
  const seen = newest.get(reader);
  for (let look = 1; ; look += 1) {
    const block = await readBlock(reader, "latest");
    if (block === undefined) throw new Error("The node has no chain");
    if (seen === undefined || block.number >= seen.number || look === LOOKS) {
      newest.set(reader, block);
      return block;
    }
    const still = await readBlock(reader, seen.number).catch(() => undefined);
    if (still?.hash === seen.hash) return seen;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Unix time, in seconds, that the block being made has; undefined where the node does not tell. */
export async function pendingTime({ provider }: Reader): Promise<number | undefined> {
  try {
    const answer: unknown = await provider.send("eth_getBlockByNumber", ["pending", false]);
    const time = Number(field(answer, "timestamp"));
    return Number.isSafeInteger(time) ? time : undefined;
  } catch {
    return undefined;
  }
}

/** Something read from the chain, and the newest block that it takes account of. */
interface Kept<T> {
  readonly upTo: Block;
  readonly value: T;
}

/** Keeps what was read, by reader and name, for as long as it is true. */
export class Memory<T> {
  readonly #kept = new WeakMap<Reader, Map<string, Kept<T>>>();

  /** What was kept last; undefined if nothing was, or if its block is no part of the chain any more, as after a reorganisation. */
  async recall(reader: Reader, name: string, newest: Block): Promise<Kept<T> | undefined> {
    const kept = this.#kept.get(reader)?.get(name);
    if (kept === undefined || kept.upTo.number > newest.number) return undefined;
    const { number, hash } = kept.upTo;
    const there = number === newest.number ? newest : await readBlock(reader, number);
    return there?.hash === hash ? kept : undefined;
  }

  keep(reader: Reader, name: string, upTo: Block, value: T): void {
    const all = this.#kept.get(reader) ?? new Map<string, Kept<T>>();
    this.#kept.set(reader, all.set(name, { upTo, value }));
  }
}

function quantity(which: number | "latest"): string {
  return typeof which === "number" ? `0x${which.toString(16)}` : which;
}

function field(answer: unknown, name: string): unknown {
  return typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined;
}
