import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";
import hre from "hardhat";

const HOUR_MS = 3_600_000;

describe("tests", () => {
  it("have no time limit of their own, which would turn red where other work runs", async () => {
    const limited: string[] = [];
    for (const folder of ["test", "packages/sdk/test"]) {
      for (const file of await readdir(folder, { recursive: true })) {
        if (!file.endsWith(".ts")) continue;
        const text = await readFile(path.join(folder, file), "utf8");
        if (/\bthis\.timeout\(|\)\.timeout\(/.test(text)) limited.push(path.join(folder, file));
      }
    }
    expect(limited).to.deep.equal([]);
    expect(hre.config.test.mocha.timeout, "the one for what hangs").to.equal(HOUR_MS);
  });
});
