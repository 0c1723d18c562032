import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SMALL = "test/simulate/scenarios/small.json5";

function simulate(...args: string[]) {
  const result = spawnSync(process.execPath, ["--import", "tsx", "scripts/simulate.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { code: result.status, out: result.stdout, error: result.stderr };
}

const summary = z.object({
  report: z.string(),
  table: z.string(),
  cohorts: z.string(),
  cases: z.array(z.object({ name: z.string(), cohorts: z.array(z.object({ paidIn: z.string(), apr: z.number() })) })),
});

describe("npm run simulate", () => {
  it("writes report and table where it says, and figures alone for programs", async () => {
    const folder = await mkdtemp(join(tmpdir(), "simulate-"));
    try {
      const { code, out, error } = simulate(SMALL, "--json", "--out", join(folder, "new"));
      expect(code, error).to.equal(0);
      const { report, table, cohorts, cases } = summary.parse(JSON.parse(out));
      expect([
        existsSync(join(ROOT, report)) || existsSync(report),
        existsSync(table),
        existsSync(cohorts),
      ]).to.deep.equal([true, true, true]);
      expect(cases.map(({ name }) => name)).to.deep.equal(["base", "price", "exit", "inflow"]);
      expect(error).to.match(/14 stakers over 120 days in 4 cases: \d+ operations in [\d.]+ s, at most \d+ MiB/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("tells its options with --help", () => {
    const { code, out } = simulate("--help");
    expect(code).to.equal(0);
    for (const option of ["--out", "--seed", "--base", "--json", "--benchmark", "--docs", "simulate/scenarios"])
      expect(out).to.include(option);
  });

  it("says what is wrong in a sentence, and exits with 1", () => {
    const mistakes: [args: string[], message: RegExp][] = [
      [[], /Which scenario\? Examples are in simulate\/scenarios/],
      [["nowhere.json5"], /file: .*nowhere\.json5 cannot be read \(ENOENT\)/],
      [[SMALL, "--seed", "-1"], /--seed/],
      [[SMALL, "--seed", "9999999999"], /--seed: "9999999999" is no whole number from 0 to 2147483647/],
      [[SMALL, "--what"], /Unknown option '--what'[\s\S]*Usage:/],
    ];
    for (const [args, message] of mistakes) {
      const { code, error, out } = simulate(...args);
      expect([code, out], args.join(" ")).to.deep.equal([1, ""]);
      expect(error).to.match(message);
      expect(error).not.to.match(/^\s+at /m);
    }
  });
});
