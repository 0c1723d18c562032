// `npm run coverage`: runs the behaviour tests on instrumented contracts and fails unless every line and every statement of
// `contracts/`, mocks apart, ran. Branches are held by the mutants. Tests of gas and of code size are left out, since the
// instruments cost both.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

import Table from "cli-table3";

import { parseLcov } from "./lib/lcov.ts";

const FOLDERS = [
  "field",
  "fixed-term-pool",
  "flexible-pool",
  "insurance-fund",
  "pool-factory",
  "position-renderer",
  "reward-distributor",
  "staking-lens",
  "token-zoo",
];
const MEASURES_COST = "limits of the chain|within [0-9]+ gas";

const files = [
  ...FOLDERS.flatMap((folder) => globSync(`test/${folder}/*.ts`)),
  "test/solidity/EarlyWithdrawalPenalty.t.sol",
];
const tests = spawnSync(
  "hardhat",
  [
    "test",
    "--config",
    "tools/coverage.config.ts",
    "--coverage",
    "--no-typechain",
    "--grep-exclude",
    MEASURES_COST,
    ...files,
  ],
  {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  },
);
if (tests.error !== undefined) throw tests.error;
if (tests.status !== 0) {
  process.stdout.write(tests.stdout);
  throw new Error("tests fail on the instrumented contracts");
}

const coverage = parseLcov(readFileSync("coverage/lcov.info", "utf8"))
  .filter(({ file }) => file.startsWith("contracts/") && !file.startsWith("contracts/mocks/"))
  .sort((a, b) => a.file.localeCompare(b.file));
if (coverage.length === 0) throw new Error("coverage/lcov.info names no contract");

const table = new Table({
  head: ["file", "lines", "ran"],
  colAligns: ["left", "right", "right"],
  style: { head: [], border: [] },
});
for (const { file, lines, missed } of coverage) table.push([file, lines, lines - missed.length]);
console.log(table.toString());

for (const { file, missed } of coverage) {
  const source = readFileSync(file, "utf8").split("\n");
  for (const line of missed) console.error(`${file}:${line}: not all of it ran: ${source[line - 1]?.trim() ?? ""}`);
}
const complete = coverage.every(({ missed }) => missed.length === 0);
console.log(complete ? "every line and every statement ran" : "coverage is not complete");
process.exit(complete ? 0 : 1);
