import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog } from "../../types/common.ts";

/** Blocks asked for at first, which most public nodes answer for, and most blocks asked for at once. */
const [FIRST_BLOCKS, MOST_BLOCKS] = [10_000, 1_000_000];
/** After so many answers in a row more is tried again: a refusal may have been about a busy time, not about the range. */
const PATIENCE = 20;

/** A range so small that who does not answer for it answers nothing. */
const SMALL = 1_000;

/** What nodes say to a range, or to an answer, that is too large for them; no two say the same. */
const TOO_LARGE = /range|too (?:large|many|wide|big)|limit|exceed|more than|maximum|time(?:d)? ?out|response size/i;

/** A contract that is asked for its events. */
export interface EventSource {
  queryFilter<Event extends TypedContractEvent>(
    filter: TypedDeferredTopicFilter<Event>,
    from: number,
    to: number,
  ): Promise<TypedEventLog<Event>[]>;
}

/** Reads long ranges of blocks in as large pieces as the node allows: halved at a refusal, larger as long as there is none. */
export class RangeReader {
  readonly #most: number;
  #span: number;
  /** What is asked for grows up to here, until `PATIENCE` is over. */
  #ceiling: number;
  #answers = 0;

  constructor(most: number = MOST_BLOCKS) {
    this.#most = most;
    this.#ceiling = most;
    this.#span = Math.min(most, FIRST_BLOCKS);
  }

  /** Reads the first piece of a range, and says up to which block it goes. */
  async piece<T>(
    from: number,
    to: number,
    read: (from: number, to: number) => Promise<T>,
  ): Promise<{ readonly to: number; readonly value: T }> {
    for (;;) {
      const end = Math.min(to, from + this.#span - 1);
      try {
        const value = await read(from, end);
        this.#answers++;
        if (this.#answers % PATIENCE === 0) this.#ceiling = Math.min(this.#ceiling * 2, this.#most);
        this.#span = Math.min(this.#span * 2, this.#ceiling);
        return { to: end, value };
      } catch (error) {
        const asked = end - from + 1;
        if (isTooSlow(error) && asked > SMALL) this.#span = Math.max(Math.floor(asked / 10), SMALL);
        else if (asked > 1 && isTooLarge(error)) this.#span = Math.floor(asked / 2);
        else throw error;
        [this.#ceiling, this.#answers] = [this.#span, 0];
      }
    }
  }

  /** Reads all events of a filter in a range, in order. */
  async events<Event extends TypedContractEvent>(
    contract: EventSource,
    filter: TypedDeferredTopicFilter<Event>,
    from: number,
    to: number,
  ): Promise<TypedEventLog<Event>[]> {
    return this.all(from, to, async (first, last) => contract.queryFilter(filter, first, last));
  }

  /** Reads a whole range, piece by piece. */
  async all<T>(from: number, to: number, read: (from: number, to: number) => Promise<readonly T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let next = from; next <= to;) {
      const piece = await this.piece(next, to, read);
      for (const value of piece.value) found.push(value); // there may be more than fit on the stack
      next = piece.to + 1;
    }
    return found;
  }
}

/** Whether a node refused to answer because too much was asked for, and not because it is asked too often, or is not there. */
export function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === "NodeUnavailable") return false;
  return TOO_LARGE.test(error.message) || isTooLarge(error.cause);
}

/** Whether no answer came in time: it may to a smaller question, or the node is silent. */
function isTooSlow(error: unknown): boolean {
  return error instanceof Error && error.name === "NodeUnavailable" && /no answer in/.test(error.message);
}
