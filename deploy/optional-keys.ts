import { isHexString, SigningKey } from "ethers";
import { configVariable } from "hardhat/config";
import type { HttpNetworkConfig } from "hardhat/types/config";
import type { NetworkHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

import { UserError } from "../shared/user-error.ts";

/** A private key that may be missing: whoever only reads needs none. */
export function optionalKey(name: string) {
  return configVariable(name, { default: "" });
}

/**
 * Leaves out the keys that neither keystore nor environment has, so that reading a network needs none of them, and tells of a key that
 * is none in a sentence. The keystore asks for its password only if it holds a key of that name.
 */
export const optionalKeys: HardhatPlugin = {
  id: "termstake-optional-keys",
  hookHandlers: {
    network: () => Promise.resolve({ default: () => Promise.resolve(hooks) }),
  },
};

const hooks: Partial<NetworkHooks> = {
  async newConnection(context, next) {
    const connection = await next(context);
    if (connection.networkConfig.type === "http") await keepKeys(connection.networkName, connection.networkConfig);
    return connection;
  },
};

async function keepKeys(networkName: string, config: HttpNetworkConfig): Promise<void> {
  const { accounts } = config;
  if (!Array.isArray(accounts)) return;
  const keys = await Promise.all(accounts.map(async (account) => account.get()));
  for (const key of keys) {
    if (key !== "" && !isPrivateKey(key))
      throw new UserError(
        `The private key of the network ${networkName} is none: it has to be 32 bytes in hexadecimal`,
      );
  }
  config.accounts = accounts.filter((_, i) => keys[i] !== "");
}

function isPrivateKey(text: string): boolean {
  const key = text.startsWith("0x") ? text : `0x${text}`;
  if (!isHexString(key, 32)) return false;
  try {
    return new SigningKey(key).publicKey !== ""; // 0, and what is not below the curve's order, has none
  } catch {
    return false;
  }
}
