// What became of each mutant, a line each, kept in the repository: a run does only what no line holds for any more.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

import { z } from "zod";

import { killer, type Killer } from "./messages.ts";
import { contentHash, type Mutant } from "./mutants.ts";

export const OUTCOMES = ["killed", "timeout", "survived", "equivalent", "uncompilable"] as const;

const record = z.object({
  id: z.string(),
  /** Hash of the mutated source. */
  content: z.string(),
  outcome: z.enum(OUTCOMES),
  by: killer.optional(),
  /** Hash of the tests that a survivor survived. */
  tests: z.string().optional(),
});

export type Result = z.infer<typeof record>;

const FILE = new URL("results.jsonl", import.meta.url);

export class Results {
  readonly #records = new Map<string, Result>();

  private constructor(records: readonly Result[]) {
    for (const each of records) this.#records.set(each.id, each);
  }

  static load(): Results {
    const lines = existsSync(FILE) ? readFileSync(FILE, "utf8").split("\n") : [];
    return new Results(lines.filter((line) => line !== "").map((line) => record.parse(JSON.parse(line))));
  }

  /** The result, if it still holds: for this text of the source and, of a survivor, for these tests. */
  of(mutant: Mutant, tests: string): Result | undefined {
    const found = this.#records.get(mutant.id);
    if (found?.content !== contentHash(mutant)) return undefined;
    return found.outcome === "survived" && found.tests !== tests ? undefined : found;
  }

  /** What killed the mutant in an earlier text of its source, and most likely does again. */
  killerOf({ id }: Mutant): Killer | undefined {
    return this.#records.get(id)?.by;
  }

  /** Writes at once: whatever ends a run, it goes on here. */
  add(result: Result): void {
    this.#records.set(result.id, result);
    appendFileSync(FILE, `${JSON.stringify(result)}\n`);
  }

  /** Leaves only the results of these mutants, in their order. */
  keepOnly(mutants: readonly Mutant[]): void {
    const kept = mutants.map(({ id }) => this.#records.get(id)).filter((each) => each !== undefined);
    writeFileSync(FILE, kept.map((each) => `${JSON.stringify(each)}\n`).join(""));
  }
}
