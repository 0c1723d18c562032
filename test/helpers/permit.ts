import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Signature } from "ethers";

import type { PlainToken } from "../../types/index.js";

/** Signs an ERC-2612 permit of `value` units from `owner` to `spender`. */
export async function signPermit(
  token: PlainToken,
  owner: HardhatEthersSigner,
  spender: string,
  value: bigint,
  deadline: bigint,
): Promise<Signature> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  const types = {
    Permit: [
      { name: "owner", type: "address" },
      { name: "spender", type: "address" },
      { name: "value", type: "uint256" },
      { name: "nonce", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const nonce = await token.nonces(owner);
  const message = { owner: owner.address, spender, value, nonce, deadline };
  return Signature.from(await owner.signTypedData({ name, version, chainId, verifyingContract }, types, message));
}
