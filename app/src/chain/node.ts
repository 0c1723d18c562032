// A node as the page asks it. ethers' own provider does far more than read, is a seventh of what the page would load at first, and turns
// answers into text letter by letter; contracts of ethers read through anything that can `call`.
import { AbiCoder, isError, makeError, toQuantity, type ContractRunner, type TransactionRequest } from "ethers";

/** Requests that are made together go to the node together; a page of the lens is heavy: many at once would keep the first from showing. */
const AT_ONCE = 10;
/** A node that has not answered by then does not. */
const PATIENCE_MS = 60_000;
/** How often a node that is asked too much is asked again, waiting twice as long each time. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 250;
const TOO_MANY_REQUESTS = 429;

interface Waiting {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Carries JSON-RPC requests to a node, and its answers back; throws what stands in the way. */
export type Transport = (requests: readonly object[]) => Promise<unknown>;

export class ChainNode implements ContractRunner {
  readonly provider = null;
  readonly #transport: Transport;
  #waiting: Waiting[] = [];
  #lastId = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Asks the node; rejects with its refusal, or with what kept it from answering. */
  send(method: string, params: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0)
        setTimeout(() => {
          const waiting = this.#waiting;
          this.#waiting = [];
          for (let i = 0; i < waiting.length; i += AT_ONCE) void this.#ask(waiting.slice(i, i + AT_ONCE));
        });
      this.#waiting.push({ method, params, resolve, reject });
    });
  }

  /** Calls a contract; if it refuses, with an error of ethers that holds what the contract said. */
  async call(transaction: TransactionRequest): Promise<string> {
    const { to, from, data, value, blockTag = "latest" } = transaction;
    const request = { to, ...(from != null && { from }), ...(data != null && { data }) };
    const worth = value == null ? {} : { value: toQuantity(value) };
    const block = typeof blockTag === "number" ? toQuantity(blockTag) : blockTag;
    try {
      return text(await this.send("eth_call", [{ ...request, ...worth }, block]));
    } catch (error) {
      if (isError(error, "NETWORK_ERROR")) throw error;
      const refused = { to: text(to), data: data ?? "0x" };
      throw AbiCoder.getBuiltinCallException("call", refused, revertData(error) ?? null);
    }
  }

  /** The code at an address, `0x` where there is none. */
  async getCode(address: string): Promise<string> {
    return text(await this.send("eth_getCode", [address, "latest"]));
  }

  async #ask(waiting: readonly Waiting[]): Promise<void> {
    const requests = waiting.map(({ method, params }) => ({ jsonrpc: "2.0", id: (this.#lastId += 1), method, params }));
    try {
      const answer = await this.#transport(requests);
      // A node that does not take several at once says so once.
      const answers: readonly unknown[] = Array.isArray(answer) ? answer : requests.map(() => answer);
      for (const [i, { resolve, reject }] of waiting.entries()) {
        const own = Array.isArray(answer) ? answers.find((one) => field(one, "id") === requests[i]?.id) : answers[i];
        const error = field(own, "error");
        if (error !== undefined) reject(refusal(error, requests[i]?.method ?? ""));
        else if (field(own, "result") === undefined) reject(unreachable("The node's answer holds no result"));
        else resolve(field(own, "result"));
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

/** Reaches a node over HTTP. */
export function overHttp(url: string): Transport {
  return async (requests) => {
    const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      }).catch((error: unknown) => {
        throw unreachable("The node does not answer", error);
      });
      if (response.status === TOO_MANY_REQUESTS && attempt < ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (attempt - 1)));
        continue;
      }
      const answer: unknown = await response.json().catch(() => undefined);
      if (answer !== undefined && (response.ok || field(answer, "error") !== undefined))
        return requests.length === 1 ? [answer] : answer;
      throw unreachable(`The node answered ${response.status.toString()}`);
    }
  };
}

function unreachable(message: string, cause?: unknown): Error {
  return Object.assign(makeError(message, "NETWORK_ERROR", { event: "request" }), cause === undefined ? {} : { cause });
}

/** What a node refuses a request with, in the shape that wallets use too. */
function refusal(error: unknown, method: string): Error {
  const message = field(error, "message");
  return makeError(typeof message === "string" ? message : "The node refused", "UNKNOWN_ERROR", {
    error,
    payload: { method },
  });
}

/** Data that a contract reverted with, from a refused call; nodes put it in different places. */
function revertData(error: unknown, depth = 0): string | undefined {
  if (typeof error === "string") return /^0x[0-9a-f]*$/i.test(error) ? error : undefined;
  if (depth > 3) return undefined;
  return revertData(field(error, "data") ?? field(error, "error") ?? undefined, depth + 1);
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("The node's answer is no text");
  return value;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
