// A person's operation as steps: some only sign, others send a transaction and wait until it is confirmed.
import { isError, type TransactionResponse, type TransactionReceipt } from "ethers";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { Writing } from "@termstake/bindings/errors";

import { explainOperation, RecordedFailure, type Problem } from "./explain.ts";

/** A step that is replaced could not be done; others came after it in its place. */
export type StepState = "waiting" | "sign" | "sent" | "confirmed" | "failed" | "replaced";

/** What a step is called, for translation. */
export type StepName =
  | "permit"
  | "resetApproval"
  | "approve"
  | "stake"
  | "open"
  | "claim"
  | "withdraw"
  | "exit"
  | "leaveEarly"
  | "renew"
  | "autoRenew"
  | "cancelAutoRenew"
  | "send"
  | "claimOwed";

export interface Step {
  readonly name: StepName;
  /**
   * Returns the transaction that it sent, nothing if it only signed, or the steps to take instead of itself and all that follow. Throws
   * what the wallet or the contract says.
   */
  readonly run: () => Promise<TransactionResponse | readonly Step[] | undefined>;
}

export interface StepProgress {
  readonly name: StepName;
  readonly state: StepState;
  readonly transaction: string | undefined;
}

export interface FlowState {
  readonly steps: readonly StepProgress[];
  readonly running: boolean;
  readonly problem: Problem | undefined;
  /** Receipt of the last transaction, when all steps are done. */
  readonly receipt: TransactionReceipt | undefined;
}

const IDLE: FlowState = { steps: [], running: false, problem: undefined, receipt: undefined };

export interface Flow {
  readonly state: FlowState;
  /** Runs the steps in turn and says whether all succeeded; a second start while one is running does nothing. */
  readonly start: (prepare: () => Promise<readonly Step[]>) => Promise<boolean>;
  readonly reset: () => void;
}

/** Runs operations one at a time; `writing` writes the values of what a contract refuses. */
export function useFlow(writing: Writing): Flow {
  const client = useQueryClient();
  const [state, setState] = useState(IDLE);
  const running = useRef(false);

  async function start(prepare: () => Promise<readonly Step[]>): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    let progress: StepProgress[] = [];
    const show = (change: Partial<FlowState> = {}) => {
      setState((before) => ({ ...before, ...change, steps: progress }));
    };
    const mark = (index: number, change: Partial<StepProgress>) => {
      progress = progress.map((step, i) => (i === index ? { ...step, ...change } : step));
      show();
    };
    show({ running: true, problem: undefined, receipt: undefined });
    let at = 0;
    try {
      let steps = await prepare();
      progress = steps.map(waiting);
      let receipt: TransactionReceipt | undefined;
      for (let step = steps[at]; step !== undefined; step = steps[at]) {
        mark(at, { state: "sign" });
        const outcome = await step.run();
        if (outcome !== undefined && "hash" in outcome) {
          mark(at, { state: "sent", transaction: outcome.hash });
          receipt = await confirmed(outcome);
          mark(at, { transaction: receipt.hash });
        }
        const instead = outcome !== undefined && !("hash" in outcome) ? outcome : undefined;
        mark(at, { state: instead === undefined ? "confirmed" : "replaced" });
        at += 1;
        if (instead === undefined) continue;
        steps = [...steps.slice(0, at), ...instead];
        progress = [...progress.slice(0, at), ...instead.map(waiting)];
        show();
      }
      show({ running: false, receipt });
      return true;
    } catch (error) {
      progress = progress.map((step, i) => (i === at ? { ...step, state: "failed" } : step));
      const problem = await explainOperation(error, writing);
      const later = progress.some(({ transaction }) => transaction !== undefined);
      show({ running: false, problem: problem.kind === "rejected" ? { ...problem, later } : problem });
      return false;
    } finally {
      running.current = false;
      // Whatever happened, what is shown must be true.
      for (const read of ["head", "chain"]) void client.invalidateQueries({ queryKey: [read] });
    }
  }

  return {
    state,
    start,
    reset() {
      if (!running.current) setState(IDLE);
    },
  };
}

function waiting({ name }: Step): StepProgress {
  return { name, state: "waiting", transaction: undefined };
}

/** Waits for a transaction. One that the person sped up in the wallet counts as itself; one that was refused is asked again for its reason. */
async function confirmed(sent: TransactionResponse): Promise<TransactionReceipt> {
  try {
    const receipt = await sent.wait();
    if (receipt === null) throw new Error("The transaction has no receipt");
    return receipt;
  } catch (error) {
    if (isError(error, "TRANSACTION_REPLACED") && !error.cancelled && error.receipt.status === 1) return error.receipt;
    if (isError(error, "CALL_EXCEPTION") && error.receipt != null)
      throw new RecordedFailure("The chain refused the transaction", { cause: await reasonOf(sent, error.receipt) });
    throw error;
  }
}

/** What a recorded transaction is refused with at the end of its block; nothing if it would succeed by then. */
async function reasonOf({ provider, to, from, data, value }: TransactionResponse, { blockNumber }: TransactionReceipt) {
  try {
    await provider.call({ to, from, data, value, blockTag: blockNumber });
    return undefined;
  } catch (reason) {
    return reason;
  }
}
