import { addresses } from "@termstake/bindings/addresses";

/** The protocol's addresses on a chain, as published with the bindings; undefined on a chain that they do not know. */
export function knownAddresses(chainId: number): Readonly<Record<string, string>> | undefined {
  return addresses[chainId];
}
