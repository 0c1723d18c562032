// What renewing a position would bring, and what stands against it: plain functions over plain data.
import type { Position } from "../../chain/account.ts";
import { paysItsOwnToken, type FixedTermPool, type Term } from "../../chain/pools.ts";
import { fixedTermReward } from "../../chain/rates.ts";
import { obstacle, type Obstacle } from "../stake/checks.ts";

export interface Renewal {
  /** Principal of the new position, in base units. */
  readonly principal: bigint;
  /** Reward that the new position is promised, in base units. */
  readonly reward: bigint;
  /** Reward that is paid out, in base units: where it cannot be staked. */
  readonly paid: bigint;
  readonly obstacle: Obstacle | undefined;
}

/** Renewing `position` in `term`. The contract closes it first: its own room below the term's caps is free again. */
export function renewal(pool: FixedTermPool, term: Term, position: Position): Renewal {
  const compounds = paysItsOwnToken(pool);
  const principal = compounds ? position.principal + position.reward : position.principal;
  const freed: Term =
    term.id === position.termId
      ? {
          ...term,
          openPrincipal: term.openPrincipal - position.principal,
          reservedReward: term.reservedReward - position.reward,
        }
      : term;
  return {
    principal,
    reward: fixedTermReward(pool, term, principal),
    paid: compounds ? 0n : position.reward,
    obstacle: obstacle(pool, freed, principal, undefined),
  };
}

/** The terms that a position can be renewed in. */
export function renewableTerms({ terms }: FixedTermPool): Term[] {
  return terms.filter(({ closed, paused }) => !closed && !paused);
}
