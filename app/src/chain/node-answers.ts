// What a node's refusal means: that a contract reverted, that the node cannot answer now, or that it does not understand.
import { asksTooMuch } from "@termstake/sdk/logs";
import { isError, makeError } from "ethers";

/** JSON-RPC codes of "asked too much": EIP-1474's, and those that providers took from HTTP. */
const TRANSIENT_CODES: ReadonlySet<unknown> = new Set([-32_005, -32_097, 429, 503, -32_016, -32_029]);
/** What nodes say that are asked too much, or behind their peers. */
const TRANSIENT =
  /header not found|unknown block|block not found|beyond (the )?(current )?head|missing trie node|(resource|block) (is )?not (yet )?(available|imported)|too many requests|rate.?limit|request limit|limit exceeded|over capacity|try again|timed? ?out|temporarily/i;
/** EIP-1474's code of an execution that reverted. */
const REVERTED = 3;
const REVERT =
  /revert|invalid opcode|out of gas|stack (under|over)flow|bad jump|vm exception|vm execution|invalid jump/i;

/** Whether the node cannot answer now, and may when it is asked again; what a contract says is never that. */
export function isTransient(error: unknown): boolean {
  if (isError(error, "NETWORK_ERROR") || isRevert(error)) return false;
  // Less of a history may be told at once; waiting does not help.
  if (field(field(error, "payload"), "method") === "eth_getLogs" && asksTooMuch(error)) return false;
  const layers = refusals(error);
  return layers.some((layer) => TRANSIENT_CODES.has(field(layer, "code")) || TRANSIENT.test(message(layer)));
}

/** Whether a contract refused, rather than the node. */
export function isRevert(error: unknown): boolean {
  if (isError(error, "NETWORK_ERROR")) return false;
  return (
    revertData(error) !== undefined ||
    refusals(error).some((layer) => field(layer, "code") === REVERTED || REVERT.test(message(layer)))
  );
}

/** What a node refuses a request with, in the shape that wallets use too. */
export function refusal(error: unknown, method: string): Error {
  return makeError(message(error) || "The node refused", "UNKNOWN_ERROR", { error, payload: { method } });
}

/** What stands for a node that did not answer. */
export function unreachable(said: string, cause?: unknown): Error {
  return Object.assign(makeError(said, "NETWORK_ERROR", { event: "request" }), cause === undefined ? {} : { cause });
}

/** Data that a contract reverted with, from a refused call; nodes put it in different places. */
export function revertData(error: unknown, depth = 0): string | undefined {
  if (typeof error === "string")
    return /^(Reverted )?0x(?:[0-9a-f]{2})*$/i.test(error) ? error.replace("Reverted ", "") : undefined;
  if (depth > 3) return undefined;
  return revertData(field(error, "data") ?? field(error, "error") ?? undefined, depth + 1);
}

export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** A refusal, and what it was made of. */
function refusals(error: unknown): unknown[] {
  const layers: unknown[] = [];
  for (let layer = error; layer !== undefined && layer !== null && layers.length < 4; layer = field(layer, "error"))
    layers.push(layer);
  return layers;
}

function message(error: unknown): string {
  const said = field(error, "message");
  return typeof said === "string" ? said : "";
}
