import { getAddress, isHexString, ZeroAddress } from "ethers";

export type ReceiverProblem = "empty" | "invalid" | "zero" | "self" | "pool";

/** Who a position is to be sent to, from what was typed; or why it cannot be sent there. */
export function parseReceiver(
  text: string,
  owner: string,
  pool: string,
): { readonly address: string } | ReceiverProblem {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (!isHexString(trimmed, 20)) return "invalid";
  let address: string;
  try {
    address = getAddress(trimmed); // a wrong checksum is a mistyped address
  } catch {
    return "invalid";
  }
  if (address === ZeroAddress) return "zero";
  if (address === owner) return "self";
  // The pool refuses its own positions, and a token contract could never send one on; only the former can be known here.
  return address === pool ? "pool" : { address };
}
