import { toQuantity } from "ethers";

import { UserError } from "../shared/user-error.ts";

export const SEED_VARIABLE = "TERMSTAKE_TEST_SEED";
export const RUNS_VARIABLE = "TERMSTAKE_INVARIANT_RUNS";
export const DEPTH_VARIABLE = "TERMSTAKE_INVARIANT_DEPTH";

/** The same in every `npm test`, so that it fails where it failed before. */
const SEED = "0x7465726d7374616b65";
const RUNS = 4;
const DEPTH = 1_000;

/** Numbers for Hardhat's settings. */
export interface SolidityTestSettings {
  readonly seed: string;
  /** Runs of each campaign, each from its own beginning. */
  readonly runs: number;
  /** Calls of a run. */
  readonly depth: number;
}

/** How Solidity's fuzz tests and invariants draw: as in `npm test` unless the environment says otherwise. */
export function solidityTestSettings(environment: NodeJS.ProcessEnv): SolidityTestSettings {
  const numberOf = (variable: string, usual: number): number => {
    const written = environment[variable];
    return written === undefined ? usual : Number(wholeNumber(variable, written));
  };
  const seed = environment[SEED_VARIABLE];
  return {
    seed: seed === undefined ? SEED : toQuantity(wholeNumber(SEED_VARIABLE, seed)),
    runs: numberOf(RUNS_VARIABLE, RUNS),
    depth: numberOf(DEPTH_VARIABLE, DEPTH),
  };
}

function wholeNumber(variable: string, written: string): bigint {
  if (!/^\d{1,20}$/.test(written) || BigInt(written) === 0n) {
    throw new UserError(`${variable} takes a whole number above 0, not "${written}"`);
  }
  return BigInt(written);
}
