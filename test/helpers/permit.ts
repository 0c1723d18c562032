import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Signature, ZeroHash, type Addressable } from "ethers";

import type { PlainToken } from "../../types/index.js";
import { MAX_UINT256 } from "./fixtures.ts";

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

/** Deadline and signature of a permit; of a token that has none, a signature of nobody, and an approval beside it. */
export async function permitOrApproval(
  token: PlainToken,
  owner: HardhatEthersSigner,
  spender: Addressable,
  value: bigint,
  permits: boolean,
): Promise<[deadline: bigint, v: number, r: string, s: string]> {
  const address = await spender.getAddress();
  if (permits) {
    const { v, r, s } = await signPermit(token, owner, address, value, MAX_UINT256);
    return [MAX_UINT256, v, r, s];
  }
  await token.connect(owner).approve(address, value);
  return [MAX_UINT256, 27, ZeroHash, ZeroHash];
}
