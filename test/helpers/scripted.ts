import { dataLength, id, type Addressable, type BytesLike } from "ethers";

import type { ScriptedContract } from "../../types/index.js";
import type { Connection } from "./fixtures.ts";

/** Values of `ScriptedContract.Behaviour`. */
export const Behaviour = { revert: 0n, return: 1n, burnGas: 2n } as const;

/** What a scripted contract does when a function is called: `size` bytes that begin with `data`, `data` alone if omitted. */
export interface Script {
  behaviour: bigint;
  data?: BytesLike;
  size?: number;
}

/** Tells the contract how to answer the function with the signature. */
export async function answer(contract: ScriptedContract, signature: string, script: Script): Promise<void> {
  const data = script.data ?? "0x";
  const size = script.size ?? dataLength(data);
  await contract.answer(id(signature).slice(0, 10), { behaviour: script.behaviour, size, data });
}

/** Replaces the code of a contract by a scripted one's, with no script yet. */
export async function turnHostile(
  { ethers, networkHelpers }: Connection,
  contract: Addressable,
): Promise<ScriptedContract> {
  const address = await contract.getAddress();
  const scripted = await ethers.deployContract("ScriptedContract");
  await networkHelpers.setCode(address, await ethers.provider.getCode(scripted));
  return ethers.getContractAt("ScriptedContract", address);
}
