import type { BaseContract, DeferredTopicFilter, EventLog } from "ethers";
import { EventLog as EventLogClass } from "ethers";

import type { Deployment } from "./deployment.ts";

/** Fewest blocks that are worth asking for once more. */
const SMALLEST = 100;

/**
 * All events of a filter, in order, from the first block on. Public nodes answer for so many blocks at a time, and do not say how many: a
 * range that is refused is halved.
 */
export async function readEvents(
  { provider }: Deployment,
  contract: BaseContract,
  filter: DeferredTopicFilter,
): Promise<EventLog[]> {
  const read = async (from: number, to: number): Promise<EventLog[]> => {
    try {
      const logs = await contract.queryFilter(filter, from, to);
      return logs.filter((log) => log instanceof EventLogClass);
    } catch (error) {
      if (to - from < SMALLEST) throw error;
      const middle = Math.floor((from + to) / 2);
      return [...(await read(from, middle)), ...(await read(middle + 1, to))];
    }
  };
  return read(0, await provider.getBlockNumber());
}
