import { RewardDistributor__factory } from "@termstake/bindings/ethers";

import { newestBlock } from "./blocks.ts";
import { readLogs } from "./logs.ts";
import { eventReader } from "./plain.ts";
import type { Reader } from "./reader.ts";

/** Share that treasury and insurance take of what a pool's schedules pay, in basis points, by the pool's address. */
export type Fees = Readonly<Record<string, number>>;

/** Schedules looked at; a page of a protocol with more shows no fee for the rest. */
const MOST_SCHEDULES = 64;

/**
 * The highest fee among the running schedules that pay a pool. Fees are taken before a pool is paid, so that every rate of a
 * pool is net of them.
 */
export async function readFees(reader: Reader): Promise<Fees> {
  const { provider, deployment } = reader;
  const distributor = RewardDistributor__factory.connect(deployment.contracts.RewardDistributor, provider);
  const newest = await newestBlock(reader);
  const filter = {
    address: [deployment.contracts.RewardDistributor],
    topics: [distributor.interface.getEvent("WeightSet").topicHash],
  };
  const read = eventReader(distributor.interface);
  const weights = new Map<string, { id: bigint; pool: string; weight: bigint }>();
  for (const log of await readLogs(reader, filter, newest)) {
    const [id, pool, , weight] = read(log)?.args ?? [];
    if (typeof id === "bigint" && typeof pool === "string" && typeof weight === "bigint")
      weights.set(`${id.toString()}/${pool}`, { id, pool, weight });
  }
  const ids = [...new Set([...weights.values()].map(({ id }) => id))].slice(-MOST_SCHEDULES);
  const states = await Promise.all(ids.map(async (id) => ({ id, state: await distributor.schedule(id) })));
  const now = BigInt(newest.timestamp);
  const fees: Record<string, number> = {};
  for (const { id, state } of states) {
    const { epoch, epochs, start, feeBps } = state.terms;
    // What was paid last still streams for one more epoch after the schedule's end.
    if (state.ended || now > start + epoch * (epochs + 1n)) continue;
    for (const { id: of, pool, weight } of weights.values()) {
      if (of === id && weight > 0n) fees[pool] = Math.max(fees[pool] ?? 0, Number(feeBps));
    }
  }
  return fees;
}
