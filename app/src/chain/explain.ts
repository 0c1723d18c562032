// What went wrong, for the person who sees it: the kind decides what the page says around it.
import type { decodeError, Writing } from "@termstake/sdk/errors";
import { isError } from "ethers";

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
  /** A contract refused with an error that the SDK does not know, as a token's own. */
  | { readonly kind: "unknownRevert" }
  /** A transaction was recorded without acting, and nobody can tell why. */
  | { readonly kind: "failed" }
  /** The account cannot pay the transaction's fee. */
  | { readonly kind: "noGasMoney" }
  /** The wallet is on another network, or has another account, than when the operation began. */
  | { readonly kind: "moved" }
  /** Of what is sent less arrives, and what arrives earns `reward`, in base units. */
  | { readonly kind: "feeOnTransfer"; readonly reward: bigint }
  /** The wallet waits for the answer to an earlier request. */
  | { readonly kind: "busy" }
  /** The node, or the way to it. */
  | { readonly kind: "unreachable" }
  /** There is nothing at an address where this page expects a contract: the node's chain is another one. */
  | { readonly kind: "noContract" }
  /** The transaction was replaced in the wallet and did not act. */
  | { readonly kind: "replaced" }
  /** What this page was served with does not fit the chain. */
  | { readonly kind: "deployment"; readonly detail: string }
  | { readonly kind: "other"; readonly detail: string };

/** EIP-1193's code of a person who said no, and those that WalletConnect took for it. */
const REJECTED = [4001, 5000, 5002] as const;
/** What a hardware wallet answers when its owner presses the button for no. */
const LEDGER_REJECTED = 0x6985;
const REJECTED_WORDS =
  /\(0x6985\)|\b0x6985\b|user (rejected|denied|cancell?ed)|rejected by (the )?user|conditions of use not satisfied/i;
const PENDING = -32002;
/** EIP-1193's, JSON-RPC's and EIP-1474's codes of a method that is not there. */
const UNSUPPORTED = [4200, -32601, -32004] as const;
/** How nodes say that an account cannot pay for the gas; ethers knows some of their words only. */
const NO_GAS_MONEY = /insufficient funds|enough funds|gas required exceeds allowance/i;
/** How deep libraries, wallets and nodes nest what one of them said. */
const DEPTH = 5;

/** A transaction that the chain recorded, but refused; `cause` is what refused it when it was asked again. */
export class RecordedFailure extends Error {
  override readonly name = "RecordedFailure";
}

/** Another transaction of the account took the place of the one that was sent. */
export class Replaced extends Error {
  override readonly name = "Replaced";
}

/** The wallet is not where it was when the operation began: on another chain, or with another account. */
export class WalletMoved extends Error {
  override readonly name = "WalletMoved";
}

/** The token takes a part of each transfer, so that a position earns less than was promised for the whole. */
export class LessArrives extends Error {
  override readonly name = "LessArrives";
  /** Reward for what arrives, in base units. */
  readonly reward: bigint;

  constructor(reward: bigint) {
    super("Less arrives than is sent");
    this.reward = reward;
  }
}

/** Explains anything that was thrown while reading or sending; what a contract refused only with the SDK's decoder. */
export function explain(error: unknown, decode?: typeof decodeError, writing?: Writing): Problem {
  if (isRejected(error)) return { kind: "rejected" };
  if (error instanceof WalletMoved) return { kind: "moved" };
  if (error instanceof LessArrives) return { kind: "feeOnTransfer", reward: error.reward };
  const recorded = error instanceof RecordedFailure;
  const decoded = decode?.(recorded ? error.cause : error, writing);
  if (decoded !== undefined) {
    const { name, args, sentence } = decoded;
    return { kind: "revert", name, values: args, sentence, writing, recorded };
  }
  if (recorded) return { kind: "failed" };
  if (lacksGasMoney(error)) return { kind: "noGasMoney" };
  if (hasCode(error, PENDING)) return { kind: "busy" };
  if (decode !== undefined && isError(error, "CALL_EXCEPTION")) return { kind: "unknownRevert" };
  if (error instanceof Replaced) return { kind: "replaced" };
  if (error instanceof DeploymentError) return { kind: "deployment", detail: error.message };
  if (isError(error, "BAD_DATA") && error.value === "0x") return { kind: "noContract" };
  if (isUnreachable(error)) return { kind: "unreachable" };
  return { kind: "other", detail: shortMessage(error) };
}

/** Explains what an operation threw: the decoder, which knows every error by name, is loaded for the first that fails. */
export async function explainOperation(error: unknown, writing: Writing): Promise<Problem> {
  const sdk = await import("@termstake/sdk/errors").catch(() => undefined);
  return explain(error, sdk?.decodeError, writing);
}

/** Whether a person said no in the wallet. */
function isRejected(error: unknown): boolean {
  return (
    isError(error, "ACTION_REJECTED") ||
    REJECTED.some((code) => hasCode(error, code)) ||
    layers(error).some((layer) => "statusCode" in layer && layer.statusCode === LEDGER_REJECTED) ||
    messages(error).some((message) => REJECTED_WORDS.test(message))
  );
}

/** Whether a wallet does not know what it was asked for, as some that cannot sign typed data. */
export function isUnsupported(error: unknown): boolean {
  return isError(error, "UNSUPPORTED_OPERATION") || UNSUPPORTED.some((code) => hasCode(error, code));
}

/** Everything that an error wraps, from the outside in; wallets disagree on where. */
function layers(error: unknown, depth = DEPTH): object[] {
  if (typeof error !== "object" || error === null || depth === 0) return [];
  const within = ["info", "error", "cause", "data", "originalError"].flatMap((key) =>
    layers(Reflect.get(error, key), depth - 1),
  );
  return [error, ...within];
}

/** Whether an error, or one that it wraps, has a code. */
export function hasCode(error: unknown, code: number): boolean {
  return layers(error).some((layer) => "code" in layer && Number(layer.code) === code);
}

function lacksGasMoney(error: unknown): boolean {
  return isError(error, "INSUFFICIENT_FUNDS") || messages(error).some((message) => NO_GAS_MONEY.test(message));
}

function messages(error: unknown): string[] {
  return layers(error).flatMap((layer) =>
    "message" in layer && typeof layer.message === "string" && layer.message !== "" ? [layer.message] : [],
  );
}

function isUnreachable(error: unknown): boolean {
  return (
    isError(error, "NETWORK_ERROR") ||
    isError(error, "SERVER_ERROR") ||
    isError(error, "TIMEOUT") ||
    (error instanceof TypeError && /fetch/i.test(error.message))
  );
}

/** What ethers cannot explain itself, whoever is behind it has said in the innermost words. */
function shortMessage(error: unknown): string {
  const known = !isError(error, "UNKNOWN_ERROR") && typeof error === "object" && error !== null;
  if (known && "shortMessage" in error && typeof error.shortMessage === "string") return error.shortMessage;
  return (messages(error).at(-1) ?? String(error)).slice(0, 300);
}
