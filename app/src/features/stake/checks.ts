// What can be known to fail before anything is signed: plain functions over plain data.
import { coveredPrincipal, NO_CAP, principalLeft } from "../../chain/offers.ts";
import type { Pool, Term } from "../../chain/pools.ts";

export type Obstacle =
  | { readonly kind: "paused" | "closed" | "termPaused" }
  | { readonly kind: "belowMinimum" | "aboveBalance" | "aboveCap" | "aboveBudget"; readonly limit: bigint };

/** Most that a pool, or a term of it, takes now, in base units: room below caps, and budget for its reward. */
export function mostAccepted(pool: Pool, term: Term | undefined): bigint {
  if (pool.kind === "flexible") return pool.cap - pool.totalStaked;
  if (term === undefined) return 0n;
  const room = principalLeft(pool, term) ?? NO_CAP;
  const covered = coveredPrincipal(pool, term);
  return room < covered ? room : covered;
}

/** Why nothing can be staked at all, whatever the amount. */
export function closedBecause(pool: Pool, term: Term | undefined): Obstacle | undefined {
  if (pool.paused) return { kind: "paused" };
  if (term?.closed === true) return { kind: "closed" };
  if (term?.paused === true) return { kind: "termPaused" };
  return undefined;
}

/** What stands against staking `amount` base units; a balance that is not known yet stands against nothing. */
export function obstacle(
  pool: Pool,
  term: Term | undefined,
  amount: bigint,
  balance: bigint | undefined,
): Obstacle | undefined {
  const closed = closedBecause(pool, term);
  if (closed !== undefined) return closed;
  const minimum = pool.kind === "flexible" ? pool.minimum : (term?.minimum ?? 0n);
  if (amount < minimum) return { kind: "belowMinimum", limit: minimum };
  if (balance !== undefined && amount > balance) return { kind: "aboveBalance", limit: balance };
  if (pool.kind === "flexible") {
    const room = pool.cap - pool.totalStaked;
    return amount > room ? { kind: "aboveCap", limit: room } : undefined;
  }
  if (term === undefined) return undefined;
  const room = principalLeft(pool, term) ?? NO_CAP;
  if (amount > room) return { kind: "aboveCap", limit: room };
  const covered = coveredPrincipal(pool, term);
  return amount > covered ? { kind: "aboveBudget", limit: covered } : undefined;
}
