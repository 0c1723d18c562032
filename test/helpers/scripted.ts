import { dataLength, id, type BytesLike } from "ethers";

import type { ScriptedContract } from "../../types/index.js";

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
