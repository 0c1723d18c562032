// What `--help` tells of every command: it is written from the definitions.
import { readdir } from "node:fs/promises";

import { expect } from "chai";
import hre from "hardhat";
import { ArgumentType } from "hardhat/types/arguments";

import { tasks } from "../../tasks/index.ts";

const READING = ["json", "factory", "lens", "distributor", "insuranceFund", "brake", "fromBlock", "patience"];
const SENDING = ["from", "yes", "dryRun", "confirmations", "timeout", "journal", "propose"];
/** A description is a few words for people, and no whole sentence. */
const DESCRIPTION = /^["A-Z].{5,}[^.]$/;

describe("definitions of commands", () => {
  for (const { id } of tasks) {
    const name = id.join(":");
    it(`describe ${name} and everything that it takes, with types and the common options`, () => {
      const task = hre.tasks.getTask(name);
      expect(task.description, name).to.match(DESCRIPTION);
      for (const { name: argument, description } of task.positionalArguments)
        expect(description, argument).to.match(DESCRIPTION);
      for (const [option, { description, type, defaultValue }] of task.options) {
        expect(description, option).to.match(DESCRIPTION);
        expect(option).to.match(/^[a-z][a-zA-Z]*$/);
        // An empty default would pass for an answer.
        expect(defaultValue, option).not.to.equal("");
        if (typeof defaultValue === "number") expect([ArgumentType.INT, ArgumentType.FLOAT], option).to.include(type);
        if (typeof defaultValue === "boolean") expect(type, option).to.equal(ArgumentType.FLAG);
      }
      expect([...task.options.keys()]).to.include.members(READING);
      const common = SENDING.filter((option) => task.options.has(option));
      if (task.options.has("propose")) expect(common).to.deep.equal(SENDING);
    });
  }

  it("are all registered, one a file", async () => {
    const files = (await readdir("tasks")).filter((file) => file.endsWith(".ts") && file !== "index.ts");
    const names = tasks.map(({ id }) => id.join(":"));
    expect(names.map((name) => `${name.replace(":", "-")}.ts`).sort()).to.deep.equal(files.sort());
  });
});
