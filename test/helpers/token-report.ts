// docs/TOKENS.md: what came of each token at each entry point, as the tests of test/token-zoo/ find it.
import { readFile, writeFile } from "node:fs/promises";

import { expect } from "chai";

import type { Outcome, Outcomes } from "./token-trial.ts";

const FILE = new URL("../../docs/TOKENS.md", import.meta.url);

/** Set by `npm run token-zoo`: the tests write their sections instead of comparing them. */
const WRITES = process.env["TERMSTAKE_WRITE_TOKENS"] === "1";

const HEAD = "| token | is the | works | waits | is refused |\n| --- | --- | --: | --- | --- |";

/** The section of one contract. */
export class TokenReport {
  /** Entry points and their parts, in the order in which they are first met. */
  readonly #names = new Set<string>();
  readonly #rows = new Map<string, { token: string; roles: string[]; cells: string }>();

  constructor(
    private readonly section: string,
    private readonly roles: readonly string[],
  ) {}

  /** Tokens stand in the order in which they are recorded; roles in which a token fares the same share a row. */
  record(token: string, role: string, outcomes: Outcomes): void {
    for (const name of outcomes.keys()) this.#names.add(name);
    const cells = cellsOf(outcomes).join(" | ");
    const key = `${token} ${cells}`;
    const row = this.#rows.get(key);
    if (row) row.roles.push(role);
    else this.#rows.set(key, { token, roles: [role], cells });
  }

  /** Compares the section with the committed one, or writes it. */
  async conclude(): Promise<void> {
    const rows = [...this.#rows.values()].map(({ token, roles, cells }) => {
      const all = roles.length === this.roles.length;
      return `| ${token} | ${all ? this.roles.join(", ") : roles.join(", ")} | ${cells} |`;
    });
    const table = [`Tried: ${[...this.#names].join(" · ")}.`, "", HEAD, ...rows].join("\n");
    const text = await readFile(FILE, "utf8");
    const between = new RegExp(`(?<=<!-- ${this.section} -->\n)[^]*?(?=\n<!-- /${this.section} -->)`);
    const committed = between.exec(text)?.[0];
    if (committed === undefined) throw new Error(`docs/TOKENS.md has no markers for ${this.section}`);
    if (WRITES)
      await writeFile(
        FILE,
        text.replace(between, () => table),
      );
    else expect(table, "docs/TOKENS.md is out of date: `npm run token-zoo` writes it").to.equal(committed);
  }
}

function cellsOf(outcomes: Outcomes): string[] {
  const named = (wanted: (outcome: Outcome) => boolean): string[] =>
    [...outcomes].filter(([, outcome]) => wanted(outcome)).map(([name]) => name);
  const works = named((outcome) => outcome === "works").length;
  const waits = named((outcome) => outcome === "waits");
  const errors = new Set(
    [...outcomes.values()].flatMap((outcome) => (typeof outcome === "object" ? [outcome.error] : [])),
  );
  const refused = [...errors].map((error) => {
    const names = named((outcome) => typeof outcome === "object" && outcome.error === error);
    return `\`${error}\`: ${listed(names)}`;
  });
  return [
    works === outcomes.size ? `all ${works}` : `${works} of ${outcomes.size}`,
    listed(waits),
    refused.length === 0 ? "–" : refused.join("; "),
  ];
}

function listed(names: string[]): string {
  return names.length === 0 ? "–" : names.join(", ");
}
