// The way to the node, the same for every command: each attempt has seconds, each question a bound in all, and what a node may say
// tomorrow is asked again.
import { setTimeout as sleep } from "node:timers/promises";

import { asksTooMuch } from "@termstake/sdk/logs";
import { JsonRpcApiProvider, Network, type JsonRpcPayload, type JsonRpcResult } from "ethers";
import { z } from "zod";

import { CommandEnded, NodeUnavailable } from "./exit-codes.ts";

/** The node answered, with an error of JSON-RPC. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: unknown;

  constructor({ code, message, data }: { code: number; message: string; data?: unknown }) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A connection that broke, timed out, or carried something that is no JSON-RPC: whether the question arrived is not known. */
export class BrokenConnection extends Error {
  override readonly name = "BrokenConnection";
  /** Of HTTP, if that is what came. */
  readonly status: number | undefined;

  constructor(message: string, { cause, status }: { cause?: unknown; status?: number } = {}) {
    super(message, { cause });
    this.status = status;
  }
}

/** Asks one question. */
export interface Asking {
  /** `total` bounds the milliseconds of this question, with all its attempts. */
  request(question: { method: string; params?: readonly unknown[] }, total?: number): Promise<unknown>;
}

export interface Patience {
  /** Milliseconds for one attempt. */
  readonly attempt: number;
  /** Milliseconds for a question, with all its attempts. */
  readonly total: number;
}

export const PATIENCE: Patience = { attempt: 10_000, total: 20_000 };

const [FIRST_PAUSE, LONGEST_PAUSE] = [200, 4_000];

/** Statuses that mend themselves, in place of those that only a person mends. */
const PASSING_STATUS = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);
/** What nodes say to who asks too often; no two say the same, and the code is -32005 or another. */
const TOO_OFTEN =
  /rate.?limit|too many requests|request (?:count|limit)|requests? per|per second|quota|credits|throttl|capacity|usage limit|daily|retry (?:later|in)/i;
/** What a node says that is behind the one that was asked before, or busy. */
const BEHIND =
  /header not found|unknown block|block not found|not yet imported|beyond (?:the )?(?:current )?head|timed? ?out|temporarily|try again|busy|overloaded/i;
/** What the virtual machine says. */
const REVERTED = /revert|invalid opcode|out of gas|stack (?:under|over)flow|invalid jump|execution|VM Exception/i;

/** Whether the same question may be answered later. A range of logs that is too much for a node is not: less may be. */
export function isPassing(error: unknown, method: string): boolean {
  if (method === "eth_getLogs" && asksTooMuch(error)) return false;
  if (error instanceof BrokenConnection) return true;
  if (!(error instanceof RpcError) || isRevert(error)) return false;
  return error.code === 429 || error.code === -32005 || TOO_OFTEN.test(error.message) || BEHIND.test(error.message);
}

/** Whether a contract, and not the node, said no. */
export function isRevert({ code, message, data }: RpcError): boolean {
  return code === 3 || REVERTED.test(message) || (typeof data === "string" && /^0x[0-9a-f]+$/i.test(data));
}

/** What is asked once only: asking again is a decision of whoever knows what is sent. */
const SENDING = new Set(["eth_sendRawTransaction", "eth_sendTransaction"]);

/** Seconds-bound questions to a node. */
export class Node implements Asking {
  readonly #ask: (method: string, params: readonly unknown[], signal: AbortSignal) => Promise<unknown>;
  readonly #patience: Patience;
  readonly #ended = new AbortController();
  #knowsPending = true;

  constructor(
    ask: (method: string, params: readonly unknown[], signal: AbortSignal) => Promise<unknown>,
    patience = PATIENCE,
  ) {
    this.#ask = ask;
    this.#patience = patience;
  }

  /** Gives up whatever is being asked, and refuses every further question. */
  end(): void {
    this.#ended.abort();
  }

