import { Account } from "./books.ts";
import type { Client, Counter } from "./desk.ts";
import { Random } from "./random.ts";
import type { Cohort } from "./scenario.ts";

/** Where somebody stands: refused by the pool, kept away by its rate, in it, or gone again. */
export type Fate = "expected" | "turned away" | "stayed away" | "in" | "left";

/** One staker: what was drawn for them beforehand, and where they stand. */
export class Saver implements Client {
  readonly address: string;
  readonly account = new Account();
  readonly random: Random;
  readonly amount: bigint;
  /** Day on which they first try. */
  readonly due: number;
  /** Day on which they came in. */
  arrival = 0;
  fate: Fate = "expected";
  /** Of a fixed-term pool. */
  position = 0n;

  constructor(
    readonly cohort: Cohort,
    readonly at: Counter,
    seed: number,
    index: number,
  ) {
    this.address = `${cohort.name}/${index}`;
    this.random = new Random(seed, this.address);
    this.due = cohort.arrive.from + this.random.below(cohort.arrive.over + 1);
    this.amount = this.random.amount(cohort.stake.least, cohort.stake.most);
  }
}
