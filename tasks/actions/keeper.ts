import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { parseUnits } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { deploymentId } from "../../deploy/records.ts";
import { UserError } from "../../shared/user-error.ts";
import { chooseAccount, chooseActor } from "../lib/accounts.ts";
import { command, tell, type Answer } from "../lib/command.ts";
import { withDeployment, type Deployment } from "../lib/deployment.ts";
import { onDisk } from "../lib/exit-codes.ts";
import type { ReadingArguments, SendingArguments } from "../lib/options.ts";
import { findFixedTermPool } from "../lib/pools.ts";
import { carryOut } from "../lib/sender.ts";
import { stopSignal } from "../lib/stop.ts";
import { Chores, type Chore } from "../keeper/chores.ts";
import { attend, gasPrice, tellDeed, type Deed, type Hands } from "../keeper/keeper.ts";
import { withLease } from "../keeper/lease.ts";

interface Arguments extends ReadingArguments {
  from: string | undefined;
  pools: string | undefined;
  once: boolean;
  dryRun: boolean;
  maxGasPrice: string;
  interval: number;
  jitter: number;
  confirmations: number;
  timeout: number;
  journal: string | undefined;
}

/** Longest wait for a node that is away. */
const LONGEST_PAUSE_MS = 60_000;

export default command(async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Answer> =>
  withDeployment(hre, args, async (deployment) => {
    const stop = stopSignal();
    stop.addEventListener("abort", () => {
      deployment.node.end();
    });
    const hands = await handsOf(hre, deployment, args, stop);
    const others = await unlistedPools(deployment, args.pools);
    const id = `${await deploymentId(deployment.provider)}/${await deployment.factory.getAddress()}`;
    const file = path.join(args.journal ?? path.join(hre.config.paths.root, "journal"), `keeper-${hands.from}.json`);
    const chores = new Chores(deployment, {
      firstBlock: await deployment.firstBlock(),
      others,
      memory: { file, deployment: id },
    });
    const deeds: Deed[] = [];
    const leftAlone = new Map<string, number>();
    const hasEnded = () => stop.aborted;
    for (let pause = args.interval * 1_000; !hasEnded();) {
      try {
        const done = await round(chores, hands, leftAlone);
        if (args.once) deeds.push(...done); // a loop would remember them for years
        pause = args.interval * 1_000;
      } catch (error) {
        if (hasEnded()) break;
        if (args.once) throw error;
        tell(`The round failed: ${error instanceof Error ? error.message : String(error)}. The next one tries again`);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
      if (args.once || args.dryRun) break;
      await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
    }
    return {
      data: { from: hands.from, deeds },
      text: deeds.length === 0 ? "Nothing was due" : `${deeds.length} looked due`,
    };
  }),
);

/** Pools that somebody answers for though nobody has listed them. */
async function unlistedPools(deployment: Deployment, text: string | undefined): Promise<ReadonlySet<string>> {
  const names = text === undefined ? [] : text.split(",").map((name) => name.trim());
  const pools = await Promise.all(names.map(async (name) => findFixedTermPool(deployment, name)));
  return new Set(pools.map(({ address }) => address));
}

/** Milliseconds for which what would fail is left alone: what it lacks, such as budget, does not come with the next block. */
const LEFT_ALONE_MS = 300_000;

async function round(chores: Chores, hands: Hands, leftAlone: Map<string, number>): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const now = Date.now();
  const due = (await chores.due()).filter(({ key }) => (leftAlone.get(key) ?? 0) <= now);
  const price = due.length === 0 ? 0n : await gasPrice(hands.deployment);
  for (const chore of due) {
    if (hands.stop.aborted) break;
    const deed = await attend(chore, price, hands);
    if (deed === undefined) continue;
    if (deed.status === "would fail") leftAlone.set(chore.key, now + LEFT_ALONE_MS);
    else leftAlone.delete(chore.key);
    tellDeed(deed);
    deeds.push(deed);
  }
  return deeds;
}

async function handsOf(
  hre: HardhatRuntimeEnvironment,
  deployment: Deployment,
  args: Arguments,
  stop: AbortSignal,
): Promise<Hands> {
  if (args.interval < 0.05) throw new UserError(`--interval is ${args.interval}; the least is 0.05`);
  if (args.jitter < 0) throw new UserError(`--jitter is ${args.jitter}; the least is 0`);
  if (!/^\d+(\.\d{1,9})?$/.test(args.maxGasPrice)) {
    throw new UserError(`--max-gas-price "${args.maxGasPrice}" is no number of gwei such as "1.5"`);
  }
  const maxGasPrice = parseUnits(args.maxGasPrice, "gwei");
  const { connection, node } = deployment;
  const from = args.dryRun
    ? await chooseActor(connection, node, args.from)
    : (await chooseAccount(connection, node, args.from)).address;
  const journal = args.journal ?? path.join(hre.config.paths.root, "journal");
  await onDisk(journal, async () => mkdir(journal, { recursive: true }));
  const lease = path.join(journal, `keeper-${await deploymentId(deployment.provider)}.lease`);
  const sending: SendingArguments = { ...args, from, yes: true, dryRun: false, journal, propose: undefined };
  const send = async (chore: Chore): Promise<string> => {
    const { what, to, data, key } = chore;
    const order = {
      intent: key,
      highestGasPrice: maxGasPrice,
      prepare: async () => Promise.resolve({ steps: [{ what, to, data }] }),
    };
    const { transactions } = await carryOut(hre, deployment, sending, order);
    return transactions.at(-1)?.hash ?? "";
  };
  const alone: Hands["alone"] = async (body) => withLease(lease, stop, body);
  return { deployment, from, maxGasPrice, jitterMs: args.jitter * 1_000, dryRun: args.dryRun, stop, alone, send };
}
