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
    const run = (files: readonly string[], withTrees: boolean) => {
      const outputSelection = selectionOf(files, withTrees, input.settings.outputSelection);
      return next(context, compiler, { ...input, settings: { ...input.settings, outputSelection } }, config);
    };
    const [one, other] = await Promise.all([run(first, true), run(second, false)]);
    return merged(one, other);
  },
};

/** What was asked of every file, for some of them; syntax trees, which are of all files, for one half only. */
function selectionOf(files: readonly string[], withTrees: boolean, whole: Selection): Selection {
  const { "": trees = [], "*": outputs = [] } = whole["*"] ?? {};
  const selected = Object.fromEntries(files.map((file) => [file, { "*": outputs }]));
  return withTrees ? { ...selected, "*": { "": trees } } : selected;
}

function merged(one: CompilerOutput, other: CompilerOutput): CompilerOutput {
  const known = new Set(one.errors?.map(({ formattedMessage }) => formattedMessage));
  const errors = [...(one.errors ?? []), ...(other.errors ?? []).filter((error) => !known.has(error.formattedMessage))];
  return { ...one, errors, contracts: { ...one.contracts, ...other.contracts } };
}

/** Two halves of about the same work: the largest first, each to the half that has less. */
function halves(sources: Sources): [string[], string[]] {
  const weights = Object.keys(sources).map((file) => ({ file, weight: weightOf(file, sources) }));
  const parts: [string[], string[]] = [[], []];
  const loads = [0, 0];
  for (const { file, weight } of weights.toSorted((a, b) => b.weight - a.weight)) {
    const part = (loads[0] ?? 0) <= (loads[1] ?? 0) ? 0 : 1;
    parts[part].push(file);
    loads[part] = (loads[part] ?? 0) + weight;
  }
  return parts;
}

/** Characters of the code that a file's contracts are made of: its own, its bases', its libraries', and of what it creates. */
function weightOf(file: string, sources: Sources): number {
  if (!/^contract\s/m.test(sources[file]?.content ?? "")) return 0;
  const parts = new Set([file]);
  for (const part of parts) for (const used of usedBy(sources[part]?.content ?? "", sources)) parts.add(used);
  return [...parts].reduce((sum, part) => sum + (sources[part]?.content.length ?? 0), 0);
}

function usedBy(content: string, sources: Sources): string[] {
  return [...content.matchAll(/^import \{([^}]+)\} from "([^"]+)"/gm)].flatMap(([, names = "", path = ""]) => {
    const file = `/${path.split("/").at(-1) ?? ""}`;
    const used = names.split(",").some((name) => {
      const word = name.trim();
      return new RegExp(
        String.raw`\b(is\b[^{]*\b${word}\b|using ${word}\b|${word}\.|new ${word}\b|type\(${word}\)\.creationCode)`,
      ).test(content);
    });
    return used ? Object.keys(sources).filter((source) => source.endsWith(file)) : [];
  });
}
