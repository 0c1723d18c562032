import { setTimeout as sleep } from "node:timers/promises";

import { tell } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import type { Chain, Header } from "./chain.ts";
import type { Thresholds } from "./event-alerts.ts";
import type { Follower } from "./follower.ts";
import type { Metrics } from "./metrics.ts";
import type { Outlet } from "./outlet.ts";
import { readState, tellState } from "./state-alerts.ts";
import type { Store } from "./store.ts";

const LONGEST_PAUSE_MS = 30_000;

/** What a watch is made of. */
export interface Parts {
  readonly deployment: Deployment;
  readonly chain: Chain;
  readonly store: Store;
  readonly follower: Follower;
  readonly outlet: Outlet;
  readonly metrics: Metrics;
  readonly thresholds: Thresholds;
}

/** Follows the chain until it is told to stop, or up to its head. A node that goes away is asked again until it is back. */
export async function watch(
  parts: Parts,
  options: { once: boolean; intervalMs: number; stop: AbortSignal },
): Promise<void> {
  const { metrics, outlet } = parts;
  const { once, intervalMs, stop } = options;
  let pause = intervalMs;
  let away = false;
  let judged: string | undefined;
  outlet.flush(); // what an earlier run read and could not tell any more
  const stopped = () => stop.aborted;
  while (!stopped()) {
    try {
      const { atHead, header } = await step(parts);
      const seen = header === undefined ? undefined : `${header.number} ${header.hash}`;
      if (header !== undefined && seen !== judged) await judge(parts, header);
      judged = seen ?? judged;
      if (away) tell("The node answers again");
      [pause, away] = [intervalMs, false];
      metrics.answered(true);
      if (!atHead) continue;
      if (once) return;
    } catch (error) {
      if (stopped()) return;
      metrics.answered(false);
      const message = error instanceof Error ? error.message : String(error);
      if (!away) tell(`The node does not answer as it should: ${message}. It is asked again until it does`);
      away = true;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Reads on; at the head, gives its header too. */
async function step({
  chain,
  follower,
  outlet,
  metrics,
}: Parts): Promise<{ atHead: boolean; header?: Header | undefined }> {
  const progress = await follower.step();
  metrics.progressed(progress);
  outlet.flush();
  if (progress.read < progress.head) return { atHead: false };
  return { atHead: true, header: progress.read === progress.head ? await chain.header(progress.head) : undefined };
}

/** Looks at how everything stands at a block. */
async function judge({ deployment, store, outlet, metrics, thresholds }: Parts, header: Header): Promise<void> {
  const state = await readState(deployment, store, header);
  tellState(store, state, header, thresholds);
  metrics.standing(state, store);
  outlet.flush();
}
