// A node with the manners of real ones: asked too much, behind its peers, without a pending block, without batches, or silent.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

/** A JSON-RPC error as a node writes it. */
export interface RpcRefusal {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface RpcCall {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a node does that others do not; anything that is left out it does as expected. Can be changed at any time. */
export interface Manners {
  /** Accepts requests, and never answers. */
  silent?: boolean;
  /** Refuses to tell of a pending block. */
  noPending?: boolean;
  /** Answers no request that is one of several: refuses them as a whole, or all above a number. */
  batches?: "refused" | "http" | number;
  /** Most blocks that it tells the logs of at once. */
  logRange?: number;
  /** Refuses a call with an error, or answers a request with an HTTP status; undefined answers it. */
  refuse?: (call: RpcCall) => RpcRefusal | number | undefined;
  /** How many blocks the one of several nodes is behind that answers a call. */
  behind?: (call: RpcCall) => number;
}

export interface RudeNode {
  readonly url: string;
  readonly manners: Manners;
  /** Bodies of all requests, in order: one call or several. */
  readonly asked: readonly (readonly RpcCall[])[];
  close(): Promise<void>;
}

type Ask = (call: { method: string; params: unknown[] }) => Promise<unknown>;

/** Starts such a node before one that `ask` asks. */
export async function startRudeNode(ask: Ask, manners: Manners = {}): Promise<RudeNode> {
  const asked: RpcCall[][] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as RpcCall | RpcCall[];
      const calls = Array.isArray(body) ? body : [body];
      asked.push(calls);
      void respond(ask, manners, calls, Array.isArray(body), response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    manners,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function respond(
  ask: Ask,
  manners: Manners,
  calls: readonly RpcCall[],
  several: boolean,
  response: ServerResponse,
): Promise<void> {
  if (manners.silent === true) return;
  const end = (body: unknown, status = 200) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const { batches } = manners;
  if (several && batches !== undefined && (typeof batches !== "number" || calls.length > batches)) {
    const error = { code: -32_600, message: `batch of ${calls.length} requests is not allowed` };
    end({ jsonrpc: "2.0", id: null, error }, batches === "http" ? 400 : 200);
    return;
  }
  const status = calls.map((call) => manners.refuse?.(call)).find((refused) => typeof refused === "number");
  if (status !== undefined) {
    response.writeHead(status, { "content-type": "text/html" });
    response.end("<html>no</html>");
    return;
  }
  const answers = await Promise.all(calls.map(async (call) => answer(ask, manners, call)));
  end(several ? answers : answers[0]);
}

async function answer(ask: Ask, manners: Manners, call: RpcCall): Promise<object> {
  const head = { jsonrpc: "2.0", id: call.id };
  const refused = manners.refuse?.(call);
  if (typeof refused === "object") return { ...head, error: refused };
  try {
    return { ...head, result: await told(ask, manners, call) };
  } catch (error) {
    const { code, message, data } = error as Partial<RpcRefusal>;
    return { ...head, error: { code: code ?? -32_603, message: message ?? String(error), data } };
  }
}

async function told(ask: Ask, manners: Manners, call: RpcCall): Promise<unknown> {
  const { method } = call;
  const params = [...call.params];
  if (manners.noPending === true && params.includes("pending"))
    throw refusal(-32_602, "invalid argument: pending block is not supported");
  const end = Number(await ask({ method: "eth_blockNumber", params: [] })) - (manners.behind?.(call) ?? 0);
  if (method === "eth_blockNumber") return hex(end);
  if (method === "eth_getLogs") {
    const [{ fromBlock, toBlock, ...filter }] = params as [{ fromBlock: string; toBlock: string }];
    const blocks = Number(toBlock) - Number(fromBlock) + 1;
    if (manners.logRange !== undefined && blocks > manners.logRange)
      throw refusal(-32_005, `query exceeds max block range ${manners.logRange}`);
    const last = Math.min(Number(toBlock), end); // as nodes do that have not heard of the rest
    return Number(fromBlock) > last ? [] : ask({ method, params: [{ ...filter, fromBlock, toBlock: hex(last) }] });
  }
  const at = params.findIndex((value) => value === "latest" || value === "pending" || isBlock(method, value));
  const block = params[at];
  if (block === "latest") params[at] = hex(end);
  if (isBlock(method, block) && Number(block) > end) {
    if (method === "eth_getBlockByNumber") return null;
    throw refusal(-32_000, "header not found");
  }
  return ask({ method, params });
}

function isBlock(method: string, value: unknown): boolean {
  return typeof value === "string" && /^0x[0-9a-f]{1,8}$/.test(value) && /^eth_(call|getBlockByNumber)$/.test(method);
}

function refusal(code: number, message: string): RpcRefusal {
  return { code, message };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
