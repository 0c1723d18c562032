// TypeChain's types and factories for ethers, made at each build. From ABIs alone it makes factories that only connect:
// nobody who reads a pool has to load the code of one.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { abiName } from "./abi.ts";
import { PUBLISHED, readAbi } from "./contracts.ts";
import { HEADER } from "./header.ts";

/** Where the sources go: nothing else is there, and none of it is committed. */
const FOLDER = fileURLToPath(new URL("../../packages/sdk/src/typechain/", import.meta.url));
/** Names what the sources were made of. */
const MADE_OF = "made-of.txt";
const TYPECHAIN = fileURLToPath(new URL("../../node_modules/typechain/dist/cli/cli.js", import.meta.url));

/** What of TypeChain's own types callers need to name theirs. */
const COMMON = [
  "TypedContractEvent",
  "TypedContractMethod",
  "TypedDeferredTopicFilter",
  "TypedEventLog",
  "TypedListener",
];

/** Writes the types and factories of the published contracts, unless those that are there are of the same ABIs. */
export async function writeTypechain(): Promise<void> {
  const madeOf = await hashOfAbis();
  const before = await readFile(path.join(FOLDER, MADE_OF), "utf8").catch(() => undefined);
  if (before === madeOf) return;

  await rm(FOLDER, { recursive: true, force: true });
  for (const [name, source] of await typechainSources()) {
    const file = path.join(FOLDER, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, source);
  }
  // Last: what is cut off is made again.
  await writeFile(path.join(FOLDER, MADE_OF), madeOf);
}

/** Of the ABIs, and of this file, which decides what is made of them. */
async function hashOfAbis(): Promise<string> {
  const hash = createHash("sha256").update(await readFile(fileURLToPath(import.meta.url)));
  for (const contract of PUBLISHED) hash.update(JSON.stringify(await readAbi(contract)));
  return hash.digest("hex");
}

/** Sources of types and factories, by their path below the folder. */
async function typechainSources(): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const [file, source] of await runOnAbis()) {
    // Its lists of exports take everything along at once.
    if (path.basename(file) === "index.ts") continue;
    sources.set(
      file,
      file.startsWith("factories/") ? withSharedAbi(source, path.basename(file, "__factory.ts")) : source,
    );
  }
  sources.set("index.ts", indexSource(sources));
  return sources;
}

async function runOnAbis(): Promise<[file: string, source: string][]> {
  const folder = await mkdtemp(path.join(tmpdir(), "sdk-"));
  try {
    const [inputDir, outDir] = [path.join(folder, "abi"), path.join(folder, "types")];
    const files = PUBLISHED.map(({ name }) => path.join(inputDir, `${name}.json`));
    await mkdir(inputDir);
    for (const [i, contract] of PUBLISHED.entries()) {
      await writeFile(files[i] ?? "", JSON.stringify({ contractName: contract.name, abi: await readAbi(contract) }));
    }
    // In a process of its own: Hardhat's plugin changes what TypeChain writes wherever it is loaded.
    const args = ["--target", "ethers-v6", "--node16-modules", "--input-dir", inputDir, "--out-dir", outDir];
    await promisify(execFile)(process.execPath, [TYPECHAIN, ...args, ...files], { cwd: folder });
    const made = (await readdir(outDir, { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
    return await Promise.all(
      made.map(async (file): Promise<[string, string]> => [
        file.split(path.sep).join("/"),
        await readFile(path.join(outDir, file), "utf8"),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A factory that imports the contract's ABI instead of repeating it. */
function withSharedAbi(source: string, contract: string): string {
  const literal = /^const _abi = \[.*?^\] as const;$/ms;
  if (!literal.test(source)) throw new Error(`TypeChain's factory of ${contract} has no ABI where it used to be`);
  const imported = `import { ${abiName(contract)} as _abi } from "../../generated/abi/${contract}.js";`;
  return source.replace(literal, imported);
}

/** All factories, the types of contracts, the namespaces of their structs, and the types that describe events and methods. */
function indexSource(sources: ReadonlyMap<string, string>): string {
  const lines = PUBLISHED.flatMap(({ name }) => [
    `export { ${name}__factory } from "./factories/${name}__factory.js";`,
    `export type { ${name} } from "./${name}.js";`,
  ]);
  const namespaces = new Map<string, { file: string; length: number }>();
  for (const [file, source] of sources) {
    // One namespace stands in several files, each with the structs that its contract uses: the longest has all.
    for (const [whole, name = ""] of source.matchAll(/^export declare namespace (\w+) \{.*?^\}$/gms)) {
      if (whole.length > (namespaces.get(name)?.length ?? 0)) namespaces.set(name, { file, length: whole.length });
    }
  }
  const structs = [...namespaces].sort(([a], [b]) => (a < b ? -1 : 1));
  lines.push(...structs.map(([name, { file }]) => `export type { ${name} } from "./${file.replace(/\.ts$/, ".js")}";`));
  lines.push(`export type { ${COMMON.join(", ")} } from "./common.js";`);
  return `${HEADER}\n${lines.join("\n")}\n`;
}
