import type { UseQueryResult } from "@tanstack/react-query";

import { readOwed, readPositions, readStakes, type Position, type Stake } from "../../chain/account.ts";
import { useChainQuery, usePools, useReadablePools } from "../../chain/context.tsx";
import type { Pool } from "../../chain/pools.ts";

export interface Holdings {
  readonly pools: ReadonlyMap<string, Pool>;
  readonly stakes: readonly Stake[];
  readonly positions: readonly Position[];
  readonly owed: readonly { readonly pool: string; readonly amount: bigint }[];
  /** Whether positions and what is owed are still being read: an account can have a thousand. */
  readonly incomplete: boolean;
  /** Pools that cannot be read: what is in them is not shown. */
  readonly unreadable: number;
}

type Reading =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: Error; readonly retry: () => void }
  | { readonly state: "read"; readonly holdings: Holdings };

/** Everything that an account has in the protocol, read anew with each block. */
export function useHoldings(account: string): Reading {
  const pools = usePools();
  const readable = useReadablePools();
  const { flexible = [], fixed = [] } = readable ?? {};
  const ready = readable !== undefined;
  const stakes = useChainQuery(
    ["stakes", account, flexible.length],
    (reader) => readStakes(reader, flexible, account),
    ready,
  );
  const positions = useChainQuery(
    ["positions", account, fixed.length],
    (reader) => readPositions(reader, fixed, account),
    ready,
  );
  const owed = useChainQuery(["owed", account, fixed.length], (reader) => readOwed(reader, fixed, account), ready);

  const queries: readonly UseQueryResult[] = [pools, stakes, positions, owed];
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error != null)
    return {
      state: "failed",
      error: failed.error,
      retry() {
        for (const query of queries) if (query.error !== null) void query.refetch();
      },
    };
  // What was read before stays on the screen when the node is lost.
  if (readable === undefined || stakes.data === undefined) return { state: "loading" };
  return {
    state: "read",
    holdings: {
      pools: new Map(readable.all.map((pool) => [pool.address, pool])),
      stakes: stakes.data,
      positions: positions.data ?? [],
      owed: owed.data ?? [],
      incomplete: positions.data === undefined || owed.data === undefined,
      unreadable: (pools.data?.length ?? 0) - readable.all.length,
    },
  };
}
