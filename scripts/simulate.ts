// `npm run simulate -- scenario.json5`; `--help` tells the rest.
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";

import ora from "ora";

import { BASE, casesOf } from "../simulate/cases.ts";
import { toCohortCsv, toCsv } from "../simulate/csv.ts";
import { writeEconomics } from "../simulate/docs.ts";
import { play, type Played } from "../simulate/run.ts";
import { toHtml } from "../simulate/report/page.ts";
import { describeRunway, verdictOf } from "../simulate/report/verdict.ts";
import { loadScenario } from "../simulate/scenario.ts";
import { summarise } from "../simulate/summary.ts";
import { UserError, runScript } from "../shared/user-error.ts";

const USAGE = "Usage: npm run simulate -- SCENARIO.json5 [--out DIR] [--seed N] [--base] [--json] [--benchmark]";
const HELP = `${USAGE}

Plays a programme for years before it has cost anything, and reports what comes of it.
Scenarios to begin with are in simulate/scenarios.

  --out DIR     where the report and the tables go; reports/ without it
  --seed N      another course of the same scenario
  --base        the base case alone, without stress cases
  --json        the figures for programs, nothing else, on standard output
  --benchmark   fails if it took more than 20 seconds or 1 GiB
  --docs        writes the tables of docs/ECONOMICS.md instead
  --help        this`;
const MOST_SEED = 2 ** 31 - 1;
/** What `--benchmark` allows, in seconds and MiB. */
const LIMITS = { seconds: 20, memory: 1_024 };

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        out: { type: "string", default: "reports" },
        seed: { type: "string" },
        base: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        benchmark: { type: "boolean", default: false },
        docs: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function readSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed <= MOST_SEED)) throw new UserError(`--seed: "${text}" is no whole number from 0 to ${MOST_SEED}`);
  return seed;
}

await runScript(async () => {
  const { positionals, values } = readArguments();
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.docs) {
    await writeEconomics();
    return;
  }
  const [path, ...others] = positionals;
  if (path === undefined) throw new UserError(`Which scenario? Examples are in simulate/scenarios.\n${USAGE}`);
  if (others.length > 0) throw new UserError(`One scenario at a time; "${others.join(" ")}" is too much\n${USAGE}`);

  const started = performance.now();
  const loaded = await loadScenario(resolve(path));
  const scenario = values.seed === undefined ? loaded : { ...loaded, seed: readSeed(values.seed) };
  const stakers = scenario.cohorts.reduce((sum, cohort) => sum + cohort.stakers, 0);
  const progress = ora({ text: "Starting", stream: process.stderr }).start();
  try {
    const cases: Played[] = [];
    for (const course of values.base ? [BASE] : casesOf(scenario)) {
      progress.text = `${course.title}: ${stakers} stakers, ${scenario.days} days`;
      await setImmediate(); // lets the line be drawn
      cases.push(play(scenario, course));
    }
    progress.text = "Drawing the report";
    await setImmediate();
    await mkdir(values.out, { recursive: true });
    const name = basename(path).replace(/\.json5?$/, "");
    const [report, table] = [join(values.out, `${name}.html`), join(values.out, `${name}.csv`)];
    const cohorts = join(values.out, `${name}-cohorts.csv`);
    await writeFile(report, toHtml(cases));
    await writeFile(table, toCsv(cases));
    await writeFile(cohorts, toCohortCsv(cases));

    const operations = cases.reduce((sum, played) => sum + played.operations, 0);
    const seconds = (performance.now() - started) / 1_000;
    const memory = Math.ceil(process.resourceUsage().maxRSS / 1_024);
    progress.succeed(
      `${stakers} stakers over ${scenario.days} days in ${cases.length} cases: ${operations} operations in ${seconds.toFixed(1)} s, at most ${memory} MiB`,
    );
    if (values.benchmark && (seconds > LIMITS.seconds || memory > LIMITS.memory)) {
      throw new UserError(
        `${seconds.toFixed(1)} s and ${memory} MiB; the limits are ${LIMITS.seconds} s and ${LIMITS.memory} MiB`,
      );
    }
    const summaries = cases.map(summarise);
    if (values.json) {
      const written = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
      console.log(JSON.stringify({ report, table, cohorts, seed: scenario.seed, cases: summaries }, written, 2));
      return;
    }
    for (const summary of summaries) {
      const { title, text } = verdictOf(summary);
      console.log(`${summary.title}: ${title} ${text || summary.schedules.map(describeRunway).join(" ")}`);
    }
    console.log(
      `\nReport: ${report}\nTables: ${table}, by day\n        ${cohorts}, by cohort, term and month of entry`,
    );
  } catch (error) {
    progress.fail();
    throw error;
  }
});
