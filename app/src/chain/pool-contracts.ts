// The fixed-term pools' own contracts: apart from the reader, since comparing pools needs only the lens.
import { FixedTermPool__factory, type FixedTermPool } from "@termstake/sdk/ethers";

import type { Reader } from "./reader.ts";

/** A fixed-term pool to read from. */
export function fixedTermPool({ provider }: Reader, address: string): FixedTermPool {
  return FixedTermPool__factory.connect(address, provider);
}
