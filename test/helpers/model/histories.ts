import fc from "fast-check";
import { network } from "hardhat";
import { z } from "zod";

import { ACTIONS } from "./actions/index.ts";
import type { ActionKind } from "./action.ts";
import { Chain } from "./chain.ts";
import { deployContracts } from "./deploy.ts";
import { History } from "./history.ts";
import { everybodyLeaves } from "./leave.ts";
import { minimise } from "./minimise.ts";
import { preparation } from "./prepare.ts";
import { type Addresses, KINDS, type Parts, type TokenName, TOKENS } from "./protocol.ts";
import { Tally } from "./tally.ts";
import { holders } from "./views/money.ts";

/** Contracts that are deployed and in use, on a chain of their own; every history begins there. */
export interface Stage {
  readonly chain: Chain;
  readonly addresses: Addresses;
  readonly start: bigint;
  snapshot: string;
}

export interface RunOptions {
  readonly seed: number;
  /** Histories are begun until so many actions have happened. */
  readonly actions: number;
  /** Most commands of one history. */
  readonly longest?: number;
  readonly kinds?: readonly ActionKind[];
  /** Follows the contracts with a model without any rounding too, and measures what rounding costs. */
  readonly exact?: boolean;
  readonly parts?: Parts;
  /** One failing history again, as it was reported. */
  readonly path?: string | undefined;
  readonly replayPath?: string | undefined;
}

export interface Failure {
  readonly seed: number;
  readonly path: string;
  readonly replayPath: string;
  /** The shortest history found that fails, action by action. */
  readonly history: readonly string[];
  readonly reason: string;
}

const LONGEST = 800;

const timestamp = z.object({ timestamp: z.string() });

export async function setStage(): Promise<Stage> {
  const { ethers, provider } = await network.create({ override: { allowBlocksWithSameTimestamp: true } });
  const { addresses, reader } = await deployContracts(ethers);
  const chain = new Chain(provider, reader);
  const block: unknown = await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
  const start = BigInt(timestamp.parse(block).timestamp);
  const first = new History(addresses, chain, new Tally(), start);
  for (const step of preparation(first)) await first.act("prepare", 0n, () => [step()]);
  return { chain, addresses, start, snapshot: await chain.snapshot() };
}

/** Drives model and contracts through random histories; returns what happened, and the shortest failing history if one fails. */
export async function runHistories(
  stage: Stage,
  options: RunOptions,
): Promise<{ tally: Tally; failure: Failure | undefined }> {
  const { seed, actions, longest = LONGEST, kinds = ACTIONS, path, replayPath } = options;
  const tally = new Tally();
  const one = fc.oneof(...kinds.map(({ command, weight }) => ({ arbitrary: command, weight })));
  const commands = fc.commands([one], {
    maxCommands: longest,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  const play = async (performed: Iterable<fc.AsyncCommand<History, object>>, patient: boolean): Promise<void> => {
    await stage.chain.revert(stage.snapshot);
    stage.snapshot = await stage.chain.snapshot();
    const { exact = false, parts } = options;
    const history = new History(stage.addresses, stage.chain, tally, stage.start, { exact, parts });
    for (const step of preparation(history)) history.assume(step());
    await fc.asyncModelRun(async () => {
      await history.compareAll();
      return { model: history, real: {} };
    }, performed);
    await everybodyLeaves(history, patient);
    await reconcile(history);
    tally.histories += 1;
  };
  const property = fc.asyncProperty(commands, fc.boolean(), async (performed, patient) => {
    if (tally.actions < actions) await play(performed, patient); // else it is enough; what is left of the runs is free
  });
  // Lengths of histories are drawn evenly from none to the longest.
  const numRuns = 20 + Math.ceil((6 * actions) / longest);
  const result = await fc.check(property, { seed, numRuns, ...(path === undefined ? {} : { path }) });
  if (!result.failed) return { tally, failure: undefined };

  const [performed, patient] = result.counterexample ?? [[], false];
  let reason = messageOf(result.errorInstance);
  const shortest = await minimise([...performed], async (shorter) => {
    try {
      await play(shorter, patient);
      return false;
    } catch (error) {
      reason = messageOf(error);
      return true;
    }
  });
  return {
    tally,
    failure: {
      seed: result.seed,
      path: result.counterexamplePath ?? "",
      replayPath: /replayPath="([^"]*)"/.exec(fc.stringify(performed))?.[1] ?? "",
      history: [...shortest.map(String), patient ? "everybody leaves at maturity" : "everybody leaves at once"],
      reason,
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a flexible pool of the token keeps for its next notification. */
function carriedIn({ addresses, protocol }: History, address: string, name: TokenName): bigint {
  const kind = KINDS.find((each) => addresses.flexible[each] === address);
  if (kind === undefined || protocol.flexible[kind].rewardsToken !== protocol.tokens[name]) return 0n;
  return protocol.flexible[kind].carry;
}

/**
 * After everybody left, what is there is what was minted, and the contracts hold nothing but what streams carry and
 * fractions of units.
 */
async function reconcile(history: History): Promise<void> {
  const { addresses, operations } = history;
  await history.compareAll();
  for (const name of TOKENS) {
    const held = holders(addresses).reduce((sum, account) => sum + history.read(`${name}.balanceOf(${account})`), 0n);
    const supply = history.read(`${name}.totalSupply()`);
    expectZero(`${name} that nobody holds`, supply - held);
    const pools = [...Object.values(addresses.flexible), addresses.distributor];
    for (const address of Object.values(addresses.fixed)) {
      expectZero(`${name} in a fixed-term pool that everybody left`, history.read(`${name}.balanceOf(${address})`));
    }
    for (const address of pools) {
      const left = history.read(`${name}.balanceOf(${address})`) - carriedIn(history, address, name);
      if (left > operations) throw new Error(`${left} units of ${name} are left in ${address}, more than was rounded`);
    }
    expectZero(`${name} that the fund still reserves`, history.read(`fund.reserved(${addresses.tokens[name]})`));
  }
  for (const kind of KINDS) {
    for (const view of ["totalPrincipal", "reservedRewards", "availableBudget", "totalOwed"]) {
      expectZero(`fixed.${kind}.${view}`, history.read(`fixed.${kind}.${view}()`));
    }
    expectZero(`flexible.${kind}.totalSupply`, history.read(`flexible.${kind}.totalSupply()`));
  }
}

function expectZero(what: string, value: bigint): void {
  if (value !== 0n) throw new Error(`After everybody left: ${value} units of ${what}`);
}
