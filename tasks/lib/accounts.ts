import { HDNodeWallet, Mnemonic, Wallet } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { z } from "zod";

import { UserError } from "../../shared/user-error.ts";
import { parseAddress } from "./inputs.ts";
import type { Asking } from "./node.ts";

/** Who acts: an account whose key is here, or one whose key the node keeps. */
export interface Account {
  readonly address: string;
  readonly wallet: Wallet | undefined;
}

/** The account that `--from` names, or the network's first. Throws a `UserError` if the network has no such account. */
export async function chooseAccount(
  connection: NetworkConnection,
  node: Asking,
  from: string | undefined,
): Promise<Account> {
  const wanted = from === undefined ? undefined : parseAddress(from, "--from");
  const wallets = (await privateKeys(connection)).map(walletOf);
  const remote =
    connection.networkConfig.type === "http" && connection.networkConfig.accounts !== "remote"
      ? []
      : z.array(z.string()).parse(await node.request({ method: "eth_accounts" }));
  const known = [...wallets.map((wallet) => wallet.address), ...remote.map((text) => parseAddress(text, "An account"))];
  const address = wanted ?? known[0];
  if (address === undefined || !known.includes(address)) {
    throw new UserError(
      `The network ${connection.networkName} has no key of ${address ?? "any account"}. ` +
        "A Safe, or any account whose key is elsewhere, acts by --propose",
    );
  }
  return { address, wallet: wallets.find((wallet) => wallet.address === address) };
}

/**
 * Who would act, for a command that sends nothing: `--from` needs no key here.
 * Throws a `UserError` if nothing says who.
 */
export async function chooseActor(
  connection: NetworkConnection,
  node: Asking,
  from: string | undefined,
): Promise<string> {
  if (from !== undefined) return parseAddress(from, "--from");
  return (await chooseAccount(connection, node, undefined)).address;
}

function walletOf(key: string): Wallet {
  try {
    return new Wallet(key);
  } catch {
    // Never the key itself: whoever sees the sentence is not always who may see the key.
    throw new UserError("A private key of the network is none: it has 0x and 64 hexadecimal digits");
  }
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
