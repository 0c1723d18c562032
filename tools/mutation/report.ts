// What a full run found, as numbers and as docs/MUTATION.md.
import { writeFileSync } from "node:fs";

import type { Argument } from "./arguments.ts";
import type { Mutant } from "./mutants.ts";
import { OPERATORS } from "./operators.ts";
import type { Result } from "./results.ts";

const FILE = new URL("../../docs/MUTATION.md", import.meta.url);

/** Of the mutants that tests can tell from the original, the least percentage that they have to. */
export const THRESHOLD = 97;

export interface Tried {
  mutant: Mutant;
  result: Result;
}

export interface Counts {
  mutants: number;
  killed: number;
  survived: number;
  /** Survivors whose equivalence a second reader tried to refute, and could not. */
  confirmed: number;
  equivalent: number;
  uncompilable: number;
  /** Percentage of what compiled and differs, confirmed equivalents apart. */
  score: number;
}

type Reasons = ReadonlyMap<string, Argument>;

export function count(tried: readonly Tried[], reasons: Reasons): Counts {
  const having = (...outcomes: Result["outcome"][]) =>
    tried.filter(({ result }) => outcomes.includes(result.outcome)).length;
  const [killed, survived] = [having("killed", "timeout"), having("survived")];
  const confirmed = survivorsOf(tried).filter(({ mutant }) => reasons.get(mutant.id)?.tried !== undefined).length;
  const told = killed + survived - confirmed;
  return {
    mutants: tried.length,
    killed,
    survived,
    confirmed,
    equivalent: having("equivalent"),
    uncompilable: having("uncompilable"),
    score: told === 0 ? 100 : (100 * killed) / told,
  };
}

/** What is wrong with a full run; nothing, if all is well. */
export function complaints(tried: readonly Tried[], reasons: Reasons): string[] {
  const found: string[] = [];
  const { score } = count(tried, reasons);
  if (score < THRESHOLD) found.push(`The tests kill ${score.toFixed(1)} %, less than ${THRESHOLD} %`);
  const survivors = new Map(survivorsOf(tried).map(({ mutant }) => [mutant.id, mutant]));
  for (const [id, mutant] of survivors) {
    if (!reasons.has(id)) found.push(`${id} survives without an argument: ${describe(mutant)}`);
  }
  for (const id of reasons.keys()) if (!survivors.has(id)) found.push(`${id} has an argument and does not survive`);
  return found;
}

export function describe({ file, line, where, before, after }: Mutant): string {
  return `${file}:${line} ${where}: ${before} → ${after === "" ? "(nothing)" : after}`;
}

function survivorsOf(tried: readonly Tried[]): Tried[] {
  return tried.filter(({ result }) => result.outcome === "survived");
}

function groupBy(tried: readonly Tried[], key: (mutant: Mutant) => string): Map<string, Tried[]> {
  const groups = new Map<string, Tried[]>();
  for (const each of tried) groups.set(key(each.mutant), [...(groups.get(key(each.mutant)) ?? []), each]);
  return groups;
}

