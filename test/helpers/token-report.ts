// docs/TOKENS.md: what came of each token at each entry point, as the tests of test/token-zoo/ find it.
import { readFile, writeFile } from "node:fs/promises";

import { expect } from "chai";

import type { Outcome, Outcomes } from "./token-trial.ts";

const FILE = new URL("../../docs/TOKENS.md", import.meta.url);

/** Set by `npm run token-zoo`: the tests write their sections instead of comparing them. */
const WRITES = process.env["TERMSTAKE_WRITE_TOKENS"] === "1";

const HEAD = ["| token | is the | works | waits | is refused |", "| --- | --- | --: | --- | --- |"];

/** The section of one contract. */
export class TokenReport {
  /** By token, then by role. */
  readonly #outcomes = new Map<string, Map<string, Outcomes>>();

  constructor(private readonly section: string) {}

  /** Takes what came of a token in each role, and compares it with the committed rows. */
  async record(token: string, roles: ReadonlyMap<string, Outcomes>): Promise<void> {
    this.#outcomes.set(token, new Map(roles));
    if (WRITES) return;
    const committed = (await this.#committed()).split("\n").filter((line) => line.startsWith(`| ${token} |`));
    expect(this.#rowsOf(token), "docs/TOKENS.md is out of date: `npm run token-zoo` writes it").to.deep.equal(
      committed,
    );
  }

  /** Compares the whole section with the committed one, or writes it; for runs in which every one of the tokens was tried. */
  async conclude(tokens: readonly string[]): Promise<void> {
    if (tokens.some((token) => !this.#outcomes.has(token))) return;
    const names = new Set(
      [...this.#outcomes.values()].flatMap((roles) => [...roles.values()].flatMap((tried) => [...tried.keys()])),
    );
    const rows = tokens.flatMap((token) => this.#rowsOf(token));
    const table = [`Tried: ${[...names].join(" · ")}.`, "", ...HEAD, ...rows].join("\n");
    if (WRITES)
      await writeFile(
        FILE,
        (await readFile(FILE, "utf8")).replace(this.#between, () => table),
      );
    else
      expect(table, "docs/TOKENS.md is out of date: `npm run token-zoo` writes it").to.equal(await this.#committed());
  }

  get #between(): RegExp {
    return new RegExp(`(?<=<!-- ${this.section} -->\n)[^]*?(?=\n<!-- /${this.section} -->)`);
  }

  async #committed(): Promise<string> {
    const [section] = this.#between.exec(await readFile(FILE, "utf8")) ?? [];
    if (section === undefined) throw new Error(`docs/TOKENS.md has no markers for ${this.section}`);
    return section;
  }

  /** Roles in which a token fares the same share a row. */
  #rowsOf(token: string): string[] {
    const rows = new Map<string, string[]>();
    for (const [role, outcomes] of this.#outcomes.get(token) ?? []) {
      const cells = cellsOf(outcomes).join(" | ");
      rows.set(cells, [...(rows.get(cells) ?? []), role]);
    }
    return [...rows].map(([cells, roles]) => `| ${token} | ${roles.join(", ")} | ${cells} |`);
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
