import { once } from "node:events";
import { createServer, type Server } from "node:http";

import { formatUnits } from "ethers";
import { Counter, Gauge, Registry } from "prom-client";

import { UserError } from "../../shared/user-error.ts";
import type { Progress } from "./follower.ts";
import type { State } from "./state-alerts.ts";
import type { Store } from "./store.ts";

/** Metrics are for this machine alone; whoever collects from elsewhere puts a proxy before them. */
const HOST = "127.0.0.1";

/** Prometheus metrics of a watch. Amounts are whole tokens, as doubles. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];
  readonly #read = this.#gauge("termstake_block", "Block up to which everything has been read");
  readonly #head = this.#gauge("termstake_head_block", "The chain's latest block, less the confirmations asked for");
  readonly #up = this.#gauge("termstake_node_up", "Whether the node answered last time");
  readonly #stored = this.#gauge("termstake_storage_up", "Whether the disk took what was written last time");
  readonly #events = this.#counter(
    "termstake_events_total",
    "Events told since the process began",
    "contract",
    "event",
  );
  readonly #reorganisations = this.#counter(
    "termstake_reorganisations_total",
    "Reorganisations since the process began",
  );
  readonly #retracted = this.#counter("termstake_retracted_lines_total", "Lines retracted since the process began");
  readonly #alerts = this.#gauge("termstake_alerts_active", "States that are not as they should be", "alert");
  readonly #balance = this.#gauge("termstake_balance_tokens", "Tokens held", "contract", "token");
  readonly #liabilities = this.#gauge(
    "termstake_liabilities_tokens",
    "Tokens owed or kept for a purpose",
    "contract",
    "token",
  );
  readonly #runway = this.#gauge(
    "termstake_runway_seconds",
    "How long a balance or budget lasts; +Inf if it does",
    "place",
  );
  readonly #paused = this.#gauge("termstake_pool_paused", "Whether deposits, openings and renewals are paused", "pool");
  #server: Server | undefined;

  #gauge(name: string, help: string, ...labelNames: string[]) {
    return new Gauge({ name, help, labelNames, registers: this.#registers });
  }

  #counter(name: string, help: string, ...labelNames: string[]) {
    return new Counter({ name, help, labelNames, registers: this.#registers });
  }

  async listen(port: number): Promise<void> {
    this.#server = createServer((request, response) => {
      if (request.method !== "GET" || request.url !== "/metrics") {
        response.writeHead(404).end("GET /metrics\n");
        return;
      }
      void this.#registry.metrics().then((text) => {
        response.writeHead(200, { "content-type": this.#registry.contentType }).end(text);
      });
    }).listen(port, HOST);
    try {
      await once(this.#server, "listening");
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `Metrics cannot be served on port ${port} of ${HOST}: ${message}. Name another with --metrics-port`,
      );
    }
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  answered(up: boolean): void {
    this.#up.set(up ? 1 : 0);
  }

  stored(up: boolean): void {
    this.#stored.set(up ? 1 : 0);
  }

  progressed({ read, head, retracted, reorganised, events }: Progress): void {
    this.#read.set(read);
    this.#head.set(head);
    if (reorganised) this.#reorganisations.inc();
    this.#retracted.inc(retracted);
    for (const { contract, event } of events) this.#events.inc({ contract, event });
  }

  standing({ holdings, runways, pools, decimals }: State, store: Store): void {
    for (const gauge of [this.#balance, this.#liabilities, this.#runway, this.#paused, this.#alerts]) gauge.reset();
    for (const { place: contract, token, symbol, balance, liabilities } of holdings) {
      const places = decimals.get(token);
      if (places === undefined) continue; // its amounts cannot be written in whole tokens; `unreadable` says so
      const whole = (amount: bigint) => Number(formatUnits(amount, places));
      this.#balance.set({ contract, token: symbol }, whole(balance));
      this.#liabilities.set({ contract, token: symbol }, whole(liabilities));
    }
    for (const { place, seconds } of runways)
      this.#runway.set({ place }, seconds === undefined ? Infinity : Number(seconds));
    for (const { name: pool, view } of pools) this.#paused.set({ pool }, view.paused ? 1 : 0);
    for (const alert of ["solvency", "low budget", "overdue epoch", "unreadable", "dead node", "stale head"])
      this.#alerts.set({ alert }, 0);
    for (const { alert } of store.activeAlerts().values()) this.#alerts.inc({ alert });
  }
}
