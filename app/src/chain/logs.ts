import type { Log, TopicFilter } from "ethers";

import type { Reader } from "./reader.ts";

/** Pools a request: nodes limit how much a filter may name. */
const ADDRESSES = 100;
/** Below this many blocks, a refusal is not about the range. */
const SMALLEST_RANGE = 64;

/** Logs since the deployment, in the chain's order. A range that the node refuses is asked for in halves. */
export async function readLogs(
  reader: Reader,
  filter: { readonly address: readonly string[]; readonly topics: TopicFilter },
): Promise<Log[]> {
  const latest = await reader.provider.getBlockNumber();
  const groups = Array.from({ length: Math.ceil(filter.address.length / ADDRESSES) }, (_, i) =>
    filter.address.slice(i * ADDRESSES, (i + 1) * ADDRESSES),
  );
  const results = await Promise.all(
    groups.map((address) => readRange(reader, [...address], filter.topics, reader.deployment.deploymentBlock, latest)),
  );
  return results.flat().sort((a, b) => a.blockNumber - b.blockNumber || a.index - b.index);
}

async function readRange(
  reader: Reader,
  address: string[],
  topics: TopicFilter,
  from: number,
  to: number,
): Promise<Log[]> {
  try {
    return await reader.provider.getLogs({ address, topics, fromBlock: from, toBlock: to });
  } catch (error) {
    if (to - from < SMALLEST_RANGE) throw error;
    const middle = Math.floor((from + to) / 2);
    const first = await readRange(reader, address, topics, from, middle);
    return [...first, ...(await readRange(reader, address, topics, middle + 1, to))];
  }
}
