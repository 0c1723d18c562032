// A node as they are met in the field: it stands before a real one, and does to its answers what a test says.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

const rpcRequest = z.object({
  id: z.union([z.number(), z.string(), z.null()]).default(null),
  method: z.string(),
  params: z.array(z.unknown()).default([]),
});

/** One JSON-RPC request, alone or out of a batch. */
export type RpcRequest = z.output<typeof rpcRequest>;

/** What a node does instead of answering. */
export type Rudeness =
  /** Closes the connection; the node never gets the request. */
  | "cut"
  /** Passes the request on, and closes the connection before the answer. */
  | "swallow"
  /** Never answers; the node never gets the request. */
  | "silence"
  /** Passes the request on, and never answers. */
  | "hang"
  /** A JSON-RPC error; `passedOn` lets the node have the request all the same. */
  | { readonly error: { readonly code: number; readonly message: string; readonly data?: unknown }; passedOn?: true }
  /** An HTTP status that is no 200, with a text or nothing. */
  | { readonly status: number; readonly body?: string; readonly retryAfter?: number }
  /** An answer that is made up. */
  | { readonly result: unknown }
  /** The node's own answer, changed: odd or missing fields. */
  | { readonly change: (result: unknown) => unknown };

/** How a node behaves; every rule may be changed while it runs. */
export interface RudeRules {
  /** Asked for each request; undefined lets it through to the other rules. Of a batch the first rudeness counts for all. */
  script?: ((request: RpcRequest) => Rudeness | undefined) | undefined;
  /** Chain id told instead of the node's. */
  chainId?: number | undefined;
  /** Knows no `pending` block: refuses the tag. */
  noPending?: boolean | undefined;
  /** Most requests in a batch; 0 refuses batches. */
  batchLimit?: number | undefined;
  /** HTTP status of refusing a batch that is too large: 200 if it is left out. */
  batchStatus?: number | undefined;
  /** Most blocks that one `eth_getLogs` may span. */
  logRange?: number | undefined;
  /** Blocks by which the index of logs alone is behind: it answers for newer blocks, with nothing. */
  logLag?: number | undefined;
  /** Blocks by which each backend behind the URL is behind; they answer in turn. */
  backends?: readonly number[] | undefined;
  /** Milliseconds that an answer takes. */
  latency?: number | undefined;
}

export interface RudeNode {
  readonly url: string;
  readonly port: number;
  readonly rules: RudeRules;
  /** Everything that was asked for, in order. */
  readonly asked: readonly RpcRequest[];
  /** How many requests came at once, in order: 1 for one alone. */
  readonly batches: readonly number[];
  close(): Promise<void>;
}

/** Most nodes' words for a range that is too wide, a batch that is too large, a tag that is not known, and a quota. */
export const RUDE = {
  quota: { error: { code: -32005, message: "daily request count exceeded, request rate limited" } },
  tooMany: { status: 429, body: "Too Many Requests" },
  unavailable: { status: 503, body: "Service Unavailable" },
  broken: { status: 500, body: "Internal Server Error" },
  unauthorized: { status: 401, body: "Unauthorized" },
  alreadyKnown: { error: { code: -32000, message: "already known" } },
  nonceTooLow: { error: { code: -32000, message: "nonce too low" } },
  headerNotFound: { error: { code: -32000, message: "header not found" } },
} as const satisfies Record<string, Rudeness>;

/** The real node: its URL, or what asks it where it has none. */
export type Target = string | ((request: { method: string; params: unknown[] }) => Promise<unknown>);

/** Starts a rude node before a real one. */
export async function startRudeNode(target: Target, rules: RudeRules = {}): Promise<RudeNode> {
  const asked: RpcRequest[] = [];
  const batches: number[] = [];
  const backend = new Backend(target, rules);
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "content-type");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    // The real node may be gone before its answer: then this one is as well.
    answer(request, response, backend, rules, (requests) => {
      asked.push(...requests);
      batches.push(requests.length);
    }).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 0; // it closes no connection but where a test says so
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    rules,
    asked,
    batches,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  backend: Backend,
  rules: RudeRules,
  note: (requests: readonly RpcRequest[]) => void,
): Promise<void> {
  const body: unknown = JSON.parse(await bodyOf(request));
  const batch = Array.isArray(body) ? z.array(rpcRequest).parse(body) : undefined;
  const requests = batch ?? [rpcRequest.parse(body)];
  note(requests);
  if (rules.latency !== undefined) await sleep(rules.latency);
  const send = (value: unknown) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
  if (batch !== undefined && rules.batchLimit !== undefined && batch.length > rules.batchLimit) {
    response.statusCode = rules.batchStatus ?? 200;
    send({ jsonrpc: "2.0", id: null, error: { code: -32600, message: `batch of more than ${rules.batchLimit}` } });
    return;
  }
  const rudenesses = requests.map((one) => rules.script?.(one));
  const rude = rudenesses.find((one) => one !== undefined && (typeof one === "string" || "status" in one));
  if (rude === "cut") request.socket.destroy();
  if (rude === "cut" || rude === "silence") return;
  if (rude === "swallow" || rude === "hang") {
    await Promise.all(requests.map(async (one) => backend.ask(one)));
    if (rude === "swallow") request.socket.destroy();
    return;
  }
  if (typeof rude === "object" && "status" in rude) {
    if (rude.retryAfter !== undefined) response.setHeader("retry-after", String(rude.retryAfter));
    response.writeHead(rude.status).end(rude.body);
    return;
  }
  const answers = await Promise.all(requests.map(async (one, i) => backend.answer(one, rudenesses[i])));
  send(batch === undefined ? answers[0] : answers);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(request, "end");
  return Buffer.concat(chunks).toString("utf8");
}

