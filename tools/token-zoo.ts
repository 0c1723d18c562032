// `npm run token-zoo` runs the tests of test/token-zoo/ and writes what they find into docs/TOKENS.md; `npm test` fails when that
// page says something else.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

const tests = spawnSync("hardhat", ["test", "mocha", ...globSync("test/token-zoo/*.ts")], {
  stdio: "inherit",
  env: { ...process.env, TERMSTAKE_WRITE_TOKENS: "1" },
});
if (tests.error !== undefined) throw tests.error;
process.exit(tests.status ?? 1);
