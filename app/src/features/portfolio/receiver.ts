import type { Pool, UnreadablePool } from "@termstake/sdk/pools";
import { getAddress, isHexString, ZeroAddress } from "ethers";

import type { Deployment } from "../../chain/deployment.ts";

export type ReceiverProblem = "empty" | "invalid" | "zero" | "self" | "known";

/** Who a position is to be sent to, from what was typed; or why it cannot be sent there: `known` contracts could never send it on. */
export function parseReceiver(
  text: string,
  owner: string,
  known: ReadonlySet<string>,
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
  return known.has(address) ? "known" : { address };
}

/** Addresses that no position may be sent to: contracts of the protocol, all pools, their tokens, and who gets their penalties. */
export function knownContracts(
  { contracts }: Deployment,
  pools: readonly (Pool | UnreadablePool)[],
): ReadonlySet<string> {
  return new Set([
    ...Object.values(contracts),
    ...pools.flatMap((pool) =>
      pool.kind === "unreadable"
        ? [pool.address]
        : [
            pool.address,
            pool.authority,
            pool.stakingToken.address,
            pool.rewardsToken.address,
            ...(pool.kind === "fixed" ? [pool.insurance, pool.rewardsPool] : []),
          ],
    ),
  ]);
}
