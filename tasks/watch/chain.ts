// The chain as a watch reads it: headers and logs, nothing derived.
import { getAddress } from "ethers";
import { z } from "zod";

import type { Asking } from "../lib/node.ts";

const quantity = z.string().transform(Number);
const header = z.object({
  number: quantity,
  hash: z.string(),
  parentHash: z.string(),
  timestamp: quantity,
});
const log = z.object({
  address: z.string().transform((text) => getAddress(text)),
  topics: z.array(z.string()),
  data: z.string(),
  blockNumber: quantity,
  blockHash: z.string(),
  transactionHash: z.string(),
  logIndex: quantity,
});

export type Header = z.output<typeof header>;
export type RpcLog = z.output<typeof log>;

export class Chain {
  readonly #node: Asking;

  constructor(node: Asking) {
    this.#node = node;
  }

  async head(): Promise<Header> {
    return header.parse(await this.#ask("eth_getBlockByNumber", ["latest", false]));
  }

  /** The header of a block; undefined if the chain, as the node knows it, is shorter. */
  async header(number: number): Promise<Header | undefined> {
    return header.nullable().parse(await this.#ask("eth_getBlockByNumber", [hex(number), false])) ?? undefined;
  }

  async logs(addresses: readonly string[], from: number, to: number): Promise<RpcLog[]> {
    const filter = { address: addresses, fromBlock: hex(from), toBlock: hex(to) };
    return z.array(log).parse(await this.#ask("eth_getLogs", [filter]));
  }

  async #ask(method: string, params: unknown[]): Promise<unknown> {
    return this.#node.request({ method, params });
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
