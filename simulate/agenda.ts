import type { Saver } from "./saver.ts";

export type Errand = "arrive" | "claim" | "leave" | "panic" | "mature";

export interface Entry {
  readonly errand: Errand;
  readonly saver: Saver;
}

/** Who has something to do, by day: nobody is looked at on any other. */
export class Agenda {
  readonly #days: (Entry[] | undefined)[];

  constructor(readonly days: number) {
    this.#days = new Array<Entry[] | undefined>(days + 1);
  }

  /** What falls after the last day is not written down. */
  add(day: number, errand: Errand, saver: Saver): void {
    if (day > this.days) return;
    const entry = { errand, saver };
    const entries = this.#days[day];
    if (entries === undefined) this.#days[day] = [entry];
    else entries.push(entry);
  }

  /** The day's entries in the order in which they were written, also of the day itself; of those who have left, none. */
  *on(day: number): Generator<Entry> {
    const entries = this.#days[day];
    if (entries === undefined) return;
    for (const entry of entries) if (entry.errand === "arrive" || entry.saver.fate === "in") yield entry;
    this.#days[day] = undefined;
  }
}
