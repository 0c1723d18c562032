import { ZeroAddress } from "ethers";

import type { IStakingLens } from "../../types/contracts/StakingLens.ts";
import type { Deployment } from "./deployment.ts";
import type { FixedTermFound } from "./pools.ts";

export type PositionView = IStakingLens.PositionViewStructOutput;

/** Positions that the lens looks at in one call. */
const PAGE = 500n;

/** The open positions of an account in a pool, or everybody's, by id. */
export async function openPositions(
  { lens }: Deployment,
  pool: FixedTermFound,
  owner: string = ZeroAddress,
): Promise<PositionView[]> {
  const found: PositionView[] = [];
  for (let cursor = 1n; cursor !== 0n;) {
    const { page, next } = await lens.positionsInRange(pool.address, cursor, PAGE, owner);
    found.push(...page);
    cursor = next;
  }
  return found;
}
