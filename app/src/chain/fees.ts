import { RewardDistributor__factory } from "@termstake/bindings/ethers";

import type { Reader } from "./reader.ts";

/** Share that treasury and insurance take of what a pool's schedules pay, in basis points, by the pool's address. */
export type Fees = Readonly<Record<string, number>>;

/** Schedules looked at; a page of a protocol with more shows no fee for the rest. */
const MOST_SCHEDULES = 64;

/**
 * The highest fee among the running schedules that pay a pool. Fees are taken before a pool is paid, so that every rate of a
 * pool is net of them.
 */
export async function readFees({ provider, deployment }: Reader): Promise<Fees> {
  const distributor = RewardDistributor__factory.connect(deployment.contracts.RewardDistributor, provider);
  const logs = await distributor.queryFilter(distributor.filters.WeightSet(), deployment.deploymentBlock, "latest");
  const weights = new Map<string, { id: bigint; pool: string; weight: bigint }>();
  for (const { args } of logs) {
    weights.set(`${args.scheduleId.toString()}/${args.pool}`, {
      id: args.scheduleId,
      pool: args.pool,
      weight: args.weight,
    });
  }
  const ids = [...new Set([...weights.values()].map(({ id }) => id))].slice(-MOST_SCHEDULES);
  const states = await Promise.all(ids.map(async (id) => ({ id, state: await distributor.schedule(id) })));
  const block = await provider.getBlock("latest");
  const now = BigInt(block?.timestamp ?? 0);
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
