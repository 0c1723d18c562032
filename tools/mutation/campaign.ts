// All mutants there are, and the run over those that have no result yet.
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

import { z } from "zod";

import { compile, readSource, sourcesBelow } from "../../build/solidity-compiler.ts";
import { contentHash, mutantsOf, type Mutant } from "./mutants.ts";
import { TestOrder } from "./order.ts";
import type { Result, Results } from "./results.ts";
import { subjectOf, testsOf, type Subject } from "./subjects.ts";
import { isNode } from "./syntax.ts";
import { WorkerProcess } from "./worker-process.ts";

const trees = z.object({ sources: z.record(z.string(), z.object({ ast: z.custom(isNode) })) });

/** The mutants of these sources, by name, in the order of files and lines. */
export function mutantsIn(contents: Readonly<Record<string, string>>): Mutant[] {
  const settings = { evmVersion: "cancun", outputSelection: { "*": { "": ["ast"] } } };
  const { sources } = trees.parse(compile({ sources: contents, settings }).output);
  return Object.entries(contents).flatMap(([file, content]) => {
    const tree = sources[file]?.ast;
    return isNode(tree) ? mutantsOf(file, content, tree) : [];
  });
}

/** The sources of `contracts/`, mocks and interfaces apart. */
export async function mutatedSources(): Promise<string[]> {
  return (await sourcesBelow("contracts")).filter((file) => !/^contracts\/(?:mocks|interfaces)\//.test(file));
}

export async function allMutants(): Promise<Mutant[]> {
  return mutantsIn(Object.fromEntries((await mutatedSources()).map((file) => [file, readSource(file)])));
}

/** Hash of the tests that look at a source, and of what they share. */
export function testsHash(subject: Subject): string {
  const hash = createHash("sha256");
  for (const file of [...testsOf(subject), ...globSync("test/{helpers,behaviors}/*.ts").sort()]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 20);
}

export class Campaign {
  readonly #queue: Mutant[];
  readonly #results: Results;
  readonly #order = new TestOrder();
  readonly #tried = new Set<string>();
  readonly #finished: (result: Result) => void;

  /** Tells each result as it is there. */
  constructor(mutants: readonly Mutant[], results: Results, finished: (result: Result) => void) {
    this.#queue = [...mutants];
    this.#results = results;
    this.#finished = finished;
  }

  async run(workers: number): Promise<void> {
    const processes = Array.from({ length: workers }, (_, index) => new WorkerProcess(`worker-${index + 1}`));
    const end = () => {
      for (const each of processes) each.stop();
    };
    process.once("exit", end);
    try {
      await Promise.all(processes.map((each) => this.#work(each)));
    } finally {
      end();
      process.off("exit", end);
    }
  }

  async #work(worker: WorkerProcess): Promise<void> {
    for (let mutant = this.#queue.shift(); mutant !== undefined; mutant = this.#queue.shift()) {
      const subject = subjectOf(mutant.file);
      const tests = testsOf(subject);
      for (const test of tests) await this.#rehearse(worker, subject, test);
      const result = await this.#try(worker, mutant, subject, tests);
      this.#results.add(result);
      this.#finished(result);
    }
  }

  /** Every test has to pass on the contracts as they are, compiled as the mutants are; how long it takes is kept. */
  async #rehearse(worker: WorkerProcess, subject: Subject, test: string): Promise<void> {
    if (this.#tried.has(test)) return;
    this.#tried.add(test);
    const task = { contracts: subject.contracts, tests: [test] };
    for (let turn = 0; turn < 2; turn += 1) {
      // The second turn is the one that counts: nothing is loaded any more.
      const started = performance.now();
      const reply = await worker.run(task);
      if (reply.outcome === "killed") throw new Error(`${test} fails without a mutant: ${reply.by.title}`);
      this.#order.took(test, (performance.now() - started) / 1000);
    }
  }

  async #try(worker: WorkerProcess, mutant: Mutant, subject: Subject, tests: readonly string[]): Promise<Result> {
    const { file, content } = mutant;
    const known = this.#results.killerOf(mutant);
    const suspect = known !== undefined && tests.includes(known.file) ? known : undefined;
    const task = {
      contracts: subject.contracts,
      replacement: { file, content },
      suspect,
      tests: this.#order.of(mutant, tests),
    };
    let reply = await worker.run(task).catch(() => undefined);
    if (reply === undefined || reply.outcome === "unsound") {
      // Once more in a process of its own, as nothing before can have touched it.
      worker.stop();
      reply = await worker.run(task);
    }
    if (reply.outcome === "unsound") throw new Error(`${reply.by.file} fails without a mutant too: ${reply.by.title}`);
    if (reply.outcome === "killed") this.#order.killed(mutant, reply.by.file);
    return {
      id: mutant.id,
      content: contentHash(mutant),
      ...reply,
      ...(reply.outcome === "survived" ? { tests: testsHash(subject) } : {}),
    };
  }
}
