// What a deployment that was killed had just sent: Ignition journals a transaction's nonce before it sends it, and its hash after that.
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import { trackTransaction, type EIP1193Provider } from "@nomicfoundation/ignition-core";
import { z } from "zod";

import { deploymentFolder } from "./records.ts";

const POLLING_MS = 500;

const line = z.object({
  type: z.string(),
  futureId: z.string().optional(),
  networkInteractionId: z.int().optional(),
  nonce: z.int().optional(),
});

interface Lost {
  readonly futureId: string;
  readonly networkInteractionId: number;
  readonly nonce: number;
}

/**
 * Completes the journal: finds the hash of what was sent, once it is mined, and marks what never arrived so that it is sent again, with
 * the same nonce. Ignition itself refuses to go on, with HHE10410, and asks for the hash.
 */
export async function recoverLostTransactions(
  deploymentId: string,
  account: string,
  provider: HardhatEthersProvider,
  eip1193: EIP1193Provider,
): Promise<void> {
  const folder = deploymentFolder(deploymentId);
  const journal = path.join(folder, "journal.jsonl");
  for (const { futureId, networkInteractionId, nonce } of await lostTransactions(journal)) {
    const count = async (tag: number | "latest" | "pending") => provider.getTransactionCount(account, tag);
    while ((await count("pending")) > nonce && (await count("latest")) <= nonce) await sleep(POLLING_MS);
    if ((await count("latest")) > nonce) {
      await trackTransaction(folder, await minedHash(provider, account, nonce), eip1193);
      continue;
    }
    // As Ignition writes where somebody else used the nonce: the step is begun anew.
    const again = { futureId, networkInteractionId, type: "ONCHAIN_INTERACTION_REPLACED_BY_USER" };
    await appendFile(journal, `\n${JSON.stringify(again)}`);
  }
}

async function lostTransactions(journal: string): Promise<Lost[]> {
  const text = await readFile(journal, "utf8").catch(() => "");
  const open = new Map<string, Lost>();
  for (const each of text.split("\n")) {
    if (!/"(?:TRANSACTION_PREPARE_SEND|TRANSACTION_SEND|ONCHAIN_INTERACTION_REPLACED_BY_USER)"/.test(each)) continue;
    const { type, futureId = "", networkInteractionId = 0, nonce = 0 } = line.parse(JSON.parse(each));
    const key = `${futureId} ${networkInteractionId}`;
    if (type === "TRANSACTION_PREPARE_SEND") open.set(key, { futureId, networkInteractionId, nonce });
    else open.delete(key);
  }
  return [...open.values()];
}

/** Hash of the account's transaction with the nonce: it is in the first block after which the account had sent more. */
async function minedHash(provider: HardhatEthersProvider, account: string, nonce: number): Promise<string> {
  let [low, high] = [0, await provider.getBlockNumber()];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await provider.getTransactionCount(account, middle)) > nonce) high = middle;
    else low = middle + 1;
  }
  const block = await provider.getBlock(low, true);
  const found = block?.prefetchedTransactions.find((each) => each.from === account && each.nonce === nonce);
  if (found === undefined) throw new Error(`No transaction of ${account} with nonce ${nonce} is in block ${low}`);
  return found.hash;
}
