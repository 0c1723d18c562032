// A node as the page asks it. ethers' own provider does far more than read, is a seventh of what the page would load at first, and turns
// answers into text letter by letter; contracts of ethers read through anything that can `call`.
import { AbiCoder, isError, toQuantity, type ContractRunner, type TransactionRequest } from "ethers";

import { field, isRevert, isTransient, refusal, revertData, unreachable } from "./node-answers.ts";
import type { Transport } from "./transport.ts";

/** Requests that are made together go to the node together; a page of the lens is heavy: many at once would keep the first from showing. */
const AT_ONCE = 10;
/** How often a node that cannot answer now is asked again, waiting twice as long each time. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 250;

interface Waiting {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class ChainNode implements ContractRunner {
  readonly provider = null;
  readonly #transport: Transport;
  #waiting: Waiting[] = [];
  #lastId = 0;
  /** Whether the node takes several requests at once, as far as is known. */
  #batches = true;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Asks the node; rejects with its refusal, or with what kept it from answering. A node that says that it cannot answer now, since it
   * is asked too much or has not heard of a block yet, is asked again.
   */
  async send(method: string, params: readonly unknown[]): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(method, params);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (attempt === ATTEMPTS) throw unreachable("The node cannot answer now", error);
        await pause(FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
    }
  }

  /** Calls a contract; if it refuses, with an error of ethers that holds what the contract said. */
  async call(transaction: TransactionRequest): Promise<string> {
    const { to, from, data, value, blockTag = "latest" } = transaction;
    const request = { to, ...(from != null && { from }), ...(data != null && { data }) };
    const worth = value == null ? {} : { value: toQuantity(value) };
    const block = typeof blockTag === "number" ? toQuantity(blockTag) : blockTag;
    try {
      return text(await this.#atBlock("eth_call", { ...request, ...worth }, block));
    } catch (error) {
      if (!isRevert(error)) throw error;
      const refused = { to: text(to), data: data ?? "0x" };
      throw AbiCoder.getBuiltinCallException("call", refused, revertData(error) ?? null);
    }
  }

  /** The code at an address, `0x` where there is none. */
  async getCode(address: string): Promise<string> {
    return text(await this.send("eth_getCode", [address, "latest"]));
  }

  /** Asks about a block; of the newest one where the node has no pending one. */
  async #atBlock(method: string, request: object, block: unknown): Promise<unknown> {
    try {
      return await this.send(method, [request, block]);
    } catch (error) {
      if (block !== "pending" || isRevert(error) || isError(error, "NETWORK_ERROR")) throw error;
      return this.send(method, [request, "latest"]);
    }
  }

  #once(method: string, params: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0)
        setTimeout(() => {
          const waiting = this.#waiting;
          this.#waiting = [];
          const size = this.#batches ? AT_ONCE : 1;
          for (let i = 0; i < waiting.length; i += size) void this.#ask(waiting.slice(i, i + size));
        });
      this.#waiting.push({ method, params, resolve, reject });
    });
  }

  async #ask(waiting: readonly Waiting[]): Promise<void> {
    const requests = waiting.map(({ method, params }) => ({ jsonrpc: "2.0", id: (this.#lastId += 1), method, params }));
    try {
      const answer = await this.#transport(requests);
      const answers: readonly unknown[] = Array.isArray(answer) ? answer : [];
      const whole = requests.every(({ id }) => answers.some((one) => field(one, "id") === id));
      if (!whole && waiting.length > 1) return await this.#askSingly(waiting);
      for (const [i, { resolve, reject }] of waiting.entries()) {
        const own =
          answers.find((one) => field(one, "id") === requests[i]?.id) ?? (whole ? undefined : (answers[0] ?? answer));
        const error = field(own, "error");
        if (error !== undefined && error !== null) reject(refusal(error, requests[i]?.method ?? ""));
        else if (field(own, "result") === undefined) reject(unreachable("The node's answer holds no result"));
        else resolve(field(own, "result"));
      }
    } catch (error) {
      if (waiting.length > 1 && field(error, "refusedBatch") === true) return this.#askSingly(waiting);
      for (const { reject } of waiting) reject(error);
    }
  }

  /** Of a node that refuses several requests at once, or so many: one by one from now on. */
  async #askSingly(waiting: readonly Waiting[]): Promise<void> {
    this.#batches = false;
    await Promise.all(waiting.map(async (one) => this.#ask([one])));
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("The node's answer is no text");
  return value;
}
