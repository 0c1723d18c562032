// What went wrong, for the person who sees it: the kind decides what the page says around it.
import { isError } from "ethers";

import type { decodeError, Writing } from "@termstake/bindings/errors";

import { DeploymentError } from "./deployment.ts";

export type Problem =
  /** The person said no in the wallet; whether a transaction of the same operation had been sent before. */
  | { readonly kind: "rejected"; readonly later?: boolean }
  /** A contract refused. */
  | {
      readonly kind: "revert";
      readonly name: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly sentence: string;
      /** How its values are to be written, for sentences in other languages. */
      readonly writing: Writing | undefined;
      /** Whether the chain has recorded the refused transaction, so that its fee is spent. */
      readonly recorded: boolean;
    }
  /** A transaction was recorded without acting, and nobody can tell why. */
  | { readonly kind: "failed" }
  /** The account cannot pay the transaction's fee. */
  | { readonly kind: "noGasMoney" }
  /** The wallet waits for the answer to an earlier request. */
  | { readonly kind: "busy" }
  /** The node, or the way to it. */
  | { readonly kind: "unreachable" }
  /** The transaction was replaced in the wallet and did not act. */
  | { readonly kind: "replaced" }
  /** What this page was served with does not fit the chain. */
  | { readonly kind: "deployment"; readonly detail: string }
  | { readonly kind: "other"; readonly detail: string };

const REJECTED = 4001;
const PENDING = -32002;
/** EIP-1193's, JSON-RPC's and EIP-1474's codes of a method that is not there. */
const UNSUPPORTED = [4200, -32601, -32004] as const;

/** A transaction that the chain recorded, but refused; `cause` is what refused it when it was asked again. */
export class RecordedFailure extends Error {
  override readonly name = "RecordedFailure";
}

/** Explains anything that was thrown while reading or sending; what a contract refused only with the bindings' decoder. */
export function explain(error: unknown, decode?: typeof decodeError, writing?: Writing): Problem {
  if (isRejected(error)) return { kind: "rejected" };
  const recorded = error instanceof RecordedFailure;
  const decoded = decode?.(recorded ? error.cause : error, writing);
  if (decoded !== undefined) {
    const { name, args, sentence } = decoded;
    return { kind: "revert", name, values: args, sentence, writing, recorded };
  }
  if (recorded) return { kind: "failed" };
  if (isError(error, "INSUFFICIENT_FUNDS")) return { kind: "noGasMoney" };
  if (hasCode(error, PENDING)) return { kind: "busy" };
  if (isError(error, "TRANSACTION_REPLACED")) return { kind: "replaced" };
  if (error instanceof DeploymentError) return { kind: "deployment", detail: error.message };
  if (isUnreachable(error)) return { kind: "unreachable" };
  return { kind: "other", detail: shortMessage(error) };
}

/** Explains what an operation threw: the decoder, which knows every error by name, is loaded for the first that fails. */
export async function explainOperation(error: unknown, writing: Writing): Promise<Problem> {
  const bindings = await import("@termstake/bindings/errors").catch(() => undefined);
  return explain(error, bindings?.decodeError, writing);
}

/** Whether a person said no in the wallet. */
export function isRejected(error: unknown): boolean {
  return isError(error, "ACTION_REJECTED") || hasCode(error, REJECTED);
}

/** Whether a wallet does not know what it was asked for, as some that cannot sign typed data. */
export function isUnsupported(error: unknown): boolean {
  return isError(error, "UNSUPPORTED_OPERATION") || UNSUPPORTED.some((code) => hasCode(error, code));
}

function hasCode(error: unknown, code: number, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  if ("code" in error && error.code === code) return true;
  return ["error", "info", "cause", "data"].some((key) => hasCode(Reflect.get(error, key), code, depth + 1));
}

function isUnreachable(error: unknown): boolean {
  return (
    isError(error, "NETWORK_ERROR") ||
    isError(error, "SERVER_ERROR") ||
    isError(error, "TIMEOUT") ||
    (error instanceof TypeError && /fetch/i.test(error.message))
  );
}

function shortMessage(error: unknown): string {
  if (typeof error === "object" && error !== null) {
    if ("shortMessage" in error && typeof error.shortMessage === "string") return error.shortMessage;
    if ("message" in error && typeof error.message === "string") return error.message.slice(0, 300);
  }
  return String(error).slice(0, 300);
}
