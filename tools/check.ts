// `npm test`: builds, type-checks, lints, proves and runs every test, on all cores; fails if anything does. Each step is reported
// when it ends, with its output if it failed. The steps stand in the order in which they start: the longest first.
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { runSteps, type Step, type StepResult } from "./lib/steps.ts";

/** Folders of tests that are no contract's own: properties of the whole, and scripts that run in processes of their own. */
const PROPERTIES = ["field", "griefing", "oracles", "roles", "token-zoo"];
/** The longest: random histories beside the reference model. */
const MODEL = ["model"];
const SCRIPTS = ["app", "deploy", "docs", "scripts", "sdk", "tasks", "tools"];
/** Not tests, or not mocha's, or with a command of their own (`npm run test:ops`). */
const HELPERS = ["behaviors", "helpers", "ops", "proofs", "solidity"];

const WITHOUT_BUILD: Step[] = [
  { name: "build", command: "hardhat", args: ["build", "--quiet"] },
  { name: "proofs", command: "node", args: ["tools/prove.ts"] },
  { name: "prettier", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
  { name: "solhint", command: "solhint", args: ["--noPoster", "--max-warnings", "0", "contracts/**/*.sol"] },
];
const WITH_BUILD: Step[] = [
  mocha("model", (folder) => MODEL.includes(folder)),
  mocha("contracts", (folder) => ![...PROPERTIES, ...MODEL, ...SCRIPTS, ...HELPERS].includes(folder)),
  { name: "eslint", command: "eslint", args: ["."] },
  { name: "imports", command: "npm", args: ["run", "--silent", "imports"] },
  mocha("scripts", (folder) => SCRIPTS.includes(folder)),
  mocha("properties", (folder) => PROPERTIES.includes(folder)),
  { name: "tests: solidity", command: "hardhat", args: ["test", "solidity", "--no-compile"] },
  types("types", "."),
  types("types: app", "app"),
  types("types: app tests", "test/app"),
];

/** Types are checked by the native compiler, in a quarter of the time; eslint's rules need the one that is written in TypeScript. */
function types(name: string, project: string): Step {
  return { name, command: "node", args: ["node_modules/typescript-native/bin/tsc", "--noEmit", "-p", project] };
}

/** Mocha's tests in the chosen folders of `test/`; a file that stands in `test/` itself counts by its name. */
function mocha(name: string, chosen: (folder: string) => boolean): Step {
  const files = readdirSync("test")
    .filter(chosen)
    .flatMap((entry) =>
      entry.endsWith(".ts")
        ? [join("test", entry)]
        : readdirSync(join("test", entry), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => join("test", entry, file)),
    );
  return { name: `tests: ${name}`, command: "hardhat", args: ["test", "mocha", "--no-compile", ...files] };
}

/** What the test runner's last line of this kind says, as in `12 passing (4 solidity, 8 mocha)`; 0 without one. */
function count(result: StepResult, word: string): number {
  const lines = result.output.match(new RegExp(String.raw`^\s*\d+ ${word}\b`, "gm")) ?? [];
  return Number.parseInt(lines.at(-1)?.trim() ?? "0", 10);
}

/** Whatever its exit code says: a step that tells of failed tests has failed. */
function succeeded(result: StepResult): boolean {
  return result.ok && count(result, "failing") === 0;
}

function report(result: StepResult): void {
  if (!succeeded(result)) process.stdout.write(result.output);
  const [passed, failed] = [count(result, "passing"), count(result, "failing")];
  const tests = (passed === 0 ? "" : `, ${passed} passed`) + (failed === 0 ? "" : `, ${failed} failed`);
  console.log(`${succeeded(result) ? "ok  " : "FAIL"} ${result.name} (${result.seconds.toFixed(1)} s${tests})`);
}

const results = await runSteps(WITHOUT_BUILD, report);
const built = results.find(({ name }) => name === "build");
if (built?.ok === true) results.push(...(await runSteps(WITH_BUILD, report)));

const tests = results.filter(({ name }) => name.startsWith("tests: "));
const sum = (word: string): number => tests.reduce((total, result) => total + count(result, word), 0);
console.log(`\n${sum("passing")} passed, ${sum("failing")} failed`);
// A step of tests in which none ran has failed, whatever its exit code says.
process.exit(
  results.every(succeeded) && tests.length > 0 && tests.every((result) => count(result, "passing") > 0) ? 0 : 1,
);
