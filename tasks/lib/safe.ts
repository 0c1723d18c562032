import { Interface } from "ethers";

import { UserError } from "../../shared/user-error.ts";
import type { Deployment } from "./deployment.ts";
import { isWrongAnswer } from "./wrong-answer.ts";

/** What every version of a Safe answers. */
const SAFE = new Interface([
  "function getThreshold() view returns (uint256)",
  "function getOwners() view returns (address[])",
  "function nonce() view returns (uint256)",
]);

/** Throws a `UserError` unless a contract is there that answers as a Safe does. */
export async function requireSafe({ provider, networkName }: Deployment, address: string): Promise<void> {
  if ((await provider.getCode(address)) === "0x")
    throw new UserError(`${address} is no Safe on the network ${networkName}: there is no contract`);
  try {
    const ask = async (name: string): Promise<unknown> => {
      const answer = await provider.call({ to: address, data: SAFE.encodeFunctionData(name) });
      return SAFE.decodeFunctionResult(name, answer)[0];
    };
    const [threshold, owners, nonce] = [await ask("getThreshold"), await ask("getOwners"), await ask("nonce")];
    if (typeof threshold === "bigint" && threshold > 0n && typeof nonce === "bigint" && Array.isArray(owners)) {
      if (BigInt(owners.length) >= threshold) return;
    }
  } catch (error) {
    if (!isWrongAnswer(error)) throw error;
  }
  throw new UserError(`${address} is no Safe: its contract has no owners, threshold and nonce as a Safe has`);
}
