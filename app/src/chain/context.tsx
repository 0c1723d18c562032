// The chain as React sees it: one reader, its newest block, and the wallet.
import { useQuery, useQueryClient, type QueryKey, type UseQueryResult } from "@tanstack/react-query";
import type { Pool, UnreadablePool } from "@termstake/sdk/pools";
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";

import { chainTime, inTime, readHead, type Head } from "./head.ts";
import type { Payments } from "./payments.ts";
import { PendingStore, type Pending } from "./pending.ts";
import { directoryOf, readDirectory, readPools, readWholePool, type Directory } from "./pools.ts";
import type { Reader } from "./reader.ts";
import { WalletStore, type WalletState } from "./wallets.ts";

/** A local node mines at once; others take seconds. */
const LOCAL_POLL_MS = 1_000;
const POLL_MS = 4_000;
const LOCAL_CHAIN = 31_337;

/** A node that says nothing for so long is said to be silent: within ten seconds of its last answer. */
const SILENT_MS = 5_000;

interface Chain {
  readonly reader: Reader;
  readonly wallets: WalletStore;
  readonly head: Head | undefined;
  /** Whether the node did not answer last time. */
  readonly lost: boolean;
  /** What the accounts of this browser have sent on this chain. */
  readonly pending: PendingStore;
  /** How often the node is asked for what is new. */
  readonly pollMs: number;
  /** How often another chain has taken the place of the one before. */
  readonly restarts: number;
}

const ChainContext = createContext<Chain | undefined>(undefined);

/** Follows the chain, and forgets everything read when it turns out to be another one. */
export function ChainProvider({
  reader,
  wallets,
  children,
}: {
  reader: Reader;
  wallets: WalletStore;
  children: ReactNode;
}) {
  const client = useQueryClient();
  const poll = reader.deployment.chainId === LOCAL_CHAIN ? LOCAL_POLL_MS : POLL_MS;
  const {
    data: head,
    failureCount,
    isError,
  } = useQuery({
    queryKey: ["head"],
    queryFn: () => inTime(readHead(reader, client.getQueryData<Head>(["head"])), SILENT_MS),
    refetchInterval: poll,
    refetchIntervalInBackground: false,
    retry: false,
  });
  const [restarts, setRestarts] = useState(0);
  const seen = useRef<Head>(undefined);
  useEffect(() => {
    if (head === undefined) return;
    const before = seen.current;
    seen.current = head;
    if (before === undefined || before.hash === head.hash) return;
    const restarted = before.genesis !== head.genesis;
    if (restarted) setRestarts((count) => count + 1);
    void client[restarted ? "resetQueries" : "invalidateQueries"]({ queryKey: ["chain"] });
  }, [client, head]);

  const lost = isError || failureCount > 0;
  const answers = head !== undefined && !lost;
  useEffect(() => {
    // What failed meanwhile is read again at once: the next block may be far.
    if (answers)
      void client.invalidateQueries({ queryKey: ["chain"], predicate: ({ state }) => state.status === "error" });
  }, [answers, client]);

  const chain = `${reader.deployment.chainId.toString()}.${head?.genesis ?? ""}`;
  const pending = useMemo(() => new PendingStore(localStorage, chain), [chain]);
  useEffect(() => {
    const reload = () => {
      pending.reload();
    };
    window.addEventListener("storage", reload); // another tab wrote
    return () => {
      window.removeEventListener("storage", reload);
    };
  }, [pending]);

  const value = { reader, wallets, head, lost, restarts, pending, pollMs: poll };
  return <ChainContext value={value}>{children}</ChainContext>;
}

export function useChain(): Chain {
  const chain = useContext(ChainContext);
  if (chain === undefined) throw new Error("useChain outside of ChainProvider");
  return chain;
}

/** Data of the chain, read anew with each block; what changes between blocks also every so many milliseconds. */
export function useChainQuery<T>(
  key: QueryKey,
  read: (reader: Reader) => Promise<T>,
  enabled = true,
  everyMs: number | false = false,
): UseQueryResult<T> {
  const { reader } = useChain();
  return useQuery({
    queryKey: ["chain", ...key],
    queryFn: () => read(reader),
    enabled,
    refetchInterval: everyMs,
  });
}

export function usePools(): UseQueryResult<readonly (Pool | UnreadablePool)[]> {
  return useChainQuery(["pools"], readPools);
}

/** The pool at an address with all of its terms; null if the factory does not know it. */
export function useWholePool(address: string, enabled = true): UseQueryResult<Pool | UnreadablePool | null> {
  return useChainQuery(["pool", address], async (reader) => (await readWholePool(reader, address)) ?? null, enabled);
}

/** Where all pools are: known earlier than the pools, and enough to look for what an account has in them. */
export function useDirectory(): Pick<UseQueryResult<Directory>, "data" | "error" | "refetch"> {
  const { data: pools } = usePools();
  const early = useChainQuery(["directory"], readDirectory, pools === undefined);
  const known = useMemo(() => pools && directoryOf(pools), [pools]);
  return { data: known ?? early.data, error: known === undefined ? early.error : null, refetch: early.refetch };
}

export function usePayments(): UseQueryResult<Payments> {
  // They come after the pools: nothing waits for them.
  return useChainQuery(["payments"], async (reader) => (await import("./payments.ts")).readPayments(reader));
}

/** The pools that can be read; undefined until they are. */
export function useReadablePools(): readonly Pool[] | undefined {
  const { data } = usePools();
  return useMemo(() => data?.filter((pool) => pool.kind !== "unreadable"), [data]);
}

const NOTHING: readonly Pending[] = [];

/** What the connected account has on its way, or had lately; nothing without a wallet. */
export function usePending(): readonly Pending[] {
  const { pending } = useChain();
  const account = useAccount();
  return useSyncExternalStore(pending.subscribe, () => (account === undefined ? NOTHING : pending.list(account)));
}

export function useWallets(): WalletState {
  const { wallets } = useChain();
  return useSyncExternalStore(wallets.subscribe, wallets.snapshot);
}

/** The connected account; undefined without a wallet. */
export function useAccount(): string | undefined {
  return useWallets().connected?.account;
}

/** The chain's time in seconds, ticking; undefined until a block was read. */
export function useChainTime(everyMs = 1_000): number | undefined {
  const { head, lost } = useChain();
  const [, tick] = useState(0);
  const stopped = head === undefined || lost;
  useEffect(() => {
    if (stopped) return;
    const timer = setInterval(() => {
      tick((count) => count + 1);
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs, stopped]);
  return head === undefined ? undefined : chainTime(head);
}