  async request(
    { method, params = [] }: { method: string; params?: readonly unknown[] },
    total: number = this.#patience.total,
  ): Promise<unknown> {
    if (SENDING.has(method)) return this.#attempt(method, params, Math.min(this.#patience.attempt, total));
    if (!this.#knowsPending) return this.#patiently(method, params.map(withoutPending), total);
    try {
      return await this.#patiently(method, params, total);
    } catch (error) {
      // Some nodes have no pending block: the latest one is the nearest to it that they know.
      if (!params.includes("pending") || !(error instanceof RpcError) || isRevert(error)) throw error;
      const answer = await this.#patiently(method, params.map(withoutPending), total);
      this.#knowsPending = false;
      return answer;
    }
  }

  async #patiently(method: string, params: readonly unknown[], total: number): Promise<unknown> {
    const deadline = Date.now() + total;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        return await this.#attempt(method, params, Math.min(this.#patience.attempt, deadline - Date.now()));
      } catch (error) {
        const passing = isPassing(error, method);
        if (!passing && !(error instanceof BrokenConnection)) throw error;
        if (!passing || Date.now() + pause >= deadline) throw unavailable(error);
        await sleep(pause, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      }
    }
  }

  async #attempt(method: string, params: readonly unknown[], milliseconds: number): Promise<unknown> {
    const { signal } = this.#ended;
    if (signal.aborted) throw new CommandEnded();
    const timeout = AbortSignal.timeout(Math.max(1, milliseconds));
    try {
      return await this.#ask(method, params, AbortSignal.any([signal, timeout]));
    } catch (error) {
      if (!timeout.aborted || error instanceof RpcError) throw error;
      const seconds = Math.max(1, Math.round(milliseconds / 1_000));
      throw new BrokenConnection(`no answer in ${seconds} s`, { cause: error });
    }
  }
}

function withoutPending(value: unknown): unknown {
  return value === "pending" ? "latest" : value;
}

function unavailable(error: unknown): NodeUnavailable {
  const why = error instanceof Error ? error.message : String(error);
  return new NodeUnavailable(`The node is unavailable: ${why}`, { cause: error });
}

const answered = z.union([
  z.object({ error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }) }),
  z.object({ result: z.unknown() }).refine((value) => "result" in value),
]);

/** Asks over HTTP. */
export function overHttp(url: string, headers: Readonly<Record<string, string>>) {
  let id = 0;
  return async (method: string, params: readonly unknown[], signal: AbortSignal): Promise<unknown> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params }),
      signal,
    }).catch((error: unknown) => {
      throw new BrokenConnection(reasonOf(error), { cause: error });
    });
    const text = await response.text().catch((error: unknown) => {
      throw new BrokenConnection(reasonOf(error), { cause: error });
    });
    const parsed = answered.safeParse(parseJson(text));
    // Some nodes tell errors of JSON-RPC with a status of their own.
    if (parsed.success && !PASSING_STATUS.has(response.status)) {
      if ("error" in parsed.data) throw new RpcError(parsed.data.error);
      return parsed.data.result;
    }
    const status = `it answers ${response.status}${response.statusText === "" ? "" : ` ${response.statusText}`}`;
    if (response.ok) throw new BrokenConnection("its answer is no JSON-RPC");
    if (PASSING_STATUS.has(response.status)) throw new BrokenConnection(status, { status: response.status });
    throw new NodeUnavailable(`The node is unavailable: ${status}. Check its URL and the key in it`);
  };
}

/** `fetch` says "fetch failed", and why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? String(cause.code) : "";
  if (code === "ECONNREFUSED") return "nothing listens at its address";
  if (code === "ENOTFOUND") return "its host is not known";
  return cause.message === "" ? code : cause.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The node as ethers asks it: every question goes through `Node`, one by one. */
export class NodeProvider extends JsonRpcApiProvider {
  readonly #node: Asking;

  constructor(node: Asking, chainId: bigint) {
    const network = Network.from(chainId);
    super(network, { staticNetwork: network, batchMaxCount: 1, cacheTimeout: -1 });
    this.#node = node;
    this._start();
  }

  override async send(method: string, params: unknown[] | Record<string, unknown>): Promise<unknown> {
    const list = Array.isArray(params) ? params : [params];
    try {
      return await this.#node.request({ method, params: list });
    } catch (error) {
      // What a contract says is ethers' to decode; what the node says of itself is no contract's word.
      if (!(error instanceof RpcError) || !isRevert(error)) throw error;
      const { code, message, data } = error;
      throw this.getRpcError(
        { id: 1, jsonrpc: "2.0", method, params: list },
        { id: 1, error: { code, message, data } },
      );
    }
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const payloads = Array.isArray(payload) ? payload : [payload];
    return Promise.all(
      payloads.map(async ({ id, method, params }) => ({ id, result: await this.send(method, params) })),
    );
  }
}
