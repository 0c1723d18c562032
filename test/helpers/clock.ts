import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";

/**
 * Lets a chain's time go on from its last block. The clock of a chain runs beside the tests: where those before took long, on a machine
 * with other work, what has to happen minutes after the first block would be late.
 */
export async function goOnFromLastBlock({ time }: Pick<NetworkHelpers, "time">): Promise<void> {
  await time.setNextBlockTimestamp((await time.latest()) + 1);
}
