// Runs the examples of docs/COMMANDS.md and of docs/MONITORING.md, each in their order, against one node.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";
import { ArgumentType, type OptionDefinition } from "hardhat/types/arguments";
import hre from "hardhat";
import { z } from "zod";

import { parseDuration } from "../../scripts/lib/units.ts";
import { tasks } from "../../tasks/index.ts";
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

describe("docs/COMMANDS.md and docs/MONITORING.md", () => {
  it("has an example of each command", () => {
    for (const { id } of tasks)
      expect(pages.join("\n"), id.join(" ")).to.match(new RegExp(`^npx hardhat ${id.join(" ")}( |$)`, "m"));
  });

  for (const [i, page] of pages.entries()) {
    it(`shows commands that work, one after the other: ${PAGES[i] ?? ""}`, async () => {
      const { connection, accounts, directory, run } = await taskStage();
      const snapshot = await connection.networkHelpers.takeSnapshot();
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
        const value = answer(await run(name, args).then((ran) => ({ ...ran, stderr: `${line}\n${ran.stderr}` })));
        if (Array.isArray(value) || value === undefined) continue;
        const { scheduled, pool } = scheduledBy.parse(value);
        const operation = scheduled?.at(-1)?.id;
        if (operation !== undefined) variables["OPERATION"] = operation;
        if (name === "pool:create" && pool !== undefined) variables["POOL"] = pool;
      }
      await snapshot.restore();
    }).timeout(120_000);
  }
});
