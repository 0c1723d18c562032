// The way to a node over HTTP.
import { field, unreachable } from "./node-answers.ts";

/** A node that has not answered by then does not. */
const PATIENCE_MS = 20_000;
/** How often a node that is asked too much, or out of order, is asked again, waiting twice as long each time. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 250;
const AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const TOO_LARGE = 413;

/** Carries JSON-RPC requests to a node, and its answers back; throws what stands in the way. */
export type Transport = (requests: readonly object[]) => Promise<unknown>;

/** Reaches a node over HTTP. */
export function overHttp(url: string, patience = PATIENCE_MS): Transport {
  return async (requests) => {
    const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(patience),
      }).catch((error: unknown) => {
        throw unreachable("The node does not answer", error);
      });
      if (AGAIN.has(response.status) && attempt < ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (attempt - 1)));
        continue;
      }
      const answer: unknown = await response.json().catch(() => undefined);
      if (answer !== undefined && (response.ok || field(answer, "error") !== undefined || Array.isArray(answer)))
        return requests.length === 1 && !Array.isArray(answer) ? [answer] : answer;
      throw Object.assign(unreachable(`The node answered ${response.status.toString()}`), {
        status: response.status,
        refusedBatch: response.status >= 400 && response.status <= TOO_LARGE,
      });
    }
  };
}
