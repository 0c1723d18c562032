// `npm test`: builds, then type-checks, lints and proves beside the tests; fails if anything does. The tests' output is shown as
// it comes, that of the other steps when they end.
import { spawn } from "node:child_process";

interface Step {
  name: string;
  command: string;
  args: string[];
}

interface Result {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

const BUILD: Step = { name: "build", command: "hardhat", args: ["build", "--quiet"] };
const TESTS: Step = { name: "tests", command: "hardhat", args: ["test", "--no-compile"] };
const CHECKS: Step[] = [
  { name: "types", command: "tsc", args: ["--noEmit"] },
  { name: "eslint", command: "eslint", args: ["."] },
  { name: "solhint", command: "solhint", args: ["--noPoster", "--max-warnings", "0", "contracts/**/*.sol"] },
  { name: "proofs", command: "node", args: ["scripts/prove.ts"] },
  { name: "prettier", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
];

async function run(step: Step, live: boolean): Promise<Result> {
  const started = Date.now();
  const child = spawn(step.command, step.args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      output += chunk;
      if (live) process.stdout.write(chunk);
    });
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on("error", (error) => {
      output += `${step.command}: ${error.message}\n`;
      resolve(false);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
  return { name: step.name, ok, seconds: (Date.now() - started) / 1000, output };
}

function report(result: Result, live: boolean): void {
  if (!live && !result.ok) process.stdout.write(result.output);
  console.log(`${result.ok ? "ok  " : "FAIL"} ${result.name} (${result.seconds.toFixed(1)} s)`);
}

/** One check after the other, on the core that the tests leave free. */
async function runChecks(): Promise<Result[]> {
  const results: Result[] = [];
  for (const step of CHECKS) results.push(await run(step, false));
  return results;
}

/** What the test runner's last line of this kind says, as in `12 passing (4 solidity, 8 mocha)`; 0 without one. */
function count(output: string, word: string): number {
  const lines = output.match(new RegExp(String.raw`^\s*\d+ ${word}\b`, "gm")) ?? [];
  return Number.parseInt(lines.at(-1)?.trim() ?? "0", 10);
}

const build = await run(BUILD, false);
report(build, false);
if (!build.ok) process.exit(1);

const [tests, ...checks] = await Promise.all([run(TESTS, true), runChecks()]).then(([first, rest]) => [first, ...rest]);
if (tests === undefined) throw new Error("the tests did not run");
report(tests, true);
for (const check of checks) report(check, false);

const passed = count(tests.output, "passing");
const failed = count(tests.output, "failing");
console.log(`\n${passed} passed, ${failed} failed`);
process.exit([tests, ...checks].every((result) => result.ok) && passed > 0 && failed === 0 ? 0 : 1);
