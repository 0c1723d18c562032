// The stateful invariants: as many calls as asked, in chunks of one run of every campaign, each with a seed of its own.
import { globSync, readFileSync } from "node:fs";

import { DEPTH_VARIABLE, RUNS_VARIABLE, SEED_VARIABLE } from "../../build/solidity-tests.ts";
import { runChunks } from "./chunks.ts";
import type { Part } from "./part.ts";

const FILES = globSync("test/solidity/invariants/*.t.sol").sort();
/** One run of each campaign in each chunk, five times as long as in `npm test`. */
const DEPTH = 5_000;

/** How many campaigns a run of all files is: each contract with a `setUp` is one. */
function campaigns(): number {
  return FILES.flatMap((file) => readFileSync(file, "utf8").match(/function setUp\(/g) ?? []).length;
}

/** Chunks draw other calls than each other, and than those of another seed. */
function seedOf(seed: number, chunk: number): string {
  return String(BigInt(seed) * 1_000_000n + BigInt(chunk) + 1n);
}

export const invariants: Part = {
  name: "invariants",
  goal: 1_000_000,
  async run({ seed: asked, amount, workers, fresh }) {
    const chunkSize = campaigns() * DEPTH;
    const environmentOf = (seed: number, chunk: number) => ({
      [SEED_VARIABLE]: seedOf(seed, chunk),
      [RUNS_VARIABLE]: "1",
      [DEPTH_VARIABLE]: String(DEPTH),
    });
    const { seed, outputs, failure } = await runChunks(
      {
        name: "invariants",
        unit: "calls",
        chunks: Math.ceil(amount / chunkSize),
        chunkSize,
        workers,
        command: (chosen, chunk) => ({
          command: "hardhat",
          args: ["test", "solidity", "--no-compile", ...FILES],
          env: environmentOf(chosen, chunk),
        }),
      },
      { seed: asked, fresh },
    );
    if (failure !== undefined) {
      console.log(failure.stdout, failure.stderr);
      console.log(`The same again: npm run test:deep -- --only invariants --seed ${seed}`);
      return false;
    }
    console.log(`invariants: ${outputs.length * chunkSize} calls of ${campaigns()} campaigns, seed ${seed}`);
    return true;
  },
};
