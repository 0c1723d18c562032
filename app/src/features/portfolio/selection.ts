// What a portfolio holds, added up and chosen from: plain functions over plain data.
import type { FixedTermPool, Pool, Term, Token } from "@termstake/sdk/pools";

import type { Position, Stake } from "../../chain/account.ts";

export type Show = "all" | "mature" | "running";

/** Whether a position can be withdrawn free of charge at the chain's time `now`. */
export function isMature({ maturity }: Pick<Position, "maturity">, now: number): boolean {
  return maturity <= now;
}

/** The part of the term that has passed, from 0 to 1. */
export function progress({ openedAt, maturity }: Pick<Position, "openedAt" | "maturity">, now: number): number {
  return Math.min(1, Math.max(0, (now - openedAt) / (maturity - openedAt)));
}

/** What a position's picture tells of the time: it is drawn anew when that changes, by the per cent, and by the hour for what is left. */
export function pictured(position: Pick<Position, "openedAt" | "maturity">, now: number): string {
  const hours = Math.ceil(Math.max(0, position.maturity - now) / 3_600);
  return `${Math.floor(progress(position, now) * 100).toString()} ${hours.toString()}`;
}

/** The positions to show, in the order given. */
export function choose(positions: readonly Position[], show: Show, now: number): Position[] {
  return positions.filter((position) => show === "all" || isMature(position, now) === (show === "mature"));
}

/** What an account has of one token, in base units. */
export interface Holding {
  readonly token: Token;
  /** Staked in flexible pools. */
  readonly staked: bigint;
  /** Principal of fixed-term positions. */
  readonly locked: bigint;
  /** Rewards that positions pay at maturity. */
  readonly promised: bigint;
}

/** Everything by token, in the order in which tokens first appear. */
export function totals(
  stakes: readonly Stake[],
  positions: readonly Position[],
  pools: ReadonlyMap<string, Pool>,
): Holding[] {
  const holdings = new Map<string, Holding>();
  const add = (token: Token | undefined, part: Partial<Omit<Holding, "token">>) => {
    if (token === undefined) return;
    const before = holdings.get(token.address) ?? { token, staked: 0n, locked: 0n, promised: 0n };
    holdings.set(token.address, {
      token,
      staked: before.staked + (part.staked ?? 0n),
      locked: before.locked + (part.locked ?? 0n),
      promised: before.promised + (part.promised ?? 0n),
    });
  };
  for (const { pool, staked } of stakes) add(pools.get(pool)?.stakingToken, { staked });
  for (const { pool, principal, reward } of positions) {
    add(pools.get(pool)?.stakingToken, { locked: principal });
    add(pools.get(pool)?.rewardsToken, { promised: reward });
  }
  return [...holdings.values()];
}

/** The terms that a position can be renewed in. */
export function renewableTerms({ terms }: FixedTermPool): Term[] {
  return terms.filter(({ closed, paused }) => !closed && !paused);
}
