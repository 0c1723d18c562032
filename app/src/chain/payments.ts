import { decodeEvent, rewardDistributorEvents, topicOf, type RewardDistributorEventArgs } from "@termstake/sdk/events";
import { RewardDistributor__factory } from "@termstake/sdk/ethers";

import { newestBlock, type Block } from "./blocks.ts";
import { readLogs } from "./logs.ts";
import type { Reader } from "./reader.ts";

/** What schedules pay a pool. */
export interface Payment {
  /** The highest share that treasury and insurance take before the pool is paid, in basis points: every rate of it is net of that. */
  readonly feeBps: number;
  /** The next epoch that starts; undefined after the last. */
  readonly next: { readonly at: number; readonly funded: boolean } | undefined;
  /** Ids of all schedules that ever named the pool: what they owe it is paid also after their end. */
  readonly schedules: readonly string[];
}

/** By the pool's address; a pool that no schedule ever named is left out. */
export type Payments = Readonly<Record<string, Payment>>;

/** When a pool is paid next, as far as that is known; `at` is Unix time in seconds. */
export type NextPayment =
  { readonly kind: "unknown" | "none" | "now" } | { readonly kind: "funded" | "unfunded"; readonly at: number };

/**
 * When a pool is paid next, at the chain's time `now`: what has accrued to it, `due` in base units, can be paid at once. Nothing is said
 * as long as the schedules were not read.
 */
export function nextPayment(payments: Payments | undefined, pool: string, due: bigint, now: number): NextPayment {
  if (payments === undefined) return { kind: "unknown" };
  const next = payments[pool]?.next;
  if (due > 0n || (next?.funded === true && next.at <= now)) return { kind: "now" };
  return next === undefined ? { kind: "none" } : { kind: next.funded ? "funded" : "unfunded", at: next.at };
}

/** What the schedules pay to pools, as of the newest block. */
export async function readPayments(reader: Reader): Promise<Payments> {
  const newest = await newestBlock(reader);
  const distributor = distributorOf(reader);
  const { weights, ends } = await readSchedules(reader, newest);
  const now = BigInt(newest.timestamp);
  const named = [...weights.values()];
  const running = new Set(
    named.filter(({ id, weight }) => weight > 0n && (ends.get(id) ?? 0n) >= now).map(({ id }) => id),
  );
  const states = new Map(
    await Promise.all([...running].map(async (id) => [id, await distributor.schedule(id)] as const)),
  );
  const payments: Record<string, Payment> = {};
  for (const { id, pool, weight } of named) {
    const before = payments[pool] ?? { feeBps: 0, next: undefined, schedules: [] };
    const state = weight > 0n ? states.get(id) : undefined;
    const next = state !== undefined && state.nextEpoch > 0n ? nextOf(state) : undefined;
    payments[pool] = {
      feeBps: Math.max(before.feeBps, Number(state?.terms.feeBps ?? 0n)),
      next: sooner(before.next, next),
      schedules: [...before.schedules, id.toString()],
    };
  }
  return payments;
}

/** Base units that have accrued to a pool in schedules and were not sent to it: anybody may do that at any time. */
export async function readDue(reader: Reader, pool: string, schedules: readonly string[]): Promise<bigint> {
  const distributor = distributorOf(reader);
  const amounts = await Promise.all(schedules.map((id) => distributor.pending(id, pool)));
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

function distributorOf({ provider, deployment }: Reader) {
  return RewardDistributor__factory.connect(deployment.contracts.RewardDistributor, provider);
}

interface Schedules {
  /** The last weight of each pool in each schedule. */
  readonly weights: ReadonlyMap<string, { readonly id: bigint; readonly pool: string; readonly weight: bigint }>;
  /** Unix time, in seconds, until which what a schedule paid streams. */
  readonly ends: ReadonlyMap<bigint, bigint>;
}

/** What the distributor's events tell of its schedules: of hundreds that are over, none has to be asked about. */
async function readSchedules(reader: Reader, upTo: Block): Promise<Schedules> {
  const names = ["WeightSet", "ScheduleCreated", "ScheduleEnded"] as const;
  const topics = names.map((name) => topicOf(rewardDistributorEvents, name));
  const filter = { address: [reader.deployment.contracts.RewardDistributor], topics: [topics] };
  const weights = new Map<string, { id: bigint; pool: string; weight: bigint }>();
  const ends = new Map<bigint, bigint>();
  for (const log of await readLogs(reader, filter, upTo)) {
    const event = decodeEvent(rewardDistributorEvents, log);
    if (event?.name === "ScheduleCreated") ends.set(event.args.scheduleId, endOf(event.args.terms));
    if (event?.name === "ScheduleEnded") ends.delete(event.args.scheduleId);
    if (event?.name === "WeightSet") {
      const { scheduleId: id, pool, weight } = event.args;
      weights.set(`${id.toString()}/${pool}`, { id, pool, weight });
    }
  }
  return { weights, ends };
}

/** What was paid last still streams for one more epoch after the schedule's end. */
function endOf({ start, epoch, epochs }: RewardDistributorEventArgs["ScheduleCreated"]["terms"]): bigint {
  return start + epoch * (epochs + 1n);
}

interface State {
  readonly nextEpoch: bigint;
  readonly uncoveredEpochs: bigint;
  readonly balance: bigint;
  readonly terms: { readonly budget: bigint };
}

function nextOf({ nextEpoch, uncoveredEpochs, balance, terms }: State): NonNullable<Payment["next"]> {
  return { at: Number(nextEpoch), funded: uncoveredEpochs === 0n && balance >= terms.budget };
}

function sooner(one: Payment["next"], other: Payment["next"]): Payment["next"] {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.at === other.at) return one.funded ? one : other;
  return one.at < other.at ? one : other;
}
