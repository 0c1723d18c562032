import { useChain } from "../../chain/context.tsx";
import { useFlow, type FlowState, type Step } from "../../chain/flow.ts";
import type { Actor } from "../../chain/operations.ts";
import type { Pool } from "../../chain/pools.ts";
import { paidIn, type Paid } from "../../chain/receipts.ts";
import { useActor } from "../../shared/use-actor.ts";
import { useWriting } from "../../shared/use-writing.ts";

export interface Operation {
  readonly state: FlowState;
  /** Whether the account can sign now; if it cannot, why. */
  readonly able: true | "lost" | "network";
  /** What the transaction did, once it is confirmed. */
  readonly paid: Paid | undefined;
  /** Forgets how an attempt went, since another one is being prepared. */
  readonly reset: () => void;
  readonly run: (steps: (actor: Actor) => readonly Step[]) => Promise<boolean>;
}

/** One operation of the connected account on a pool, from its start to what it did. */
export function useOperation(pool: Pool): Operation {
  const { reader, lost } = useChain();
  const actor = useActor();
  const { state, start, reset } = useFlow(useWriting(pool));
  return {
    state,
    able: actor !== undefined ? true : lost ? "lost" : "network",
    paid: state.receipt === undefined ? undefined : paidIn(reader, pool, state.receipt),
    reset,
    run: (steps) => start(async () => (actor === undefined ? [] : steps(await actor()))),
  };
}
