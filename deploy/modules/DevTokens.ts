import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { ProtocolConfig } from "../config/protocol-config.ts";

/** The protocol config's tokens that have no address: made up, minted by anyone, for local chains only. */
export function devTokensModule({ tokens }: ProtocolConfig) {
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
