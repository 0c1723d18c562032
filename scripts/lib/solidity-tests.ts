import { toQuantity } from "ethers";

import { MendableError } from "./mendable-error.ts";

/** Calls of each run of a campaign, as `hardhat.config.ts` sets them. */
export const CALLS_A_RUN = 1_000;

export const SEED_VARIABLE = "TERMSTAKE_TEST_SEED";
export const RUNS_VARIABLE = "TERMSTAKE_INVARIANT_RUNS";

/** The same in every `npm test`, so that it fails where it failed before. */
const SEED = "0x7465726d7374616b65";
const RUNS = 4;

/** How Solidity's fuzz tests and invariants draw: as in `npm test` unless the environment says otherwise. */
export function solidityTestSettings(environment: NodeJS.ProcessEnv): { seed: string; invariantRuns: number } {
  const [seed, runs] = [environment[SEED_VARIABLE], environment[RUNS_VARIABLE]];
  return {
    seed: seed === undefined ? SEED : toQuantity(wholeNumber(SEED_VARIABLE, seed)),
    invariantRuns: runs === undefined ? RUNS : Number(wholeNumber(RUNS_VARIABLE, runs)),
  };
}

function wholeNumber(variable: string, written: string): bigint {
  if (!/^\d{1,20}$/.test(written) || BigInt(written) === 0n) {
    throw new MendableError(`${variable} takes a whole number above 0, not "${written}"`);
  }
  return BigInt(written);
}
