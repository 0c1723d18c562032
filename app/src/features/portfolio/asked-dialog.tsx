import { untoldTerms, type FixedTermPool, type FlexiblePool } from "@termstake/sdk/pools";

import type { Position, Stake } from "../../chain/account.ts";
import { useWholePool } from "../../chain/context.tsx";
import { ClaimDialog } from "./claim-dialog.tsx";
import { ExitDialog } from "./exit-dialog.tsx";
import { OrderDialog } from "./order-dialog.tsx";
import { OwedDialog } from "./owed-dialog.tsx";
import { RenewDialog } from "./renew-dialog.tsx";
import { SendDialog } from "./send-dialog.tsx";
import type { Holdings } from "./use-holdings.ts";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

/** What the person asked to do: with what it was, since it may be gone from the chain once it is done. */
export type Asked =
  | { readonly what: "claim" | "withdraw"; readonly stake: Stake; readonly pool: FlexiblePool }
  | { readonly what: "exit" | "renew" | "order" | "send"; readonly position: Position; readonly pool: FixedTermPool }
  | { readonly what: "owed"; readonly amount: bigint; readonly pool: FixedTermPool };

interface Properties {
  readonly asked: Asked;
  readonly holdings: Holdings;
  readonly onClose: () => void;
}

export function AskedDialog({ asked, holdings, onClose }: Properties) {
  // The pool as it is now: its room and its stream change with every block.
  const told = holdings.pools.get(asked.pool.address) ?? asked.pool;
  const partly = untoldTerms([told]) > 0;
  const whole = useWholePool(told.address, partly);
  // The term that a position is in, or that it could be renewed in, may be among those that were not told.
  if (partly && whole.data === undefined && whole.error === null) return null;
  const now = partly && whole.data?.kind === "fixed" ? whole.data : told;
  switch (asked.what) {
    case "claim":
    case "withdraw": {
      const stake = holdings.stakes.find(({ pool }) => pool === asked.pool.address) ?? asked.stake;
      const pool = now.kind === "flexible" ? now : asked.pool;
      return asked.what === "claim" ? (
        <ClaimDialog stake={stake} pool={pool} onClose={onClose} />
      ) : (
        <WithdrawDialog stake={stake} pool={pool} onClose={onClose} />
      );
    }
    case "owed":
      return <OwedDialog amount={asked.amount} pool={asked.pool} onClose={onClose} />;
    default: {
      const properties = { position: asked.position, pool: now.kind === "fixed" ? now : asked.pool, onClose };
      switch (asked.what) {
        case "exit":
          return <ExitDialog {...properties} />;
        case "renew":
          return <RenewDialog {...properties} />;
        case "order":
          return <OrderDialog {...properties} />;
        case "send":
          return <SendDialog {...properties} />;
      }
    }
  }
}
