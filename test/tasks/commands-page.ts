// Runs the examples of docs/COMMANDS.md and of docs/MONITORING.md, each in their order, against one node: what sends is first run dry.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { parseDuration } from "@termstake/sdk/units";
import { expect } from "chai";
import hre from "hardhat";
import { ArgumentType, type OptionDefinition } from "hardhat/types/arguments";
import { z } from "zod";

import { tasks } from "../../tasks/index.ts";
import { toJson } from "../../tasks/lib/command.ts";
import { EXIT } from "../../tasks/lib/exit-codes.ts";
import { documentedPaths, pathsOf } from "../helpers/json-shape.ts";
import { standAsSafe } from "../helpers/safe.ts";
import { answer, taskStage } from "../helpers/tasks.ts";

const PAGES = ["docs/COMMANDS.md", "docs/MONITORING.md"];
const pages = await Promise.all(PAGES.map(async (file) => readFile(file, "utf8")));
const scheduledBy = z.object({
  scheduled: z.array(z.object({ id: z.string() })).optional(),
  pool: z.string().optional(),
});

/** Lines of a page's examples. */
function examples(page: string): string[] {
  return [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) =>
    block
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .filter((line) => line !== ""),
  );
}

/** Words of a command line, with variables filled in. */
function words(line: string, variables: Readonly<Record<string, string>>): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replace(/\$([A-Z]+)/g, (_, name: string) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`Nothing says what $${name} is`);
      return value;
    }),
  );
}

/** Arguments of a task as Hardhat reads them. */
function parse(name: string, rest: readonly string[]): Record<string, unknown> {
  const task = hre.tasks.getTask(name);
  const args: Record<string, unknown> = {};
  const positional = task.positionalArguments.map((argument) => argument.name);
  const queue = [...rest];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith("--")) {
      const argument = positional.shift();
      if (argument === undefined) throw new Error(`${name} takes no "${word}"`);
      args[argument] = word;
      continue;
    }
    const option = word.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (option === "network") {
      queue.shift();
      continue;
    }
    const definition: OptionDefinition | undefined = task.options.get(option);
    if (definition === undefined) throw new Error(`${name} has no option ${word}`);
    args[option] =
      definition.type === ArgumentType.FLAG
        ? true
        : definition.type === ArgumentType.INT || definition.type === ArgumentType.FLOAT
          ? Number(queue.shift())
          : queue.shift();
  }
  return args;
}

/** Names of values that commands answered with, by command. */
const seen = new Map<string, Set<string>>();

function see(name: string, value: unknown): void {
  const paths = seen.get(name) ?? new Set();
  seen.set(name, paths);
  // As a program reads it: whole numbers are strings, and what is undefined is not there.
  for (const path of value === undefined ? [] : pathsOf(JSON.parse(toJson(value)))) paths.add(path);
}

/** Runs a watch once more, for its lines. */
async function seeLines(args: Readonly<Record<string, unknown>>): Promise<void> {
  const { run, directory } = await taskStage();
  const [database, output] = ["lines.sqlite", "lines.jsonl"].map((file) => path.join(directory, file));
  answer(await run("watch", { ...args, json: true, database, output }));
  const lines = (await readFile(output ?? "", "utf8")).trimEnd().split("\n");
  for (const line of lines) {
    const told = z.looseObject({ kind: z.string(), args: z.unknown() }).parse(JSON.parse(line));
    if (told.kind === "event") see("watch", { ...told, args: "" }); // each event has its own
  }
}

