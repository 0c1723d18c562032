import { readFile } from "node:fs/promises";

import { expect } from "chai";

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** What the first group of the pattern matches, everywhere in the text. */
function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, match = ""]) => match);
}

describe("SECURITY.md", () => {
  it("lists the roles that are tested at their worst, and no other", async () => {
    const [, section = ""] = (await read("SECURITY.md")).split("## What roles can do at their worst");
    const [table = ""] = section.split("Each row is a test");
    const rows = matches(table, /^\| ([a-z ,]+?)(?: \([^)]*\))? \|/gm).filter((role) => role !== "compromised");
    const tests = matches(await read("test/roles/at-worst.ts"), /it\("([a-z ,]+): /g);
    expect(rows).not.to.be.empty;
    expect(rows).to.deep.equal(tests);
  });
});
