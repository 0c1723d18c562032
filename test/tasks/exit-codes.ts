import { spawnSync } from "node:child_process";

import { expect } from "chai";

import { EXIT, type ExitCode } from "../../tasks/lib/exit-codes.ts";

const MODULE = JSON.stringify(new URL("../../tasks/lib/exit-codes.ts", import.meta.url).href);

/** The exit code of a process in which a command asked for a code, and Hardhat set its own. */
function endsWith(wanted: ExitCode, set: number | undefined): number | null {
  const code = `const { exitWith } = await import(${MODULE}); exitWith(${wanted}); process.exitCode = ${set}`;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    encoding: "utf8",
  });
  expect(stderr).to.equal("");
  return status;
}

describe("a command's exit code", () => {
  it("is the one that it asks for, where Hardhat says that it failed", () => {
    expect(endsWith(EXIT.refused, 1)).to.equal(EXIT.refused);
  });

  it("hides no failure that is not its own, as of the test that ran it", () => {
    expect(endsWith(EXIT.done, 1)).to.equal(1);
  });

  it("is 0 where nothing failed", () => {
    expect(endsWith(EXIT.done, undefined)).to.equal(0);
  });
});
