/** Most blocks asked for at once; what a node refuses is halved. */
const MOST_BLOCKS = 10_000;

/** What nodes say to a range, or to an answer, that is too large for them; no two say the same. */
const TOO_LARGE = /range|too (?:large|many|wide|big)|limit|exceed|more than|maximum|time(?:d)? ?out|response size/i;

/** Reads long ranges of blocks in as large pieces as the node allows: smaller after each refusal, larger after each success. */
export class RangeReader {
  readonly #most: number;
  #span: number;

  constructor(most: number = MOST_BLOCKS) {
    this.#most = most;
    this.#span = most;
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
        this.#span = Math.min(this.#span * 2, this.#most);
        return { to: end, value };
      } catch (error) {
        if (end === from || !isTooLarge(error)) throw error;
        this.#span = Math.max(Math.floor((end - from + 1) / 2), 1);
      }
    }
  }

  /** Reads a whole range, piece by piece. */
  async all<T>(from: number, to: number, read: (from: number, to: number) => Promise<readonly T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let next = from; next <= to;) {
      const piece = await this.piece(next, to, read);
      found.push(...piece.value);
      next = piece.to + 1;
    }
    return found;
  }
}

/** Whether a node refused to answer because too much was asked for. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && (TOO_LARGE.test(error.message) || isTooLarge(error.cause));
}
