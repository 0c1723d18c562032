import type { UseQueryResult } from "@tanstack/react-query";
import type { Pool } from "@termstake/sdk/pools";
import { useMemo } from "react";

import { readOwed, readPositions, readStakes, type Position, type Stake } from "../../chain/account.ts";
import { useChainQuery, useDirectory, usePools, useReadablePools } from "../../chain/context.tsx";

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

/** What there is in listed pools, or in the others. */
export function holdingsIn(holdings: Holdings, listed: boolean): Holdings {
  const within = ({ pool }: { readonly pool: string }) => holdings.pools.get(pool)?.listed === listed;
  return {
    ...holdings,
    stakes: holdings.stakes.filter(within),
    positions: holdings.positions.filter(within),
    owed: holdings.owed.filter(within),
  };
}

type Reading =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: Error; readonly retry: () => void }
  | { readonly state: "read"; readonly holdings: Holdings };

/** Everything that an account has in the protocol, kept up with each block. */
export function useHoldings(account: string): Reading {
  const pools = usePools();
  const readable = useReadablePools();
  // What the account has is looked for as soon as it is known where; what the pools themselves say comes meanwhile.
  const directory = useDirectory();
  const { flexible = [], fixed = [] } = directory.data ?? {};
  const ready = directory.data !== undefined;
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

  const byAddress = useMemo(() => readable && new Map(readable.map((pool) => [pool.address, pool])), [readable]);
  const shown = useMemo(
    () => ({
      stakes: stakes.data?.stakes.filter(({ pool }) => byAddress?.has(pool) === true),
      positions: positions.data?.filter(({ pool }) => byAddress?.has(pool) === true),
      owed: owed.data?.filter(({ pool }) => byAddress?.has(pool) === true),
    }),
    [byAddress, stakes.data, positions.data, owed.data],
  );

  const queries: readonly Pick<UseQueryResult, "data" | "error" | "refetch">[] = [
    pools,
    directory,
    stakes,
    positions,
    owed,
  ];
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
  if (byAddress === undefined || shown.stakes === undefined) return { state: "loading" };
  const dark = new Set([
    ...(pools.data ?? []).filter(({ kind }) => kind === "unreadable").map(({ address }) => address),
    ...(stakes.data?.unreadable ?? []),
  ]);
  return {
    state: "read",
    holdings: {
      pools: byAddress,
      stakes: shown.stakes,
      positions: shown.positions ?? [],
      owed: shown.owed ?? [],
      incomplete: shown.positions === undefined || shown.owed === undefined,
      unreadable: dark.size,
    },
  };
}
