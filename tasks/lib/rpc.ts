import { setTimeout as sleep } from "node:timers/promises";

import type { EthereumProvider } from "hardhat/types/providers";
import { z } from "zod";

import { MendableError } from "../../scripts/lib/mendable-error.ts";

const quantity = z.string().transform(BigInt);

const receipt = z.object({
  transactionHash: z.string(),
  blockNumber: quantity,
  blockHash: z.string(),
  gasUsed: quantity,
  status: quantity,
  logs: z.array(z.object({ address: z.string(), topics: z.array(z.string()), data: z.string() })),
});
const transaction = z.object({
  hash: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  nonce: quantity,
  input: z.string(),
});
const block = z.object({ transactions: z.array(transaction) });

export type Receipt = z.output<typeof receipt>;
export type SeenTransaction = z.output<typeof transaction>;

/** Waits between two questions, in milliseconds: short at first, for local nodes, then longer. */
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 4_000;

/**
 * Whether a node answered with a refusal, as opposed to a connection that broke or was never there: Hardhat gives these a code as well,
 * but what broke stands behind them as their cause.
 */
export function isRefusal(error: unknown): error is Error & { code: number } {
  return error instanceof Error && "code" in error && typeof error.code === "number" && error.cause === undefined;
}

/**
 * A node that may go away for a while: questions are asked again until it answers or time is up. Only what may safely be asked twice goes
 * through here.
 */
export class PatientRpc {
  readonly #provider: EthereumProvider;
  readonly #patience: number;

  constructor(provider: EthereumProvider, timeoutSeconds: number) {
    this.#provider = provider;
    this.#patience = timeoutSeconds * 1_000;
  }

  /** Asks until `read` gives something. `onTimeout` says what to do if it does not in time. */
  async until<T>(read: () => Promise<T | undefined>, onTimeout: string): Promise<T> {
    const deadline = Date.now() + this.#patience;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      let problem = "";
      try {
        const found = await read();
        if (found !== undefined) return found;
      } catch (error) {
        if (error instanceof MendableError || isRefusal(error)) throw error;
        problem = ` (${error instanceof Error ? error.message : String(error)})`;
      }
      if (Date.now() > deadline) throw new MendableError(`${onTimeout}${problem}`);
      await sleep(pause);
    }
  }

  async send(method: string, params: unknown[]): Promise<unknown> {
    return this.#provider.request({ method, params });
  }

  async receipt(hash: string): Promise<Receipt | undefined> {
    return receipt.nullish().parse(await this.send("eth_getTransactionReceipt", [hash])) ?? undefined;
  }

  async transaction(hash: string): Promise<SeenTransaction | undefined> {
    return transaction.nullish().parse(await this.send("eth_getTransactionByHash", [hash])) ?? undefined;
  }

  async blockNumber(): Promise<bigint> {
    return quantity.parse(await this.send("eth_blockNumber", []));
  }

  async nonce(account: string, tag: "latest" | "pending"): Promise<bigint> {
    return quantity.parse(await this.send("eth_getTransactionCount", [account, tag]));
  }

  /** The mined transaction of an account with a nonce, looked for from a block on. */
  async byNonce(account: string, nonce: bigint, fromBlock: bigint): Promise<SeenTransaction | undefined> {
    const last = await this.blockNumber();
    for (let number = fromBlock; number <= last; number++) {
      const { transactions } = block.parse(await this.send("eth_getBlockByNumber", [`0x${number.toString(16)}`, true]));
      const found = transactions.find((tx) => tx.nonce === nonce && tx.from.toLowerCase() === account.toLowerCase());
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
