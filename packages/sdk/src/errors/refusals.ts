// Why a transaction or a call came to nothing before any contract of ours refused it, as far as wallets, nodes and libraries tell.

import { findRevertTraces } from "./find-revert-data.ts";

/** What stood in the way. */
export interface Refusal {
  readonly name: "UserRejected" | "InsufficientFunds" | "WrongNetwork" | "NoContract";
  readonly sentence: string;
}

interface Sign extends Refusal {
  /** Codes of EIP-1193, JSON-RPC wallets and ethers. */
  readonly codes: readonly (number | string)[];
  readonly texts: RegExp;
}

const SIGNS: readonly Sign[] = [
  {
    name: "UserRejected",
    sentence: "It was declined in the wallet, and nothing was sent.",
    codes: [4001, 5000, 5002, "ACTION_REJECTED"],
    texts: /user (?:rejected|denied|declined|cancell?ed)|rejected by (?:the )?user|0x6985\b/i,
  },
  {
    name: "InsufficientFunds",
    sentence: "The account does not hold enough of the network's own currency to pay for the transaction.",
    codes: ["INSUFFICIENT_FUNDS"],
    texts: /insufficient funds|doesn't have enough funds|exceeds the balance of the account/i,
  },
  {
    name: "WrongNetwork",
    sentence: "The wallet is on another network: switch to the one of the contracts.",
    codes: [4901, 4902, "NETWORK_ERROR", "UNSUPPORTED_CHAIN"],
    texts: /chain ?id mismatch|does not match the target chain|unrecognized chain id|network changed|invalid chain id/i,
  },
  {
    name: "NoContract",
    sentence: "Nothing answers at this address: check the address and the network.",
    codes: [],
    texts: /returned no data \("0x"\)|could not decode result data \(value="0x"/i,
  },
];

/** What stood in the way; undefined if nothing tells. */
export function findRefusal(error: unknown): Refusal | undefined {
  const codes = codesOf(error);
  const { texts } = findRevertTraces(error);
  return SIGNS.find(
    (sign) => sign.codes.some((code) => codes.has(code)) || texts.some((text) => sign.texts.test(text)),
  );
}

/** Codes of an error and of those that it was made of. */
function codesOf(error: unknown): ReadonlySet<unknown> {
  const codes = new Set<unknown>();
  const seen = new Set<object>();
  const visit = (entry: unknown): void => {
    if (typeof entry !== "object" || entry === null || seen.has(entry)) return;
    seen.add(entry);
    codes.add(Reflect.get(entry, "code"));
    for (const key of ["error", "originalError", "cause", "info", "data"]) visit(Reflect.get(entry, key));
  };
  visit(error);
  return codes;
}
