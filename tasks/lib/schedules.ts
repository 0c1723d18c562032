import { lookUpToken } from "./tokens.ts";
import { UserError } from "../../shared/user-error.ts";
import type { RewardDistributor } from "../../types/index.ts";
import type { Deployment } from "./deployment.ts";
import type { TokenInfo } from "./inputs.ts";

export type ScheduleState = Awaited<ReturnType<RewardDistributor["schedule"]>>;

/** A schedule with what a person wants to know of it. */
export interface FoundSchedule {
  readonly id: bigint;
  readonly state: ScheduleState;
  readonly token: TokenInfo;
  /** Whole epochs that its balance still pays. */
  readonly epochsCovered: bigint;
  /** Unix time of the first epoch that its balance does not pay; undefined if it pays all, or has ended. */
  readonly coveredUntil: bigint | undefined;
}

/** Throws a `UserError` if there is no schedule of this number. */
export async function findSchedule(deployment: Deployment, id: bigint): Promise<FoundSchedule> {
  const distributor = deployment.distributor();
  const count = await distributor.scheduleCount();
  if (id >= count)
    throw new UserError(`There is no schedule ${id}: ${count === 0n ? "there are none" : `the last is ${count - 1n}`}`);
  return readSchedule(deployment, id);
}

export async function allSchedules(deployment: Deployment): Promise<FoundSchedule[]> {
  const count = await deployment.distributor().scheduleCount();
  return Promise.all(Array.from({ length: Number(count) }, async (_, i) => readSchedule(deployment, BigInt(i))));
}

async function readSchedule(deployment: Deployment, id: bigint): Promise<FoundSchedule> {
  const state = await deployment.distributor().schedule(id);
  const { budget, start, epoch, epochs } = state.terms;
  const epochsCovered = state.balance / budget;
  const paid = state.accruedEpochs + epochsCovered;
  return {
    id,
    state,
    token: await lookUpToken(deployment, state.terms.token),
    epochsCovered,
    coveredUntil: state.ended || paid >= epochs ? undefined : start + paid * epoch,
  };
}

/** Every pool that ever had a weight in a schedule: one that has none any more may still have a claim. */
export async function poolsOf(deployment: Deployment, schedule: bigint): Promise<string[]> {
  const distributor = deployment.distributor();
  const events = await deployment.events(distributor, distributor.filters.WeightSet(schedule));
  return [...new Set(events.map(({ args }) => args.pool))];
}
