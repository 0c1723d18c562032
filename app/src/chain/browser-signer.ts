import { BrowserProvider, type Eip1193Provider, type JsonRpcSigner } from "ethers";

/** How often a wallet is asked for a receipt. */
const POLL_MS = 1_000;

/** An account of a wallet, which signs by itself. */
export async function browserSigner(wallet: Eip1193Provider, account: string): Promise<JsonRpcSigner> {
  const provider = new BrowserProvider(wallet, "any");
  provider.pollingInterval = POLL_MS;
  return provider.getSigner(account);
}
