// `npm run test:mutation`: tries every mutant of the contracts that has no result yet, and writes docs/MUTATION.md.
//   --contract NAME  only the sources whose path holds the name
//   --sample N       only N mutants, the same ones each time
//   --fresh          every mutant, whatever is known of it
//   --workers N      processes, two unless given
// Stopped, it goes on where it was. Fails below the threshold, and for a survivor without an argument or the reverse.
import { parseArgs } from "node:util";

import ora from "ora";

import { loadArguments } from "./arguments.ts";
import { allMutants, Campaign, testsHash } from "./campaign.ts";
import type { Mutant } from "./mutants.ts";
import { complaints, count, describe, writeReport, type Tried } from "./report.ts";
import { Results } from "./results.ts";
import { subjectOf } from "./subjects.ts";

const BAR = 30;

const { values: options } = parseArgs({
  options: {
    contract: { type: "string" },
    sample: { type: "string" },
    fresh: { type: "boolean", default: false },
    workers: { type: "string", default: "2" },
  },
});

function wholeNumber(option: string, written: string): number {
  if (!/^[1-9]\d*$/.test(written)) throw new Error(`--${option} takes a whole number, not ${written}`);
  return Number(written);
}

/** The options' share of the mutants; ids are hashes, so that the smallest are a fair sample. */
function chosen(mutants: readonly Mutant[]): Mutant[] {
  const { contract, sample } = options;
  const named = mutants.filter(({ file }) => contract === undefined || file.includes(contract));
  if (named.length === 0) throw new Error(`No source is called ${contract ?? ""}`);
  if (sample === undefined) return named;
  const ids = new Set(
    named
      .map(({ id }) => id)
      .sort()
      .slice(0, wholeNumber("sample", sample)),
  );
  return named.filter(({ id }) => ids.has(id));
}

function bar(done: number, all: number): string {
  const filled = Math.floor((BAR * done) / all);
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${done}/${all}`;
}

async function tryAll(mutants: readonly Mutant[], results: Results, workers: number): Promise<void> {
  const started = Date.now();
  const progress = ora({ text: bar(0, mutants.length), stream: process.stderr }).start();
  const outcomes = new Map<string, number>();
  let done = 0;
  const campaign = new Campaign(mutants, results, ({ outcome }) => {
    done += 1;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const tally = [...outcomes].map(([name, number]) => `${number} ${name}`).join(", ");
    const left = Math.ceil(((Date.now() - started) / 60_000 / done) * (mutants.length - done));
    progress.text = `${bar(done, mutants.length)}: ${tally}; ${left} min left`;
    // Without a terminal there is no line to write over.
    if (!process.stderr.isTTY && done % 50 === 0) console.error(progress.text);
  });
  try {
    await campaign.run(workers);
  } finally {
    progress.stop();
  }
}

const everything = await allMutants();
const mutants = chosen(everything);
const results = Results.load();
const hashes = new Map(mutants.map(({ file }) => [file, testsHash(subjectOf(file))]));
const known = (mutant: Mutant) => results.of(mutant, hashes.get(mutant.file) ?? "");
const open = mutants.filter((mutant) => options.fresh || known(mutant) === undefined);
if (open.length !== 0) await tryAll(open, results, wholeNumber("workers", options.workers));

const tried = mutants.flatMap((mutant): Tried[] => {
  const result = known(mutant);
  return result === undefined ? [] : [{ mutant, result }];
});
const reasons = loadArguments();
const { killed, survived, confirmed, equivalent, uncompilable, score } = count(tried, reasons);
console.log(
  `${mutants.length} mutants: ${killed} killed, ${survived} survived (${confirmed} confirmed as equivalent), ${equivalent} with the same code, ` +
    `${uncompilable} that do not compile; ${score.toFixed(1)} % killed`,
);
if (mutants.length === everything.length) {
  results.keepOnly(everything);
  writeReport(tried, reasons);
  const wrong = complaints(tried, reasons);
  for (const line of wrong) console.error(line);
  process.exit(wrong.length === 0 ? 0 : 1);
}
for (const { mutant, result } of tried) {
  if (result.outcome === "survived") console.log(`${reasons.has(mutant.id) ? "argued" : "GAP   "} ${describe(mutant)}`);
}
