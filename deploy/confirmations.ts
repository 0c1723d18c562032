import { setTimeout as sleep } from "node:timers/promises";

import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";

/** Blocks that a deployment waits for, the transaction's own included. */
export const USUAL_CONFIRMATIONS = 5;

const POLLING_MS = 500;

/** What a deployment can wait for: a chain that mines only what is sent never adds a block to the one of the transaction. */
export async function attainableConfirmations(provider: HardhatEthersProvider, wanted: number): Promise<number> {
  const automines: unknown = await provider.send("hardhat_getAutomine", []).catch(() => false); // only development nodes know it
  return automines === true ? 1 : wanted;
}

/**
 * Waits until everything that the account has sent has that many confirmations. Ignition refuses to begin before, with HHE10402; without
 * `pending` it waits only for what is mined, and leaves to Ignition what an earlier run of it left in the mempool.
 */
export async function awaitConfirmed(
  provider: HardhatEthersProvider,
  account: string,
  confirmations: number,
  { pending }: { readonly pending: boolean },
): Promise<void> {
  for (;;) {
    const sent = await provider.getTransactionCount(account, pending ? "pending" : "latest");
    const settled = (await provider.getBlockNumber()) - confirmations + 1;
    if (sent === 0 || (settled >= 0 && (await provider.getTransactionCount(account, settled)) === sent)) return;
    await sleep(POLLING_MS);
  }
}
