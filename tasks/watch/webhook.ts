import { setTimeout as sleep } from "node:timers/promises";

import { tell } from "../lib/command.ts";
import type { NumberedLine } from "./lines.ts";
import type { Store } from "./store.ts";

const ANSWER_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 300_000;

/**
 * Posts alerts, in order, until each is accepted; what is not by the end of the process is posted by the next one. A receiver that
 * accepted a post and could not say so gets it again, with the same `idempotency-key`.
 */
export class Webhook {
  readonly #store: Store;
  readonly #url: string;
  readonly #deployment: string;
  #pause = FIRST_PAUSE_MS;

  constructor(store: Store, url: string, deployment: string) {
    this.#store = store;
    this.#url = url;
    this.#deployment = deployment;
  }

  /** Delivers until it is told to stop. */
  async deliverUntil(stop: AbortSignal, pollMs: number): Promise<void> {
    while (!stop.aborted) {
      const delivered = await this.deliver(stop);
      await sleep(delivered ? pollMs : this.#pause, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /** Delivers what waits; returns whether everything was accepted. */
  async deliver(stop?: AbortSignal): Promise<boolean> {
    for (;;) {
      const [line] = this.#store.linesAfter(Number(this.#store.meta("posted") ?? 0), 1);
      if (line === undefined) return true;
      if (isAlert(line) && !(await this.#post(line, stop))) return false;
      this.#store.setMeta("posted", line.seq);
    }
  }

  async #post(line: NumberedLine, stop: AbortSignal | undefined): Promise<boolean> {
    const timeout = AbortSignal.timeout(ANSWER_MS);
    const problem = await fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": `${this.#deployment}/${line.seq}` },
      body: JSON.stringify({ deployment: this.#deployment, ...line }),
      signal: stop === undefined ? timeout : AbortSignal.any([timeout, stop]),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok ? undefined : `answered ${response.status}`;
      },
      (error: unknown) => `cannot be reached (${error instanceof Error ? error.message : String(error)})`,
    );
    if (problem === undefined) {
      this.#pause = FIRST_PAUSE_MS;
      return true;
    }
    if (stop?.aborted === true) return false;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    // The path of a webhook's URL is often its secret.
    tell(`The webhook at ${new URL(this.#url).host} ${problem}; alert #${line.seq} is posted again`);
    return false;
  }
}

function isAlert(line: NumberedLine): boolean {
  if (line.kind === "retracted") return line.line.kind !== "event";
  return line.kind !== "event";
}
