// What a full or read-only disk is told as: by name, and never as something that the node did.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { onDisk, StorageFailed, storageProblem } from "../../tasks/lib/exit-codes.ts";
import { openDatabase } from "../../tasks/lib/sqlite.ts";

async function thrown(body: () => unknown): Promise<unknown> {
  try {
    await body();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("trouble with the disk", () => {
  it("is said of a file on a full disk", async () => {
    const error = await thrown(async () => onDisk("/dev/full", async () => writeFile("/dev/full", "line\n")));
    expect(error).to.be.instanceOf(StorageFailed);
    expect(error).to.have.property("message", "/dev/full cannot be written: the disk is full");
  });

  for (const [pragma, why] of [
    ["PRAGMA max_page_count = 4", "the disk is full"],
    ["PRAGMA query_only = ON", "it, or its disk, is read-only"],
  ] as const) {
    it(`is said of a database: ${why}`, async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "storage-"));
      const database = await openDatabase(path.join(folder, "a.sqlite"), "CREATE TABLE a (b TEXT NOT NULL);");
      try {
        database.exec(pragma);
        const error = await thrown(() => {
          for (let i = 0; i < 1_000; i++) database.prepare("INSERT INTO a VALUES (?)").run("x".repeat(1_000));
        });
        expect(storageProblem(error)?.message).to.equal(`The database cannot be written: ${why}`);
      } finally {
        database.close();
        await rm(folder, { recursive: true });
      }
    });
  }

  it("is not said of anything else", () => {
    for (const error of [
      new Error("fetch failed"),
      Object.assign(new Error("no"), { code: "ECONNREFUSED", syscall: "connect" }),
      "x",
    ])
      expect(storageProblem(error)).to.equal(undefined);
  });
});
