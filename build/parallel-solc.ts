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
  const code = new Map(Object.entries(sources).map(([file, { content }]) => [file, codeOf(content)]));
  const together = families(code);
  const rest = [...code.keys()].filter((file) => !together.flat().includes(file));
  const weighed = [
    ...together.map((files) => ({ files, weight: weightOf(files, code) })),
    // Only a syntax tree is made of what is no contract, in about a tenth of the time.
    ...rest.map((file) => ({ files: [file], weight: (sources[file]?.content.length ?? 0) / 10 })),
  ];
  const parts: [string[], string[]] = [[], []];
  const loads: [number, number] = [0, 0];
  for (const { files, weight } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    const part = loads[0] <= loads[1] ? 0 : 1;
    parts[part].push(...files);
    loads[part] += weight;
  }
  return parts;
}

/** The code of files, without comments; of an interface nothing, as no code is generated for it. */
type Code = ReadonlyMap<string, string>;

function codeOf(content: string): string {
  const code = content.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
  return /^interface\s/m.test(code) ? "" : code;
}

/** The files that contain contracts, each with those of the contracts that it creates. */
function families(code: Code): string[][] {
  const contracts = [...code].filter(([, text]) => /^contract\s/m.test(text)).map(([file]) => file);
  const withCreated = contracts.map((file) => [
    file,
    ...importsOf(file, code).flatMap((used) => (used.how === "created" ? [used.file] : [])),
  ]);
  const created = new Set(withCreated.flatMap(([, ...files]) => files));
  return withCreated.filter(([file = ""]) => !created.has(file));
}

/** Characters of the code that contracts are made of: their own, their bases', their libraries', and of what they create. */
function weightOf(files: readonly string[], code: Code): number {
  const parts = new Set(files);
  for (const part of parts) for (const { file, how } of importsOf(part, code)) if (how !== "named") parts.add(file);
  return [...parts].reduce((sum, part) => sum + (code.get(part) ?? "").replaceAll(/\s+/g, " ").length, 0);
}

interface Import {
  readonly file: string;
  /** What makes the compiler generate code of it, or that it is only named. */
  readonly how: "created" | "inherited" | "library" | "named";
}

/** The files that a file imports from, and how it uses them. */
function importsOf(file: string, code: Code): Import[] {
  const text = code.get(file) ?? "";
  return [...text.matchAll(/^import \{([^}]+)\} from "([^"]+)"/gm)].flatMap(([, names = "", path = ""]) => {
    const name = `(${names.split(",").join("|").replaceAll(/\s/g, "")})`;
    const created = new RegExp(String.raw`\bnew ${name}\b|\btype\(${name}\)\.creationCode`).test(text);
    const inherited = new RegExp(String.raw`\bis\b[^{]*\b${name}\b`).test(text);
    return [...code]
      .filter(([source]) => source.endsWith(`/${path.split("/").at(-1) ?? ""}`))
      .map(([source, imported]) => {
        const how = /^library\s/m.test(imported) ? "library" : "named";
        return { file: source, how: created ? "created" : inherited ? "inherited" : how };
      });
  });
}
