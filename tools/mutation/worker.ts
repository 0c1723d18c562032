// One worker: a process that keeps compiler, chains and test files warm, and tries one mutant after the other.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { bytecodesOf, sameBytecodes, type Bytecodes, type Replacement } from "./compiler.ts";
import type { Answer, Killer, Task } from "./messages.ts";
import { CONTRACTS } from "./subjects.ts";
import { TestFile } from "./test-files.ts";

function artifactsFolder(): string {
  const folder = process.env["MUTATION_ARTIFACTS"];
  if (folder === undefined) throw new Error("MUTATION_ARTIFACTS does not say where the artifacts are");
  return folder;
}

const ARTIFACTS = artifactsFolder();

/** The build, without what the tests do not need to be told. */
function copyArtifacts(): void {
  rmSync(ARTIFACTS, { recursive: true, force: true });
  cpSync("artifacts", ARTIFACTS, { recursive: true, filter: (source) => path.basename(source) !== "build-info" });
}

function install(bytecodes: Bytecodes): void {
  for (const [contract, { creation, deployed }] of bytecodes) {
    const file = path.join(ARTIFACTS, `${contract.replace(":", "/")}.json`);
    const artifact: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof artifact !== "object") throw new Error(`${file} is no artifact`);
    writeFileSync(file, JSON.stringify({ ...artifact, bytecode: creation, deployedBytecode: deployed }));
  }
}

copyArtifacts();
const originals = bytecodesOf(CONTRACTS);
install(originals);

const files = new Map<string, TestFile>();

async function testFile(file: string): Promise<TestFile> {
  const loaded = files.get(file) ?? (await TestFile.load(path.resolve(file)));
  files.set(file, loaded);
  return loaded;
}

function compiled(task: Task, optimized: boolean, replacement?: Replacement): Bytecodes | undefined {
  try {
    return bytecodesOf(task.contracts, replacement === undefined ? { optimized } : { optimized, replacement });
  } catch {
    return undefined;
  }
}

/** What is the same to the optimizer is the same to every test, those included that are yet to be written. */
function isEquivalent(task: Task, replacement: Replacement): boolean {
  const [mutated, original] = [compiled(task, true, replacement), compiled(task, true)];
  return mutated !== undefined && original !== undefined && sameBytecodes(mutated, original);
}

async function firstFailure({ suspect, tests }: Task): Promise<Killer | undefined> {
  if (suspect !== undefined) {
    const title = await (await testFile(suspect.file)).run(suspect.title);
    if (title !== undefined) return { file: suspect.file, title };
  }
  for (const file of tests) {
    const title = await (await testFile(file)).run();
    if (title !== undefined) return { file, title };
  }
  return undefined;
}

async function attempt(task: Task): Promise<Answer> {
  const { replacement } = task;
  if (replacement === undefined) {
    const failure = await firstFailure(task);
    return failure === undefined ? { outcome: "survived" } : { outcome: "killed", by: failure };
  }
  const mutated = compiled(task, false, replacement);
  if (mutated === undefined) return { outcome: "uncompilable" };
  if (sameBytecodes(mutated, originals)) return { outcome: "equivalent" };

  install(mutated);
  const failure = await firstFailure(task);
  install(new Map([...originals].filter(([contract]) => mutated.has(contract))));
  if (failure === undefined) return { outcome: isEquivalent(task, replacement) ? "equivalent" : "survived" };

  // The test that failed has to pass again on the contract as it is: otherwise it was not the change that it saw.
  const relapse = await (await testFile(failure.file)).run(failure.title);
  return relapse === undefined ? { outcome: "killed", by: failure } : { outcome: "unsound", by: failure };
}

process.on("message", (task: Task) => {
  const started = performance.now();
  void attempt(task).then((answer) => {
    process.send?.({ ...answer, seconds: (performance.now() - started) / 1000 });
  });
});
// A promise that a failed test left behind rejects when nobody waits for it any more.
process.on("unhandledRejection", () => undefined);
// Nobody is left to answer.
process.on("disconnect", () => process.exit());
process.send?.({ outcome: "ready" });
