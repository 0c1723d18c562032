// The pools' own contracts: apart from the reader, since comparing pools needs only the lens.
import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  type FixedTermPool,
  type FlexiblePool,
} from "@termstake/sdk/ethers";

import type { Reader } from "./reader.ts";

/** A flexible pool to read from. */
export function flexiblePool({ provider }: Reader, address: string): FlexiblePool {
  return FlexiblePool__factory.connect(address, provider);
}

/** A fixed-term pool to read from. */
export function fixedTermPool({ provider }: Reader, address: string): FixedTermPool {
  return FixedTermPool__factory.connect(address, provider);
}
