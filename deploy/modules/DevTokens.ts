import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Catalogue } from "../../scripts/lib/catalogue.ts";

/** The catalogue's tokens that have no address: made up, minted by anyone, for local chains only. */
export function devTokensModule({ tokens }: Catalogue) {
  return buildModule("DevTokens", (m) =>
    Object.fromEntries(
      Object.entries(tokens)
        .filter(([, token]) => token.address === undefined)
        .map(([symbol, { decimals }]) => [
          symbol,
          m.contract("PlainToken", [symbol, symbol, decimals], { id: symbol }),
        ]),
    ),
  );
}

export type DevTokensModule = ReturnType<typeof devTokensModule>;
