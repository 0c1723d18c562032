import type { SolidityHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

type Sources = CompilerInput["sources"];
type Selection = CompilerInput["settings"]["outputSelection"];

/**
 * Compiles what goes through the IR pipeline in two halves side by side: the compiler has one thread, and nearly all of its time is
 * code generation, of which each half does its own. Both see all sources and the same settings, so that code and metadata are what one
 * run makes.
 */
export const parallelSolc: HardhatPlugin = {
  id: "termstake-parallel-solc",
  hookHandlers: { solidity: () => Promise.resolve({ default: () => Promise.resolve(hooks) }) },
};

const hooks: Partial<SolidityHooks> = {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other hook sees what the compiler is asked; Hardhat is pinned
  invokeSolc: async (context, compiler, input, config, next) => {
    const [first, second] = halves(input.sources);
    if (input.settings.viaIR !== true || second.length === 0) return next(context, compiler, input, config);
    const run = (files: readonly string[]) => {
      const outputSelection = selectionOf(files, input.settings.outputSelection);
      return next(context, compiler, { ...input, settings: { ...input.settings, outputSelection } }, config);
    };
    const [one, other] = await Promise.all([run(first), run(second)]);
    return merged(one, other);
  },
};

/** What was asked of every file, for some of them. A wildcard, even for syntax trees alone, would have the code of all generated. */
function selectionOf(files: readonly string[], whole: Selection): Selection {
  return Object.fromEntries(files.map((file) => [file, whole["*"] ?? {}]));
}

function merged(one: CompilerOutput, other: CompilerOutput): CompilerOutput {
  const known = new Set(one.errors?.map(({ formattedMessage }) => formattedMessage));
  const errors = [...(one.errors ?? []), ...(other.errors ?? []).filter((error) => !known.has(error.formattedMessage))];
  // Each names all sources, and has the syntax trees of its own.
  const sources = Object.fromEntries(
    Object.entries(one.sources).map(([file, source]) => [file, { ...other.sources[file], ...source }]),
  );
  return { ...one, errors, sources, contracts: { ...one.contracts, ...other.contracts } };
}

/**
 * Two halves of about the same work: the largest first, each to the half that has less. A contract and what it creates stay together, as
 * one run generates the code of what both share only once.
 */
function halves(sources: Sources): [string[], string[]] {
  const parts: [string[], string[]] = [[], []];
  const loads = [0, 0];
  const all = families(sources);
  const rest = Object.keys(sources).filter((file) => !all.flat().includes(file));
  const weighed = [...all, ...rest.map((file) => [file])].map((files) => ({ files, weight: weightOf(files, sources) }));
  for (const { files, weight } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    const part = (loads[0] ?? 0) <= (loads[1] ?? 0) ? 0 : 1;
    parts[part].push(...files);
    loads[part] = (loads[part] ?? 0) + weight;
  }
  return parts;
}

/** The files that contain contracts, each with those of the contracts that it creates. */
function families(sources: Sources): string[][] {
  const all = Object.keys(sources).filter((file) => isContract(codeOf(file, sources)));
  const created = new Map(all.map((file) => [file, importsOf(file, sources).filter(({ how }) => how === "created")]));
  const children = new Set([...created.values()].flat().map(({ file }) => file));
  return all
    .filter((file) => !children.has(file))
    .map((file) => [file, ...(created.get(file) ?? []).map((child) => child.file)]);
}

/**
 * Characters of the code that contracts are made of: their own, their bases', their libraries', and of what they create. Of what is no
 * contract only a syntax tree is made, for about a tenth of the time.
 */
function weightOf(files: string[], sources: Sources): number {
  const [file = ""] = files;
  if (!isContract(codeOf(file, sources))) return (sources[file]?.content.length ?? 0) / 10;
  const parts = new Set(files);
  for (const part of parts) for (const { file, how } of importsOf(part, sources)) if (how !== "named") parts.add(file);
  return [...parts].reduce((sum, part) => sum + codeOf(part, sources).replaceAll(/\s+/g, " ").length, 0);
}

/** The files that a file imports from, and how it uses them: only to name types and constants, or to generate code. */
function importsOf(
  file: string,
  sources: Sources,
): { file: string; how: "created" | "inherited" | "library" | "named" }[] {
  const code = codeOf(file, sources);
  return [...code.matchAll(/^import \{([^}]+)\} from "([^"]+)"/gm)].flatMap(([, names = "", path = ""]) => {
    const name = `(${names.split(",").join("|").replaceAll(/\s/g, "")})`;
    const created = new RegExp(String.raw`\bnew ${name}\b|\btype\(${name}\)\.creationCode`).test(code);
    const inherited = new RegExp(String.raw`\bis\b[^{]*\b${name}\b`).test(code);
    return Object.keys(sources)
      .filter((source) => source.endsWith(`/${path.split("/").at(-1) ?? ""}`))
      .map((source) => {
        const isLibrary = /^library\s/m.test(codeOf(source, sources));
        return { file: source, how: created ? "created" : inherited ? "inherited" : isLibrary ? "library" : "named" };
      });
  });
}

function isContract(code: string): boolean {
  return /^contract\s/m.test(code);
}

/** A file without its comments; of an interface nothing, as no code is generated for it. */
function codeOf(file: string, sources: Sources): string {
  const code = (sources[file]?.content ?? "").replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
  return /^interface\s/m.test(code) ? "" : code;
}
