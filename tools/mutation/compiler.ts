// Compiles what a mutant is part of, and nothing else, the fastest way there is: without the optimizer and without the
// intermediate language, in half a second instead of ten. Sizes are not limited where the mutants run; where gas is, the
// optimizer works all the same.
import { z } from "zod";

import { compile, readSource } from "../../build/solidity-compiler.ts";

const contractOutput = z.object({
  evm: z.object({
    bytecode: z.object({ object: z.string() }),
    deployedBytecode: z.object({ object: z.string() }),
  }),
});
const output = z.object({ contracts: z.record(z.string(), z.record(z.string(), contractOutput)) });

export interface Bytecode {
  creation: string;
  deployed: string;
}

/** Bytecode by fully qualified name. */
export type Bytecodes = ReadonlyMap<string, Bytecode>;

/** A source of the project that stands in for the one on disk. */
export interface Replacement {
  file: string;
  content: string;
}

/** What reads others within a limit of gas. */
const NEEDS_OPTIMIZER = new Set(["contracts/StakingLens.sol:StakingLens"]);

interface CompileOptions {
  /** Whether all are optimized, or only what needs to be. */
  optimized?: boolean;
  replacement?: Replacement;
}

/** Compiles contracts given by their fully qualified names; throws what the compiler calls an error. */
export function bytecodesOf(contracts: readonly string[], options: CompileOptions = {}): Bytecodes {
  const optimized = (contract: string) => options.optimized === true || NEEDS_OPTIMIZER.has(contract);
  return new Map([
    ...compiled(contracts.filter(optimized), true, options.replacement),
    ...compiled(
      contracts.filter((contract) => !optimized(contract)),
      false,
      options.replacement,
    ),
  ]);
}

function compiled(contracts: readonly string[], optimized: boolean, replacement?: Replacement): Bytecodes {
  if (contracts.length === 0) return new Map();
  const standIns = replacement === undefined ? {} : { [replacement.file]: replacement.content };
  const names = contracts.map((contract): [string, string] => {
    const [file = "", name = ""] = contract.split(":");
    return [file, name];
  });
  const { contracts: answer } = output.parse(
    compile({
      sources: Object.fromEntries(names.map(([file]) => [file, standIns[file] ?? readSource(file)])),
      standIns,
      settings: {
        evmVersion: "cancun",
        metadata: { appendCBOR: false },
        optimizer: { enabled: optimized, runs: 200 },
        outputSelection: Object.fromEntries(
          names.map(([file, name]) => [file, { [name]: ["evm.bytecode.object", "evm.deployedBytecode.object"] }]),
        ),
      },
    }).output,
  );
  return new Map(
    names.map(([file, name]) => {
      const evm = answer[file]?.[name]?.evm;
      if (evm === undefined) throw new Error(`${file} has no contract ${name}`);
      return [
        `${file}:${name}`,
        { creation: `0x${evm.bytecode.object}`, deployed: `0x${evm.deployedBytecode.object}` },
      ];
    }),
  );
}

/** Whether no contract differs: what the tests cannot tell apart because there is nothing to tell. */
export function sameBytecodes(left: Bytecodes, right: Bytecodes): boolean {
  return [...left].every(([name, { creation }]) => creation === right.get(name)?.creation);
}
