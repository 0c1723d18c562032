import { setTimeout as sleep } from "node:timers/promises";

import { tell } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import { NodeUnavailable, storageProblem } from "../lib/exit-codes.ts";
import type { Chain, Header } from "./chain.ts";
import type { Thresholds } from "./event-alerts.ts";
import type { Follower } from "./follower.ts";
import type { Liveness } from "./liveness.ts";
import type { Metrics } from "./metrics.ts";
import type { Outlet } from "./outlet.ts";
import { readState, tellState } from "./state-alerts.ts";
import type { Store } from "./store.ts";

const LONGEST_PAUSE_MS = 30_000;
/** How often a chain that does not fit together is asked again before a watch that is to end says so. */
const MOST_MOVES = 20;

/** What a watch is made of. */
export interface Parts {
  readonly deployment: Deployment;
  readonly chain: Chain;
  readonly store: Store;
  readonly follower: Follower;
  readonly outlet: Outlet;
  readonly metrics: Metrics;
  readonly liveness: Liveness;
  readonly thresholds: Thresholds;
}

/** Follows the chain until it is told to stop, or up to its head. A node that goes away is asked again until it is back. */
export async function watch(
  parts: Parts,
  options: { once: boolean; intervalMs: number; stop: AbortSignal },
): Promise<void> {
  const { metrics, outlet, liveness } = parts;
  const { once, intervalMs, stop } = options;
  let [pause, moves] = [intervalMs, 0];
  let trouble = "";
  let judged: string | undefined;
  const stopped = () => stop.aborted;
  while (!stopped()) {
    try {
      outlet.flush(); // also what an earlier run read and could not tell any more
      const { atHead, moved, header } = await step(parts);
      moves = moved ? moves + 1 : 0;
      if (once && moves > MOST_MOVES)
        throw new NodeUnavailable("The node is unavailable: its blocks and logs do not fit together");
      liveness.answered(header);
      const seen = header === undefined ? undefined : `${header.number} ${header.hash}`;
      if (header !== undefined && seen !== judged) await judge(parts, header);
      outlet.flush();
      judged = seen ?? judged;
      if (trouble !== "") tell(`${trouble} is over`);
      [pause, trouble] = [intervalMs, ""];
      metrics.answered(true);
      metrics.stored(true);
      if (!atHead && !moved) continue;
      if (once && !moved) return;
    } catch (error) {
      if (stopped()) return;
      if (once) throw error;
      const told = troubleOf(parts, error);
      if (told.name !== trouble) tell(`${told.sentence}. It is tried again until that is over`);
      trouble = told.name;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** What keeps a watch from going on: the disk, or the node. */
function troubleOf({ metrics, liveness, outlet }: Parts, error: unknown): { name: string; sentence: string } {
  const storage = storageProblem(error);
  if (storage !== undefined) {
    metrics.stored(false);
    return { name: "The trouble with the disk", sentence: storage.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  metrics.answered(false);
  try {
    liveness.failed(message);
    outlet.flush();
  } catch (second) {
    if (storageProblem(second) === undefined) throw second;
    metrics.stored(false);
  }
  return { name: "The trouble with the node", sentence: `The node does not answer as it should: ${message}` };
}

/** Reads on; at the head, gives its header too. */
async function step({ chain, follower, metrics }: Parts) {
  const progress = await follower.step();
  metrics.progressed(progress);
  const { read, head, moved } = progress;
  const header: Header | undefined = read === head ? await chain.header(head) : undefined;
  return { atHead: read >= head, moved, header };
}

/** Looks at how everything stands at a block. */
async function judge({ deployment, store, metrics, thresholds }: Parts, header: Header): Promise<void> {
  const state = await readState(deployment, store, header);
  tellState(store, state, header, thresholds);
  metrics.standing(state, store);
}
