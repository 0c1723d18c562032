import { AbiCoder } from "ethers";

import { answer, Behaviour } from "./scripted.ts";
import type { Connection } from "./fixtures.ts";

/** Has an address answer as a Safe of one owner does, until it is put back as it was. */
export async function standAsSafe(
  { ethers, networkHelpers }: Connection,
  address: string,
): Promise<{ putBack: () => Promise<void> }> {
  const before = await ethers.provider.getCode(address);
  const scripted = await ethers.deployContract("ScriptedContract");
  await scripted.waitForDeployment();
  await networkHelpers.setCode(address, await ethers.provider.getCode(scripted));
  const safe = await ethers.getContractAt("ScriptedContract", address);
  const word = (type: string, value: unknown) => ({
    behaviour: Behaviour.return,
    data: AbiCoder.defaultAbiCoder().encode([type], [value]),
  });
  await answer(safe, "getThreshold()", word("uint256", 1n));
  await answer(safe, "getOwners()", word("address[]", [address]));
  await answer(safe, "nonce()", word("uint256", 0n));
  return { putBack: async () => networkHelpers.setCode(address, before) };
}
