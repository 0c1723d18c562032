import { paysItsOwnToken, type Pool } from "@termstake/sdk/pools";
import { Link } from "wouter";

import { TokenSymbol } from "./pieces.tsx";

/** What a pool takes and pays. */
export function PoolTokens({ pool }: { pool: Pool }) {
  return (
    <>
      <TokenSymbol token={pool.stakingToken} />
      {!paysItsOwnToken(pool) && (
        <>
          {" → "}
          <TokenSymbol token={pool.rewardsToken} />
        </>
      )}
    </>
  );
}

/** A pool's name, leading to its page; with a term of it where one is given. */
export function PoolLink({ pool, term }: { pool: Pool; term?: number | undefined }) {
  return (
    <Link
      href={term === undefined ? `/pool/${pool.address}` : `/pool/${pool.address}/${term.toString()}`}
      className="font-semibold hover:underline"
    >
      <PoolTokens pool={pool} />
    </Link>
  );
}
