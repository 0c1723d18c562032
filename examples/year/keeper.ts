import type { FixedTermPool, FlexiblePool } from "../../types/index.ts";
import type { Stage } from "./stage.ts";

/** A pool's place in a schedule. */
export interface Payment {
  readonly scheduleId: bigint;
  readonly pool: FlexiblePool | FixedTermPool;
}

/**
 * Pays what accrued, and nothing where nothing did. A running stream is only ever raised: if a payment would lower it,
 * the keeper comes back when it has run out. Returns whether something was paid.
 */
export async function distribute({ protocol, people, connection }: Stage, payment: Payment): Promise<boolean> {
  const { scheduleId, pool } = payment;
  const distributor = protocol.distributor.connect(people.Keeper);
  const pending = await distributor.pending(scheduleId, pool);
  if (pending === 0n) return false;
  if ("notifyRewardAmount" in pool) {
    const now = BigInt(await connection.networkHelpers.time.latest());
    const runsOut = await pool.periodFinish();
    if (now < runsOut && pending < (await pool.getRewardForDuration())) return false;
  }
  await (await distributor.distribute(scheduleId, pool)).wait();
  return true;
}

/** Sends penalties and fees on to whom they belong. */
export async function sweep({ protocol, people, tokens, fixed }: Stage): Promise<void> {
  for (const pool of Object.values(fixed)) await (await pool.connect(people.Keeper).sweepPenalties()).wait();
  for (const token of [tokens.TSK, tokens.USDX]) {
    await (await protocol.distributor.connect(people.Keeper).sweepFees(token)).wait();
  }
}
