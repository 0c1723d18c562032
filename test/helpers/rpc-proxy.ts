import { once } from "node:events";
import { createServer } from "node:http";

/** A way to a node that can be cut. */
export interface RpcProxy {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What becomes of a request: passed on and answered, passed on but never answered, or neither. */
export type Fate = "answer" | "swallow" | "hang" | "cut";

export interface ProxyRules {
  /** By the request's method. */
  readonly fate?: (method: string) => Fate;
  /** Chain id to tell instead of the node's. */
  readonly chainId?: number;
}

/** Starts a proxy before a node. */
export async function startProxy(target: string, { fate = () => "answer", chainId }: ProxyRules): Promise<RpcProxy> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const [, method = ""] = /"method":\s*"(\w+)"/.exec(body) ?? [];
      const fated = fate(method);
      if (fated === "cut") {
        request.socket.destroy();
        return;
      }
      void fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body })
        .then(async (answered) => answered.text())
        .then((text) => {
          if (fated === "hang") return; // whoever asked waits
          if (fated === "swallow") {
            request.socket.destroy();
            return;
          }
          const told =
            method === "eth_chainId" && chainId !== undefined
              ? text.replace(/"result":\s*"0x[0-9a-f]+"/, `"result":"0x${chainId.toString(16)}"`)
              : text;
          response.setHeader("content-type", "application/json");
          response.end(told);
        });
    });
  });
  server.keepAliveTimeout = 0; // it closes no connection but where a test says so
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
