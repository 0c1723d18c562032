// Puts one token through every entry point of a contract, each from the same state: it works, or says why not and loses nothing.
import { expect } from "chai";
import { AbiCoder, dataSlice, Interface, type Addressable } from "ethers";

import type { PlainToken } from "../../types/index.js";
import * as types from "../../types/index.ts";
import type { Connection } from "./fixtures.ts";
import type { Victim, ZooToken } from "./token-zoo.ts";

/** What came of a call, or of one part of it: it worked, it left that part for later, or it reverted with this. */
export type Outcome = "works" | "waits" | { error: string };

/** Outcomes by the name of the entry point, or of a part of it. */
export type Outcomes = Map<string, Outcome>;

export interface EntryPoint {
  call: () => Promise<unknown>;
  /** What the call did, part by part, if that is more than one thing; asked after the call has succeeded. */
  parts?: () => Promise<Readonly<Record<string, Outcome>>>;
  /** Whether it may take what the contract holds above its liabilities. */
  takesSurplus?: boolean;
}

/** A contract that holds a token of the zoo. */
export interface Trial {
  token: PlainToken;
  victim: Victim;
  /** Every call that moves or reads tokens. */
  entryPoints: Readonly<Record<string, EntryPoint>>;
  /** What must not be refused, whatever the token does. */
  never: readonly string[];
  /** What the contract holds above its liabilities, by token; undefined if the token does not say. */
  surpluses: () => Promise<(bigint | undefined)[]>;
  /** Everybody leaves a contract whose token is mended, and gets what is theirs, or an assertion fails. */
  leave: () => Promise<void>;
}

/** What one transaction may use at most (EIP-7825): enough for what is left when a token burns all but a 64th. */
export const MOST_GAS = { gasLimit: 2n ** 24n };

const BUILT_IN = new Interface(["error Error(string)", "error Panic(uint256)"]);

/** Custom errors of the whole build, by their selectors. */
const ERRORS = new Map<string, string>();
for (const factory of Object.values<object>(types)) {
  if (!("abi" in factory)) continue;
  new Interface(JSON.stringify(factory.abi)).forEachError(({ name, selector }) => ERRORS.set(selector, name));
}

/** The name of the error that a call reverted with; whatever else went wrong, or has no name, is thrown again. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (!("data" in error) || typeof error.data !== "string") throw error;
  const data = error.data;
  if (data.length < 10) throw error;
  const selector = dataSlice(data, 0, 4);
  const builtIn = BUILT_IN.getError(selector)?.name;
  if (builtIn === "Error") return String(AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(data, 4))[0]);
  const name = builtIn ?? ERRORS.get(selector);
  if (name === undefined) throw error;
  return name;
}

async function outcomesOf(name: string, { call, parts }: EntryPoint): Promise<Outcomes> {
  try {
    await call();
  } catch (error) {
    return new Map([[name, { error: errorName(error) }]]);
  }
  return new Map(Object.entries(parts ? await parts() : { [name]: "works" as const }));
}

/** No call may leave the contract with less above its liabilities than before, or below them at all. */
async function expectNothingLost(trial: Trial, entryPoint: EntryPoint, before: (bigint | undefined)[]): Promise<void> {
  const after = await trial.surpluses();
  for (const [index, surplus] of before.entries()) {
    const left = after[index];
    if (surplus === undefined || left === undefined) continue;
    const least = entryPoint.takesSurplus === true && surplus > 0n ? 0n : surplus;
    expect(left >= least, `${left} above liabilities, ${surplus} before`).to.equal(true);
  }
}

/**
 * Turns the token, then tries each entry point. What is refused or waits has to work once the token is mended; and in the end
 * everybody leaves.
 */
export async function tryToken(connection: Connection, zoo: ZooToken, trial: Trial): Promise<Outcomes> {
  const { token, victim } = trial;
  const healthy = await connection.networkHelpers.takeSnapshot();
  await zoo.spoil?.(connection, token, victim);
  const spoiled = await connection.networkHelpers.takeSnapshot();
  const before = await trial.surpluses();
  const outcomes: Outcomes = new Map();
  for (const [name, entryPoint] of Object.entries(trial.entryPoints)) {
    const tried = await outcomesOf(name, entryPoint);
    await expectNothingLost(trial, entryPoint, before);
    for (const [part, outcome] of tried) {
      outcomes.set(part, outcome);
      if (typeof outcome === "object") expect(trial.never, outcome.error).not.to.include(part);
    }
    await spoiled.restore();
    if ([...tried.values()].some((outcome) => outcome !== "works") && zoo.mend) {
      await zoo.mend(connection, token, victim);
      const mended = await outcomesOf(name, entryPoint);
      expect([...new Set(mended.values())], `${name} of a mended token`).to.deep.equal(["works"]);
      await spoiled.restore();
    } else {
      // What is as it is may at most let something wait for ever.
      for (const outcome of tried.values()) expect(outcome, name).to.be.oneOf(["works", "waits"]);
    }
  }
  await zoo.mend?.(connection, token, victim);
  await trial.leave();
  await healthy.restore();
  return outcomes;
}

/** What a contract holds above its liabilities, of each token; undefined if the token does not say. */
export async function surplusesOf(
  contract: Addressable & { liabilities(token: Addressable): Promise<bigint> },
  tokens: readonly PlainToken[],
): Promise<(bigint | undefined)[]> {
  return Promise.all(
    tokens.map(async (token) => {
      const owed = await contract.liabilities(token);
      return token.balanceOf(contract).then(
        (balance) => balance - owed,
        () => undefined,
      );
    }),
  );
}
