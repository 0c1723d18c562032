// `npm run rehearse [-- --hardfork cancun] [--docs]`: plays the runbook of docs/OPERATIONS.md, from an empty key to the last withdrawal, on two clients
// that have nothing in common but the protocol, each as Sepolia; both have to give the same results, to the unit and the gas.
import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";

import ora from "ora";

import { CLIENTS, HARDFORKS } from "./rehearse/clients.ts";
import { rehearse, type Played, type Rehearsal } from "./rehearse/rehearsal.ts";

const DOCUMENT = new URL("../docs/OPERATIONS.md", import.meta.url);
const MARKS = ["<!-- rehearsal -->", "<!-- /rehearsal -->"] as const;

const { values: options } = parseArgs({
  options: { docs: { type: "boolean", default: false }, hardfork: { type: "string", default: "osaka" } },
});
const hardfork = HARDFORKS.find((name) => name === options.hardfork);
if (hardfork === undefined) throw new Error(`--hardfork is ${HARDFORKS.join(" or ")}, not ${options.hardfork}`);

function difference(first: Rehearsal, second: Rehearsal): string | undefined {
  for (const [i, played] of first.record.entries()) {
    const other = second.record[i];
    if (isDeepStrictEqual(played, other)) continue;
    const write = (each: Played | undefined) =>
      JSON.stringify(each, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
    return `"${played.what}" differs.\n${first.client}: ${write(played)}\n${second.client}: ${write(other)}`;
  }
  return undefined;
}

function tableOf(record: readonly Played[]): string {
  const short = (command: string) => command.replaceAll(/0x([0-9a-fA-F]{4})[0-9a-fA-F]{16,}/g, "0x$1…");
  const rows = record
    .filter(({ shown }) => shown)
    .map(
      ({ what, by, command, gas }) =>
        `| ${what} | ${by ?? ""} | \`${short(command)}\` | ${gas?.toLocaleString("en") ?? "–"} |`,
    );
  return ["| step | who | command | gas |", "| --- | --- | --- | ---: |", ...rows].join("\n");
}

async function updateDocument(table: string): Promise<void> {
  const text = await readFile(DOCUMENT, "utf8");
  const [start, end] = MARKS;
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/OPERATIONS.md has no ${start} … ${end}`);
  await writeFile(DOCUMENT, `${text.slice(0, from)}${start}\n${table}\n${text.slice(to)}`);
}

const progress = ora().start();
const rehearsals: Rehearsal[] = [];
try {
  for (const client of CLIENTS) {
    const started = Date.now();
    let steps = 0;
    const tell = (what: string) => {
      steps += 1;
      progress.text = `${client.name}, step ${steps}: ${what}`;
      if (!process.stderr.isTTY) console.error(progress.text);
    };
    rehearsals.push(await rehearse(client, hardfork, tell));
    progress.stopAndPersist({
      symbol: "✔",
      text: `${client.name}: ${steps} steps in ${Math.round((Date.now() - started) / 1_000)} s`,
    });
    progress.start();
  }
} catch (error) {
  progress.fail();
  throw error;
} finally {
  progress.stop();
}

const [first, second] = rehearsals;
if (first === undefined || second === undefined) throw new Error("A rehearsal is of two clients");
const different = difference(first, second);
if (different !== undefined) {
  console.error(different);
  process.exit(1);
}
const table = tableOf(first.record);
if (options.docs) await updateDocument(table);
console.log(table);
console.log(
  `\nBoth clients gave the same results in all ${first.record.length} steps, with the rules of ${hardfork}: every amount, every address, all gas.`,
);
process.exit();
