import { RewardDistributor__factory } from "@termstake/bindings/ethers";

import { newestBlock } from "./blocks.ts";
import { readLogs } from "./logs.ts";
import { eventReader } from "./plain.ts";
import type { Reader } from "./reader.ts";

/** What schedules pay a pool. */
export interface Payment {
  /** The highest share that treasury and insurance take before the pool is paid, in basis points: every rate of it is net of that. */
  readonly feeBps: number;
  /** Unix time, in seconds, at which the next epoch is due; undefined after the last. */
  readonly nextEpoch: number | undefined;
}

/** By the pool's address; a pool that no running schedule pays is left out. */
export type Payments = Readonly<Record<string, Payment>>;

/** Schedules looked at; a page of a protocol with more tells nothing of the rest. */
const MOST_SCHEDULES = 64;

/** What the running schedules pay to pools. */
export async function readPayments(reader: Reader): Promise<Payments> {
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
  const payments: Record<string, Payment> = {};
  for (const { id, state } of states) {
    const { epoch, epochs, start, feeBps } = state.terms;
    // What was paid last still streams for one more epoch after the schedule's end.
    if (state.ended || now > start + epoch * (epochs + 1n)) continue;
    for (const { id: of, pool, weight } of weights.values()) {
      if (of !== id || weight === 0n) continue;
      const before = payments[pool];
      const next = [before?.nextEpoch, Number(state.nextEpoch)].filter((time) => time !== undefined && time > 0);
      payments[pool] = {
        feeBps: Math.max(before?.feeBps ?? 0, Number(feeBps)),
        nextEpoch: next.length === 0 ? undefined : Math.min(...next.map(Number)),
      };
    }
  }
  return payments;
}
