import type { Pool } from "@termstake/sdk/pools";

import { useFlow, type FlowState } from "../../chain/flow.ts";
import type { Actor } from "../../chain/operations.ts";
import { paidIn, type Paid } from "../../chain/receipts.ts";
import type { Step } from "../../chain/steps.ts";
import { useActor, type Inability } from "../../shared/use-actor.ts";
import { useWriting } from "../../shared/use-writing.ts";

export interface Operation {
  readonly state: FlowState;
  /** Whether the account can sign now; if it cannot, why. */
  readonly able: true | Inability;
  /** What the transaction did, once it is confirmed. */
  readonly paid: Paid | undefined;
  /** Forgets how an attempt went, since another one is being prepared. */
  readonly reset: () => void;
  /** Runs the steps; `amount` is what they move, written out, if that is known. */
  readonly run: (steps: (actor: Actor) => readonly Step[], amount?: string) => Promise<boolean>;
}

/** One operation of the connected account on a pool, from its start to what it did. */
export function useOperation(pool: Pool): Operation {
  const actor = useActor();
  const { state, start, reset } = useFlow(useWriting(pool));
  return {
    state,
    able: typeof actor === "function" ? true : (actor ?? "lost"),
    paid: state.receipt === undefined ? undefined : paidIn(pool, state.receipt),
    reset,
    run: (steps, amount = "") =>
      start({ pool: pool.address, amount }, () => Promise.resolve(typeof actor === "function" ? steps(actor()) : [])),
  };
}
