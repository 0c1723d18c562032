import type { SolidityHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

import { arePublishedBuilt } from "./contracts.ts";
import { writeTypechain } from "./typechain.ts";

const solidity: Partial<SolidityHooks> = {
  processArtifactsAfterSuccessfulBuild: async () => {
    // A build of some files only may come before the first whole one.
    if (await arePublishedBuilt()) await writeTypechain();
  },
};

/** Makes the SDK's types for ethers with every build, as Hardhat's own plugin makes those of the commands and tests. */
export const sdkTypes: HardhatPlugin = {
  id: "termstake-sdk-types",
  hookHandlers: {
    solidity: () => Promise.resolve({ default: () => Promise.resolve(solidity) }),
  },
};
