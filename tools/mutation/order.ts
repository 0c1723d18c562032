// In which order the tests are tried: what killed a mutant of the same function comes first, then what killed most of
// the same source for the time that it takes, then the quickest.
import type { Mutant } from "./mutants.ts";

export class TestOrder {
  readonly #seconds = new Map<string, number>();
  readonly #kills = new Map<string, number>();

  took(test: string, seconds: number): void {
    this.#seconds.set(test, seconds);
  }

  killed({ file, where }: Mutant, test: string): void {
    for (const key of [`${file} ${test}`, `${file} ${where} ${test}`]) {
      this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
    }
  }

  of({ file, where }: Mutant, tests: readonly string[]): string[] {
    const worth = new Map(tests.map((test) => [test, this.#worth(file, where, test)]));
    return tests.toSorted((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0));
  }

  /** Kills a second, those in the same function counting far more; a kill more than there were, to begin with. */
  #worth(file: string, where: string, test: string): number {
    const near = this.#kills.get(`${file} ${where} ${test}`) ?? 0;
    const far = this.#kills.get(`${file} ${test}`) ?? 0;
    return (20 * near + far + 1) / (this.#seconds.get(test) ?? 1);
  }
}