const rpcAnswer = z.union([
  z.object({ result: z.unknown() }).refine((value) => "result" in value),
  z.object({ error: z.unknown() }),
]);
type RpcAnswer = z.output<typeof rpcAnswer>;

/** What a provider throws, as a node writes it. */
const rpcError = z.object({ code: z.number().default(-32603), message: z.string(), data: z.unknown().optional() });

const located = z.object({ blockNumber: z.string().nullish() }).nullish();
const logFilter = z.looseObject({ fromBlock: z.string().optional(), toBlock: z.string().optional() });

/** Where methods name a block, by a number or a tag. */
const BLOCK_ARGUMENT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getBalance: 1,
  eth_getBlockByNumber: 0,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
};

/** The real node, seen through the backends that the rules describe. */
class Backend {
  readonly #target: Target;
  readonly #rules: RudeRules;
  #turn = 0;

  constructor(target: Target, rules: RudeRules) {
    this.#target = target;
    this.#rules = rules;
  }

  async answer(request: RpcRequest, rude: Rudeness | undefined): Promise<object> {
    const base = { jsonrpc: "2.0", id: request.id };
    if (typeof rude === "object" && "error" in rude) {
      if (rude.passedOn === true) await this.ask(request);
      return { ...base, error: rude.error };
    }
    if (typeof rude === "object" && "result" in rude) return { ...base, result: rude.result };
    const answered = await this.#regular(request);
    if (!("result" in answered) || typeof rude !== "object" || !("change" in rude)) return { ...base, ...answered };
    return { ...base, result: rude.change(answered.result) };
  }

  /** What the node itself says. */
  async ask({ method, params }: Omit<RpcRequest, "id">): Promise<RpcAnswer> {
    if (typeof this.#target !== "string")
      return this.#target({ method, params }).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: rpcError.parse(error) }),
      );
    const answered = await fetch(this.#target, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    return rpcAnswer.parse(await answered.json());
  }

  async #regular(request: RpcRequest): Promise<RpcAnswer> {
    const { chainId, noPending, backends = [0], logLag = 0 } = this.#rules;
    const { method, params } = request;
    if (method === "eth_chainId" && chainId !== undefined) return { result: hex(chainId) };
    if (noPending === true && params.includes("pending"))
      return { error: { code: -32602, message: "pending block is not supported" } };
    const lag = backends[this.#turn++ % backends.length] ?? 0;
    if (method === "eth_getLogs") return this.#logs(request, lag, lag + logLag);
    if (lag === 0) return this.ask(request);
    return this.#behind(request, (await this.#head()) - lag);
  }

  async #head(): Promise<number> {
    const answered = await this.ask({ method: "eth_blockNumber", params: [] });
    return Number(z.object({ result: z.string() }).parse(answered).result);
  }

  /** As a backend answers that has got no further than `head`. */
  async #behind({ method, params }: RpcRequest, head: number): Promise<RpcAnswer> {
    if (method === "eth_blockNumber") return { result: hex(head) };
    if (method === "eth_getTransactionByHash" || method === "eth_getTransactionReceipt") {
      const answered = await this.ask({ method, params });
      const place = located.parse("result" in answered ? answered.result : undefined)?.blockNumber;
      return place != null && Number(place) > head ? { result: null } : answered;
    }
    const at = BLOCK_ARGUMENT[method];
    if (at === undefined) return this.ask({ method, params });
    const block = params[at] ?? "latest";
    if (typeof block === "string" && block.startsWith("0x") && Number(block) > head)
      return method === "eth_getBlockByNumber"
        ? { result: null }
        : { error: { code: -32000, message: "header not found" } };
    const named = block === "latest" || block === "pending" ? hex(head) : block;
    return this.ask({ method, params: Object.assign([...params], { [at]: named }) });
  }

  /** Logs of a range; of blocks that the index has not got yet there are none. */
  async #logs({ params }: RpcRequest, lag: number, indexLag: number): Promise<RpcAnswer> {
    const { logRange } = this.#rules;
    const filter = logFilter.parse(params[0]);
    const head = await this.#head();
    const number = (text: string | undefined) => (text?.startsWith("0x") === true ? Number(text) : head - lag);
    const from = filter.fromBlock === "earliest" ? 0 : number(filter.fromBlock);
    const to = number(filter.toBlock);
    if (logRange !== undefined && to - from + 1 > logRange)
      return { error: { code: -32005, message: `block range is too wide: the most is ${logRange} blocks` } };
    const last = Math.min(to, head - indexLag);
    if (from > last) return { result: [] };
    return this.ask({ method: "eth_getLogs", params: [{ ...filter, fromBlock: hex(from), toBlock: hex(last) }] });
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
