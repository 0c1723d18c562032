import { addresses } from "@termstake/sdk/addresses";

/** The protocol's addresses on a chain, as published with the SDK; undefined on a chain that they do not know. */
export function knownAddresses(chainId: number): Readonly<Record<string, string>> | undefined {
  return addresses[chainId];
}
