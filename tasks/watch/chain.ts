// The chain as a watch reads it: headers and logs, nothing derived.
import { LogPager, type Log, type LogFilter } from "@termstake/sdk/logs";
import { z } from "zod";

import type { Asking } from "../lib/node.ts";

const quantity = z.string().transform(Number);
const header = z.object({
  number: quantity,
  hash: z.string(),
  parentHash: z.string(),
  timestamp: quantity,
});

export type Header = z.output<typeof header>;

export class Chain {
  readonly #node: Asking;
  readonly #logs: LogPager;

  constructor(node: Asking) {
    this.#node = node;
    this.#logs = new LogPager(node);
  }

  async head(): Promise<Header> {
    return header.parse(await this.#ask("eth_getBlockByNumber", ["latest", false]));
  }

  /** The header of a block; undefined if the chain, as the node knows it, is shorter. */
  async header(number: number): Promise<Header | undefined> {
    return header.nullable().parse(await this.#ask("eth_getBlockByNumber", [hex(number), false])) ?? undefined;
  }

  /** All logs of contracts in a range of blocks, in order; of some topics only, if they are given. */
  async logs(address: readonly string[], from: number, to: number, topics: LogFilter["topics"] = []): Promise<Log[]> {
    return this.#logs.read({ address, topics }, from, to);
  }

  async #ask(method: string, params: unknown[]): Promise<unknown> {
    return this.#node.request({ method, params });
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
