// The pinned compiler, asked directly: for analyses that need no code generated, which takes seconds instead of a build.
import { readdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

interface Callbacks {
  import: (name: string) => { contents: string } | { error: string };
}

interface Compiler {
  compile(input: string, callbacks: Callbacks): string;
}

const diagnostic = z.object({
  severity: z.string(),
  errorCode: z.string().optional(),
  formattedMessage: z.string(),
  message: z.string(),
});

export type Diagnostic = z.infer<typeof diagnostic>;

export interface CompileOptions {
  /** Sources by their name, as far as they are not those on disk. */
  sources: Readonly<Record<string, string>>;
  settings: Readonly<Record<string, unknown>>;
  /** Texts that stand in for an import. */
  standIns?: Readonly<Record<string, string>>;
}

function isCompiler(value: unknown): value is Compiler {
  const parts = typeof value === "object" && value !== null && "compile" in value;
  return parts && typeof value.compile === "function";
}

/** Text of a source by its name: in this project, or in a package. */
export function readSource(name: string): string {
  return readFileSync(path.join(ROOT, name.startsWith("@") ? "node_modules" : "", name), "utf8");
}

/** Names of the Solidity files below a folder of the project, sorted. */
export async function sourcesBelow(folder: string): Promise<string[]> {
  const names = await readdir(path.join(ROOT, folder), { recursive: true });
  return names
    .filter((name) => name.endsWith(".sol"))
    .map((name) => `${folder}/${name.split(path.sep).join("/")}`)
    .sort();
}

/** Compiles; throws what the compiler calls an error, and returns its output with everything else that it says. */
export function compile(options: CompileOptions): { output: unknown; diagnostics: Diagnostic[] } {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(options.sources).map(([name, content]) => [name, { content }])),
    settings: options.settings,
  };
  return run(input, (name) => {
    try {
      return { contents: options.standIns?.[name] ?? readSource(name) };
    } catch (error) {
      return { error: String(error) };
    }
  });
}

/** The output of a standard JSON input that holds all its sources; throws what the compiler calls an error. */
export function compileInput(input: object): unknown {
  return run(input, (name) => ({ error: `${name} is not in the input` })).output;
}

function run(input: object, read: Callbacks["import"]): { output: unknown; diagnostics: Diagnostic[] } {
  const compiler: unknown = createRequire(import.meta.url)("solc");
  if (!isCompiler(compiler)) throw new Error("The package solc has no compiler");
  const output: unknown = JSON.parse(compiler.compile(JSON.stringify(input), { import: read }));
  const diagnostics = z.object({ errors: z.array(diagnostic).optional() }).parse(output).errors ?? [];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length !== 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return { output, diagnostics };
}
