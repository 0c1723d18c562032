// What a pool offers, as one comparable row each: a flexible pool is one offer, a fixed-term pool one a term.
import { principalLeft, rewardLeft } from "../checks/depositing.ts";
import { promisedReward } from "../math/fixed-term.ts";
import { rateToApr, streamLeft, termApy } from "../math/rates.ts";
import {
  NO_CAP,
  paysItsOwnToken,
  type FixedTermPool,
  type FlexiblePool,
  type Penalty,
  type Pool,
  type Term,
} from "../pools/pool.ts";
import { saturatingSub } from "../math/units.ts";
import { flexibleApr, streamedDaily, yieldPerToken } from "./flexible.ts";

export type OfferState = "open" | "paused" | "closed" | "full" | "spent";

/** Amounts in base units. */
export interface Offer {
  /** Unique among all offers. */
  readonly key: string;
  readonly pool: Pool;
  /** The term; undefined for a flexible pool. */
  readonly term: Term | undefined;
  /** Yearly rate as a fraction, net of fees; undefined where it cannot be told: see `flexibleRate`. */
  readonly apr: number | undefined;
  /** Reward of one whole staking token in a year, where a flexible pool pays another token: see `yieldPerToken`. */
  readonly perToken: bigint | undefined;
  /** Reward that a flexible pool streams to all of its stakers together in a day. */
  readonly daily: bigint | undefined;
  /** Yearly rate with rewards compounded by renewal at each maturity; undefined where rewards cannot compound. */
  readonly apy: number | undefined;
  readonly minimum: bigint;
  /** Room below caps in staking tokens; undefined if there is no cap. */
  readonly capLeft: bigint | undefined;
  readonly staked: bigint;
  /** Reward tokens that are still there to be earned. */
  readonly budget: bigint;
  readonly penalty: Penalty | undefined;
  readonly state: OfferState;
}

/** The offers of a pool, at the chain's time `now` in seconds. */
export function offersOf(pool: Pool, now: number): Offer[] {
  return pool.kind === "flexible" ? [flexibleOffer(pool, now)] : pool.terms.map((term) => fixedOffer(pool, term));
}

function flexibleOffer(pool: FlexiblePool, now: number): Offer {
  const capLeft = pool.cap === NO_CAP ? undefined : saturatingSub(pool.cap, pool.totalStaked);
  return {
    key: pool.address,
    pool,
    term: undefined,
    apr: flexibleApr(pool, now),
    perToken: paysItsOwnToken(pool) ? undefined : yieldPerToken(pool, now),
    daily: streamedDaily(pool, now),
    apy: undefined,
    minimum: pool.minimum,
    capLeft,
    staked: pool.totalStaked,
    budget: streamLeft(pool, Math.floor(now)),
    penalty: undefined,
    state: pool.paused ? "paused" : capLeft !== undefined && capLeft < pool.minimum ? "full" : "open",
  };
}

function fixedOffer(pool: FixedTermPool, term: Term): Offer {
  const capLeft = term.principalCap === NO_CAP ? undefined : principalLeft(term);
  return {
    key: `${pool.address}/${term.id.toString()}`,
    pool,
    term,
    apr: rateToApr(term.rate),
    perToken: undefined,
    daily: undefined,
    apy: paysItsOwnToken(pool) ? termApy(term) : undefined,
    minimum: term.minimum,
    capLeft,
    staked: term.openPrincipal,
    budget: rewardLeft(pool, term),
    penalty: term.penalty,
    state: offerState(pool, term, capLeft),
  };
}

function offerState(pool: FixedTermPool, term: Term, capLeft: bigint | undefined): OfferState {
  if (term.closed) return "closed";
  if (pool.paused || term.paused) return "paused";
  if (capLeft !== undefined && capLeft < term.minimum) return "full";
  if (promisedReward(term, term.minimum, pool.conversion) > rewardLeft(pool, term)) return "spent";
  return "open";
}
