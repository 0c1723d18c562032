import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { UserError } from "../../shared/user-error.ts";
import { CommandEnded, NodeUnavailable } from "./exit-codes.ts";
import { isPassing, PATIENCE, RpcError, type Asking } from "./node.ts";

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
const block = z.object({ transactions: z.array(transaction) }).nullable();

export type Receipt = z.output<typeof receipt>;
export type SeenTransaction = z.output<typeof transaction>;

/** Waits between two questions, in milliseconds: short at first, for local nodes, then longer. */
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 4_000;

/** Blocks that are looked through one by one where a node keeps no state of old ones. */
const MOST_BLOCKS = 2_000n;

/** What a node says to a transaction that it has, had, or may have. */
const MAY_HAVE_ARRIVED =
  /already (?:known|imported|exists|in (?:the )?(?:mem)?pool)|known transaction|nonce (?:is )?too low|nonce has already|old ?nonce|invalid nonce|replacement|pool is full|txpool/i;

/**
 * Whether a node refused a transaction for certain. Not so if the connection broke, if the node is too busy, or if it says that it knows the
 * transaction or its nonce: then the transaction may have arrived.
 */
export function isRefusal(error: unknown): error is RpcError {
  return (
    error instanceof RpcError && !isPassing(error, "eth_sendRawTransaction") && !MAY_HAVE_ARRIVED.test(error.message)
  );
}

/**
 * A node that may go away for a while: questions are asked again until it answers or time is up. Only what may safely be asked twice goes
 * through here.
 */
export class PatientRpc {
  readonly #node: Asking;
  readonly #patience: number;
  /** Milliseconds that one question may take: what asks again by itself is not to wait twice. */
  readonly #most: number;

  constructor(node: Asking, timeoutSeconds: number) {
    this.#node = node;
    this.#patience = timeoutSeconds * 1_000;
    this.#most = Math.min(this.#patience, PATIENCE.total);
  }

  /** Asks until `read` gives something. `onTimeout` says what to do if it does not in time. */
  async until<T>(read: () => Promise<T | undefined>, onTimeout: () => string): Promise<T> {
    const deadline = Date.now() + this.#patience;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      let problem = "";
      try {
        const found = await read();
        if (found !== undefined) return found;
      } catch (error) {
        const passes = (error instanceof NodeUnavailable && !(error instanceof CommandEnded)) || isPassing(error, "");
        if (!passes) throw error;
        problem = ` (${error instanceof Error ? error.message : String(error)})`;
      }
      if (Date.now() > deadline) throw new NodeUnavailable(`${onTimeout()}${problem}`);
      await sleep(pause);
    }
  }

  async send(method: string, params: unknown[]): Promise<unknown> {
    return this.#node.request({ method, params }, this.#most);
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

  async nonce(account: string, tag: "latest" | "pending" | bigint): Promise<bigint> {
    const at = typeof tag === "bigint" ? hex(tag) : tag;
    return quantity.parse(await this.send("eth_getTransactionCount", [account, at]));
  }

  /** The mined transaction of an account with a nonce, looked for from a block on; undefined if this node shows none. */
  async byNonce(account: string, nonce: bigint, fromBlock: bigint): Promise<SeenTransaction | undefined> {
    const head = await this.blockNumber();
    const exact = await this.#blockOfNonce(account, nonce, fromBlock, head);
    const [first, last] = exact === undefined ? [fromBlock, least(head, fromBlock + MOST_BLOCKS)] : [exact, exact];
    for (let number = first; number <= last; number++) {
      const found = block.parse(await this.send("eth_getBlockByNumber", [hex(number), true]));
      const own = found?.transactions.find(
        (tx) => tx.nonce === nonce && tx.from.toLowerCase() === account.toLowerCase(),
      );
      if (own !== undefined) return own;
    }
    return undefined;
  }

  /** The block in which an account's nonce was used, found by halves; undefined where the node keeps no state of old blocks. */
  async #blockOfNonce(account: string, nonce: bigint, first: bigint, head: bigint): Promise<bigint | undefined> {
    let [low, high] = [first, head];
    try {
      while (low < high) {
        const middle = (low + high) / 2n;
        if ((await this.nonce(account, middle)) > nonce) high = middle;
        else low = middle + 1n;
      }
      return low;
    } catch (error) {
      if (error instanceof RpcError || error instanceof UserError) return undefined;
      throw error;
    }
  }
}

function hex(number: bigint): string {
  return `0x${number.toString(16)}`;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
