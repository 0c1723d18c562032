import { HDNodeWallet, Mnemonic, Wallet } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { parseAddress } from "./inputs.ts";

/** Who acts: an account whose key is here, or one whose key the node keeps. */
export interface Account {
  readonly address: string;
  readonly wallet: Wallet | undefined;
}

/** The account that `--from` names, or the network's first. Throws a `MendableError` if the network has no such account. */
export async function chooseAccount(connection: NetworkConnection, from: string | undefined): Promise<Account> {
  const wanted = from === undefined ? undefined : parseAddress(from, "--from");
  const signers = await connection.ethers.getSigners();
  const address = wanted ?? signers[0]?.address;
  if (address === undefined || !signers.some((signer) => signer.address === address)) {
    throw new MendableError(
      `The network ${connection.networkName} has no key of ${address ?? "any account"}. ` +
        "A Safe, or any account whose key is elsewhere, acts by --propose",
    );
  }
  const keys = await privateKeys(connection);
  return { address, wallet: keys.map((key) => new Wallet(key)).find((wallet) => wallet.address === address) };
}

/** Keys from the network's configuration, which takes them from the keystore; none where the node has the accounts. */
async function privateKeys({ networkConfig }: NetworkConnection): Promise<string[]> {
  if (networkConfig.type !== "http" || networkConfig.accounts === "remote") return [];
  const { accounts } = networkConfig;
  if (Array.isArray(accounts)) return Promise.all(accounts.map(async (account) => account.getHexString()));
  const mnemonic = Mnemonic.fromPhrase(await accounts.mnemonic.get(), await accounts.passphrase.get());
  const root = HDNodeWallet.fromMnemonic(mnemonic, accounts.path);
  return Array.from({ length: accounts.count }, (_, i) => root.deriveChild(accounts.initialIndex + i).privateKey);
}
