import { mkdir } from "node:fs/promises";
import path from "node:path";

import { parseBps, parseDuration } from "@termstake/sdk/units";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { successfulResult } from "hardhat/utils/result";

import { deploymentId } from "../../deploy/records.ts";
import { UserError } from "../../shared/user-error.ts";
import { tellFailure } from "../lib/command.ts";
import { withDeployment, type Deployment } from "../lib/deployment.ts";
import { onDisk } from "../lib/exit-codes.ts";
import { parsed } from "../lib/inputs.ts";
import type { ReadingArguments } from "../lib/options.ts";
import { stopSignal } from "../lib/stop.ts";
import { Chain } from "../watch/chain.ts";
import type { Thresholds } from "../watch/event-alerts.ts";
import { Follower, type Core } from "../watch/follower.ts";
import { Liveness, type LivenessLimits } from "../watch/liveness.ts";
import { Metrics } from "../watch/metrics.ts";
import { Outlet } from "../watch/outlet.ts";
import { Store } from "../watch/store.ts";
import { watch } from "../watch/watch.ts";
import { Webhook } from "../watch/webhook.ts";

interface Arguments extends ReadingArguments {
  once: boolean;
  database: string | undefined;
  output: string | undefined;
  webhook: string | undefined;
  runway: string;
  largeExit: string;
  overdue: string;
  dead: string;
  stale: string;
  depth: number;
  interval: number;
  chunk: number;
  metricsPort: number;
}

/** Lines are the answer: unlike other tasks, this one prints nothing at the end. */
export default async function action(
  args: Arguments,
  hre: HardhatRuntimeEnvironment,
): Promise<Result<undefined, unknown>> {
  try {
    const options = checked(args);
    await withDeployment(hre, args, async (deployment) => follow(hre, deployment, args, options));
    return successfulResult();
  } catch (error) {
    return tellFailure(error, args.json);
  }
}

interface Options {
  readonly thresholds: Thresholds;
  readonly limits: { readonly dead: bigint; readonly stale: bigint };
  readonly webhook: string | undefined;
}

function checked(args: Arguments): Options {
  const { runway, largeExit, depth, interval, chunk, metricsPort, webhook } = args;
  const least = (option: string, value: number, limit: number) => {
    if (value < limit) throw new UserError(`--${option} is ${value}; the least is ${limit}`);
  };
  least("depth", depth, 0);
  least("interval", interval, 0.05);
  least("chunk", chunk, 1);
  least("metrics-port", metricsPort, 0);
  if (metricsPort > 65_535) throw new UserError(`--metrics-port is ${metricsPort}; the highest is 65535`);
  const url = webhook ?? process.env["WATCH_WEBHOOK"];
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    throw new UserError("The webhook is no URL that begins with https:// or http://");
  }
  const largeExitBps = parsed("--large-exit", largeExit, parseBps);
  if (largeExitBps === 0n) throw new UserError("--large-exit is 0 %; the least is 0.01 %");
  const duration = (option: string, text: string) => parsed(option, text, parseDuration);
  const thresholds = {
    largeExitBps,
    runway: duration("--runway", runway),
    overdue: duration("--overdue", args.overdue),
  };
  const limits = { dead: duration("--dead", args.dead), stale: duration("--stale", args.stale) };
  return { thresholds, limits, webhook: url };
}

async function follow(
  hre: HardhatRuntimeEnvironment,
  deployment: Deployment,
  args: Arguments,
  { thresholds, limits, webhook }: Options,
): Promise<void> {
  const id = await deploymentId(deployment.provider);
  const file = args.database ?? path.join(hre.config.paths.root, "watch", `${id}.sqlite`);
  await onDisk(path.dirname(file), async () => mkdir(path.dirname(file), { recursive: true }));
  const name = `${id}/${await deployment.factory.getAddress()}`;
  const store = await Store.open(file, name);
  const metrics = new Metrics();
  const stop = stopSignal();
  // Whoever ends the watch does not wait for a node that does not answer.
  stop.addEventListener("abort", () => {
    deployment.node.end();
  });
  const [ending, outlet] = [new AbortController(), new Outlet(store, args.json, args.output)];
  try {
    if (args.metricsPort !== 0) await metrics.listen(args.metricsPort);
    const chain = new Chain(deployment.node);
    const follower = new Follower(chain, store, deployment, await coreOf(deployment), {
      thresholds,
      firstBlock: await deployment.firstBlock(),
      depth: args.depth,
      chunk: args.chunk,
    });
    const post = webhook === undefined ? undefined : new Webhook(store, webhook, name);
    const posting = args.once
      ? undefined
      : post?.deliverUntil(AbortSignal.any([stop, ending.signal]), args.interval * 1_000);
    // A local chain mines only when something is sent: its head is as old as that.
    const alive: LivenessLimits = { dead: limits.dead, stale: deployment.local ? undefined : limits.stale };
    const liveness = new Liveness(store, alive);
    const parts = { deployment, chain, store, follower, outlet, metrics, liveness, thresholds };
    await watch(parts, { once: args.once, intervalMs: args.interval * 1_000, stop });
    if (args.once) await post?.deliver(stop);
    ending.abort();
    await posting;
  } finally {
    ending.abort();
    metrics.close();
    outlet.close();
    store.close();
  }
}

async function coreOf(deployment: Deployment): Promise<Core[]> {
  const { access, factory } = deployment;
  return [
    { kind: "access", name: "AccessManager", address: await access.getAddress() },
    { kind: "factory", name: "PoolFactory", address: await factory.getAddress() },
    { kind: "distributor", name: "RewardDistributor", address: await deployment.distributor().getAddress() },
    { kind: "insuranceFund", name: "InsuranceFund", address: await deployment.insuranceFund().getAddress() },
    { kind: "brake", name: "OperatorBrake", address: await deployment.brake().getAddress() },
  ];
}