describe("docs/COMMANDS.md and docs/MONITORING.md", () => {
  it("has an example of each command", () => {
    for (const { id } of tasks)
      expect(pages.join("\n"), id.join(" ")).to.match(new RegExp(`^npx hardhat ${id.join(" ")}( |$)`, "m"));
  });

  // One test, since what commands answer is seen while the examples run.
  it("shows commands that work, one after the other, and says what each answers with --json, and nothing that it does not", async () => {
    for (const page of pages) await play(page);
    expectDocumentedAnswers();
  });

  it("lists the exit codes as the code has them", () => {
    const [, table = ""] = /^## Exit codes\n(.*?)(?=^## )/ms.exec(pages.join("\n")) ?? [];
    const listed = [...table.matchAll(/^\| (\d) +\| `(\w+)` +\|/gm)].map(([, code, name]) => [name, Number(code)]);
    expect(Object.fromEntries(listed)).to.deep.equal(EXIT);
  });
});

/** Runs a page's examples in their order, and takes back what they did. */
async function play(page: string): Promise<void> {
  const { connection, accounts, directory, run } = await taskStage();
  const snapshot = await connection.networkHelpers.takeSnapshot();
  try {
    const variables: Record<string, string> = { ...accounts };
    for (const line of examples(page)) {
      const [, wait] = /^# (.*) later$/.exec(line) ?? [];
      if (wait !== undefined) await connection.networkHelpers.time.increase(parseDuration(wait));
      if (!line.startsWith("npx hardhat ")) continue;
      const [name = "", ...rest] = words(line, variables).slice(2);
      const args = parse(name, rest);
      for (const file of ["claims", "propose", "output", "database"]) {
        const given = args[file];
        if (typeof given === "string") args[file] = path.join(directory, given);
      }
      const running = async (more: object) =>
        run(name, { ...args, ...more }).then((ran) => ({ ...ran, stderr: `${line}\n${ran.stderr}` }));
      if (hre.tasks.getTask(name).options.has("propose") && args["propose"] === undefined) {
        const block = await connection.ethers.provider.getBlockNumber();
        const dry = await running({ dryRun: true, json: true, yes: false });
        see(name, answer(dry));
        expect(JSON.parse(dry.stdout), line).to.deep.equal(JSON.parse(toJson(dry.value)));
        expect(await connection.ethers.provider.getBlockNumber(), line).to.equal(block);
      }
      // Whoever proposes is a Safe.
      const from: unknown = args["from"];
      const safe =
        args["propose"] === undefined || typeof from !== "string" ? undefined : await standAsSafe(connection, from);
      const ran = await running({});
      await safe?.putBack();
      const value = answer(ran);
      see(name, value);
      if (name === "watch") await seeLines(args);
      else expect(ran.stdout, line).to.match(/\S/);
      if (Array.isArray(value) || value === undefined) continue;
      const { scheduled, pool } = scheduledBy.parse(value);
      const operation = scheduled?.at(-1)?.id;
      if (operation !== undefined) variables["OPERATION"] = operation;
      if (name === "pool:create" && pool !== undefined) variables["POOL"] = pool;
    }
    // If chain and protocol config differ after all that, the command says so by its exit code as well.
    const verified = await run("verify:deployment");
    const { findings } = z.object({ findings: z.array(z.unknown()) }).parse(verified.value);
    expect(verified.exitCode).to.equal(findings.length === 0 ? EXIT.done : EXIT.drift);
    see("verify:deployment", verified.value);
  } finally {
    await snapshot.restore();
  }
}

function expectDocumentedAnswers(): void {
  const documented = documentedPaths(pages.join("\n"));
  const ofSending = documented.get("every command that sends") ?? new Set();
  const [all, own] = [new Set<string>(), (name: string) => documented.get(name) ?? new Set()];
  for (const [name, paths] of seen) {
    const sends = hre.tasks.getTask(name).options.has("propose");
    const known = [...own(name), ...(sends ? ofSending : [])];
    expect(known, name).to.include.members([...paths]);
    expect([...paths], name).to.include.members([...own(name)]);
    for (const path of paths) all.add(path);
  }
  expect([...all]).to.include.members([...ofSending]);
  expect([...seen.keys()].sort()).to.deep.equal(tasks.map(({ id }) => id.join(":")).sort());
}
