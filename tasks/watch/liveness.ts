// Alerts about the node itself: it does not answer, or it answers with an old head. By the machine's clock, as the chain's stands still then.
import { formatDuration, formatMoment, formatSpan } from "@termstake/sdk/units";

import type { Header } from "./chain.ts";
import type { AlertKind, AlertLine } from "./lines.ts";
import type { Store } from "./store.ts";

export interface LivenessLimits {
  /** Seconds without an answer after which a node is dead. */
  readonly dead: bigint;
  /** Seconds after which a head is stale; undefined for chains that mine only when something is sent. */
  readonly stale: bigint | undefined;
}

export class Liveness {
  readonly #store: Store;
  readonly #limits: LivenessLimits;
  readonly #clock: () => number;
  #since: number | undefined;

  /** `clock` gives Unix milliseconds. */
  constructor(store: Store, limits: LivenessLimits, clock: () => number = Date.now) {
    this.#store = store;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** The node answered, with this head if there is one. */
  answered(head: Header | undefined): void {
    this.#since = undefined;
    this.#set("dead node", false, "the node answers again");
    const { stale } = this.#limits;
    if (head === undefined || stale === undefined) return;
    const age = BigInt(Math.floor(this.#clock() / 1_000) - head.timestamp);
    if (age > stale) {
      const message = `its latest block ${head.number} is of ${formatMoment(head.timestamp)}, ${formatSpan(age)} ago; the most is ${formatDuration(stale)}`;
      this.#set("stale head", true, message);
    } else this.#set("stale head", false, "the head moves again");
  }

  /** The node did not answer. */
  failed(why: string): void {
    const now = this.#clock();
    this.#since ??= now;
    if (BigInt(Math.floor((now - this.#since) / 1_000)) < this.#limits.dead) return;
    this.#set("dead node", true, `it has not answered since ${formatMoment(Math.floor(this.#since / 1_000))}: ${why}`);
  }

  #set(alert: AlertKind, wrong: boolean, message: string): void {
    const time = Math.floor(this.#clock() / 1_000);
    const block = this.#store.lastRead() ?? 0; // before anything was read
    const line: AlertLine = { kind: wrong ? "alert" : "resolved", alert, place: "node", message, block, time };
    this.#store.setState(`${alert}/node`, line, wrong);
  }
}
