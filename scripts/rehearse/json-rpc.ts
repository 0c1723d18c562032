import { z } from "zod";

const answer = z.object({ result: z.unknown().optional(), error: z.object({ message: z.string() }).optional() });

/** A JSON-RPC endpoint, asked directly. */
export class JsonRpc {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Throws what the node calls an error. */
  async send(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const { result, error } = answer.parse(JSON.parse(await this.pass(JSON.stringify(request(method, params)))));
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Passes a request, or a batch of them, as it is. */
  async pass(body: string): Promise<string> {
    const response = await fetch(this.#url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return response.text();
  }

  async answers(): Promise<boolean> {
    return this.send("eth_chainId").then(
      () => true,
      () => false,
    );
  }
}

function request(method: string, params: readonly unknown[]): object {
  return { jsonrpc: "2.0", id: 1, method, params };
}
