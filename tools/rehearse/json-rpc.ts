import { once } from "node:events";
import { IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

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
    const { result, error } = answer.parse(JSON.parse(await this.pass(JSON.stringify(question(method, params)))));
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Passes a request, or a batch of them, as it is. */
  async pass(body: string): Promise<string> {
    // A connection of its own each time: one that is kept may be closed from the other side just when it is used again.
    const options = { method: "POST", headers: { "content-type": "application/json" }, agent: false } as const;
    const sending = request(this.#url, options).end(body);
    const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(sending, "response"));
    return text(response);
  }

  async answers(): Promise<boolean> {
    return this.send("eth_chainId").then(
      () => true,
      () => false,
    );
  }
}

function question(method: string, params: readonly unknown[]): object {
  return { jsonrpc: "2.0", id: 1, method, params };
}
