import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { GENERATED, generateSdk } from "../../tools/sdk/generate.ts";

describe("sdk: generated sources", function () {
  it("are those of the build; otherwise `npm run sdk` writes them", async function () {
    const expected = await generateSdk();
    const entries = await readdir(GENERATED, { recursive: true, withFileTypes: true });
    const present = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(GENERATED, path.join(entry.parentPath, entry.name)));
    expect(present.sort()).to.deep.equal([...expected.keys()].sort());

    const stale: string[] = [];
    for (const [name, content] of expected) {
      if ((await readFile(path.join(GENERATED, name), "utf8")) !== content) stale.push(name);
    }
    expect(stale).to.deep.equal([]);
  });
});
