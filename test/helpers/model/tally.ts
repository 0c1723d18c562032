/** What happened, by kind of action and by error. */
export class Tally {
  readonly accepted: Record<string, number> = {};
  readonly refused: Record<string, number> = {};
  readonly errors: Record<string, number> = {};
  histories = 0;
  /** Values of views compared. */
  words = 0;
  /** Positions that paid at maturity what had been promised. */
  promisesKept = 0;
  /** Millionths of a unit by which an account got less than without any rounding, at most. */
  rounding = 0;

  /** Drawn at random: what prepares a history and what ends it is compared as well, but not counted. */
  get actions(): number {
    return drawn(this.accepted) + drawn(this.refused);
  }

  /** Share of actions that were accepted. */
  get acceptance(): number {
    return this.actions === 0 ? 0 : drawn(this.accepted) / this.actions;
  }

  count(name: string, error: string | undefined): void {
    const outcomes = error === undefined ? this.accepted : this.refused;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
    if (error !== undefined) this.errors[error] = (this.errors[error] ?? 0) + 1;
  }

  add(other: TallyRecord): void {
    for (const [mine, theirs] of [
      [this.accepted, other.accepted],
      [this.refused, other.refused],
      [this.errors, other.errors],
    ] as const) {
      for (const [name, number] of Object.entries(theirs)) mine[name] = (mine[name] ?? 0) + number;
    }
    this.histories += other.histories;
    this.words += other.words;
    this.promisesKept += other.promisesKept;
    this.rounding = Math.max(this.rounding, other.rounding);
  }

  /** Kinds that occurred less often than `minimum` says, once for each `per` actions. */
  missing(minima: Readonly<Record<string, number>>, per: number): string[] {
    return Object.entries(minima).flatMap(([name, minimum]) => {
      const needed = Math.floor((minimum * this.actions) / per);
      const happened = this.accepted[name] ?? 0;
      return happened >= needed ? [] : [`${name}: accepted ${happened} times, ${needed} needed`];
    });
  }
}

/** What begins or ends every history alike. */
const SCRIPTED = /^(prepare|leave)\b/;

function drawn(counts: Readonly<Record<string, number>>): number {
  return Object.entries(counts).reduce((sum, [name, count]) => (SCRIPTED.test(name) ? sum : sum + count), 0);
}

export type TallyRecord = Pick<
  Tally,
  "accepted" | "refused" | "errors" | "histories" | "words" | "promisesKept" | "rounding"
>;
