// How much an account had staked over time: plain functions over its history.
import type { Token } from "@termstake/sdk/pools";

import type { Entry } from "../../chain/history.ts";

export interface Moment {
  /** Unix time in seconds. */
  readonly time: number;
  /** Staked and locked from then on, in base units. */
  readonly staked: bigint;
}

/** The tokens that the account ever staked in listed pools, in the order in which it first did. */
export function stakedTokens(entries: readonly Entry[]): Token[] {
  const tokens = new Map<string, Token>();
  for (const { stakingToken, stakeChange, listed } of [...entries].reverse())
    if (listed && stakeChange !== 0n) tokens.set(stakingToken.address, stakingToken);
  return [...tokens.values()];
}

/**
 * What the account had of a token in all listed pools together, at each change of it, oldest first, and at `now`. Of what happens in one
 * second only the end counts.
 */
export function stakedOverTime(entries: readonly Entry[], token: string, now: number): Moment[] {
  const moments: Moment[] = [];
  let staked = 0n;
  for (const { stakingToken, stakeChange, time, listed } of [...entries].reverse()) {
    if (!listed || stakingToken.address !== token || stakeChange === 0n) continue;
    staked += stakeChange;
    if (moments.at(-1)?.time === time) moments.pop();
    moments.push({ time, staked });
  }
  const last = moments.at(-1);
  if (last !== undefined && now > last.time) moments.push({ time: now, staked });
  return moments;
}
