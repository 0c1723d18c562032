import { readFile, writeFile } from "node:fs/promises";

import { lookUp } from "../deploy/config/protocol-config.ts";
import { casesOf } from "./cases.ts";
import { percent, short } from "./report/charts.ts";
import { play, type Played } from "./run.ts";
import { loadScenario } from "./scenario.ts";
import { type CaseSummary, summarise } from "./summary.ts";

const DOCUMENT = new URL("../docs/ECONOMICS.md", import.meta.url);

/** The scenarios that ship to be read. */
export const EXAMPLES = ["conservative", "liquidity", "overpromised"] as const;

/** The document as it is, and as its examples' figures say that it must be. */
export async function economics(): Promise<{ current: string; correct: string }> {
  const current = await readFile(DOCUMENT, "utf8");
  let correct = current;
  for (const name of EXAMPLES) {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!between.test(correct)) throw new Error(`docs/ECONOMICS.md has no place for "${name}"`);
    const tables = await tablesOf(name);
    correct = correct.replace(between, (_, start: string, end: string) => `${start}\n${tables}\n\n${end}`);
  }
  return { current, correct };
}

/** Writes the examples' figures into the document. */
export async function writeEconomics(): Promise<void> {
  await writeFile(DOCUMENT, (await economics()).correct);
}

async function tablesOf(name: string): Promise<string> {
  const scenario = await loadScenario(new URL(`scenarios/${name}.json5`, import.meta.url));
  const cases = casesOf(scenario).map((course) => play(scenario, course));
  const summaries = cases.map(summarise);
  const [base] = cases;
  const [summary] = summaries;
  if (base === undefined || summary === undefined) throw new Error("There is no base case");
  return `${cohortTable(summary)}\n\n${caseTable(base, summaries)}`;
}

function cohortTable({ cohorts }: CaseSummary): string {
  const rows = cohorts.map((c) => [
    c.name,
    `${c.cameIn} of ${c.stakers}`,
    percent(c.apr),
    percent(c.apy),
    ...[c.worth.paidIn, c.worth.priceChange, c.worth.impermanentLoss, c.worth.rewards, c.worth.penalties].map(short),
    short(c.worth.out),
  ]);
  const head = [
    "cohort",
    "came in",
    "net APR",
    "net APY",
    "paid in",
    "price",
    "imp. loss",
    "rewards",
    "penalties",
    "out",
  ];
  return markdown(head, rows);
}

function caseTable(base: Played, summaries: readonly CaseSummary[]): string {
  const rows = summaries.map(({ title, peakWorth, finalWorth, turnedAway, pools, schedules, cohorts }) => {
    const out = cohorts.reduce((sum, { worth }) => sum + worth.out, 0);
    const paidIn = cohorts.reduce((sum, { worth }) => sum + worth.paidIn, 0);
    const runways = [
      ...pools.flatMap(({ promised, runway }) => (promised > 0n && runway ? [runway] : [])),
      ...schedules,
    ];
    const left = runways.map(({ name, left: units, token }) => {
      const { wholeReward } = lookUp(
        base.counters,
        Object.keys(base.counters).find((pool) => base.counters[pool]?.rewardsToken === token) ?? "",
      );
      return `${name} ${short(Number(units) / wholeReward)}`;
    });
    const ends = runways.map(({ name, state, date }) => `${name} ${state}${date === undefined ? "" : ` ${date}`}`);
    return [
      title,
      short(peakWorth),
      short(finalWorth),
      String(turnedAway),
      percent(out / paidIn - 1),
      left.join(", "),
      ends.join(", "),
    ];
  });
  return markdown(["case", "most staked", "at the end", "turned away", "stakers' result", "money left", "until"], rows);
}

/** As prettier would write it: columns are as wide as their longest cell. */
function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(3, name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