function row(...cells: (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function head(...cells: string[]): string[] {
  return [row(...cells), row(...cells.map((_, index) => (index === 0 ? "---" : "---:")))];
}

function figures({
  mutants,
  killed,
  survived,
  confirmed,
  equivalent,
  uncompilable,
  score,
}: Counts): (string | number)[] {
  return [mutants, killed, survived, confirmed, equivalent, uncompilable, `${score.toFixed(1)} %`];
}

const FIGURES = ["mutants", "killed", "survived", "of them confirmed", "same code", "do not compile", "score"];

function operatorTable(tried: readonly Tried[], reasons: Reasons): string[] {
  const groups = groupBy(tried, ({ operator }) => operator);
  const rows = Object.entries(OPERATORS).map(([operator, what]) =>
    row(`${operator}: ${what}`, ...figures(count(groups.get(operator) ?? [], reasons))),
  );
  return [...head("operator", ...FIGURES), ...rows];
}

function sourceTable(tried: readonly Tried[], reasons: Reasons): string[] {
  const rows = [...groupBy(tried, ({ file }) => file)].map(([file, group]) =>
    row(`\`${file.replace("contracts/", "")}\``, ...figures(count(group, reasons))),
  );
  return [...head("source", ...FIGURES), ...rows, row("all", ...figures(count(tried, reasons)))];
}

function operatorsBySource(tried: readonly Tried[]): string[] {
  const operators = Object.keys(OPERATORS);
  const rows = [...groupBy(tried, ({ file }) => file)].map(([file, group]) => {
    const byOperator = groupBy(group, ({ operator }) => operator);
    const counts = operators.map((operator) => byOperator.get(operator)?.length ?? 0);
    return row(`\`${file.replace("contracts/", "")}\``, ...counts);
  });
  return [...head("source", ...operators), ...rows];
}

/** As code in a table's cell. */
function code(written: string): string {
  const short = written.length > 110 ? `${written.slice(0, 110)}…` : written;
  return short === "" ? "(nothing)" : `\`${short.replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}

function survivorTable(tried: readonly Tried[], reasons: Reasons): string[] {
  const rows = survivorsOf(tried).map(({ mutant: { id, file, line, before, after } }) =>
    row(
      `\`${file.replace("contracts/", "")}:${line}\` (${id})`,
      `${code(before)} → ${code(after)}`,
      reasons.get(id)?.why ?? "**none yet**",
      reasons.get(id)?.tried ?? "–",
    ),
  );
  return [
    "| survivor | change | why no test can or need tell | what a second reader tried |",
    "| --- | --- | --- | --- |",
    ...rows,
  ];
}

export function writeReport(tried: readonly Tried[], reasons: Reasons): void {
  const timeouts = tried.filter(({ result }) => result.outcome === "timeout").length;
  const lines = [
    "# Mutation testing",
    "",
    "Written by `npm run test:mutation`, which changes the contracts one thing at a time and runs the tests: a change that no",
    "test notices is a gap in the tests, or needs the argument that it has below.",
    "",
    "A change is made where the compiler's syntax tree has what it changes. Each mutant is compiled by itself, without the",
    "optimizer, and installed in a chain of its own; the tests of the contracts that it is part of run, the likeliest first, until",
    "one fails. That one then has to pass again on the contract as it is: else the kill is not believed. Tests of gas, sizes,",
    "layouts, documents and scripts, and the Solidity tests, take no part: all of them would only kill more. Of the mutants that",
    "no test kills, those with the original's bytecode, from the optimizer, are no change at all: they are counted apart, as",
    '"same code". A mutant that takes more than three minutes counts as killed' +
      (timeouts === 0 ? "; there is none." : `; there are ${timeouts}.`),
    "",
    "The score is the share killed of those that compile and differ. A survivor counts against it unless a second reader tried to refute",
    `that it is equivalent and could not ("confirmed"). It has to be ${THRESHOLD} % or more, every survivor needs its argument in`,
    "`tools/mutation/equivalent.json5`, and every argument a survivor.",
    "",
    "No tool that there is works here: Gambit, slither-mutate and universalmutator come without a package for Node and start one",
    "build a mutant, vertigo-rs drives Hardhat 2 or Foundry, SUMO calls an option that Hardhat 3 refuses.",
    "",
    "## By source",
    "",
    ...sourceTable(tried, reasons),
    "",
    "## By operator",
    "",
    "An operator leaves out what another one already does, and what any test of another one would notice too.",
    "",
    ...operatorTable(tried, reasons),
    "",
    "Mutants of each:",
    "",
    ...operatorsBySource(tried),
    "",
    "## Survivors",
    "",
    ...survivorTable(tried, reasons),
    "",
  ];
  writeFileSync(FILE, lines.join("\n"));
}
