// A person's operation as steps: some only sign, others send a transaction and wait until it is confirmed.
import { isError, type TransactionResponse, type TransactionReceipt } from "ethers";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { explainOperation, type Problem } from "./explain.ts";

export type StepState = "waiting" | "sign" | "sent" | "confirmed" | "failed";

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
  /** Returns the transaction that it sent, or nothing if it only signed. Throws what the wallet or the contract says. */
  readonly run: () => Promise<TransactionResponse | undefined>;
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

export function useFlow(): Flow {
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
      const steps = await prepare();
      progress = steps.map(({ name }) => ({ name, state: "waiting", transaction: undefined }));
      let receipt: TransactionReceipt | undefined;
      for (const step of steps) {
        mark(at, { state: "sign" });
        const sent = await step.run();
        if (sent !== undefined) {
          mark(at, { state: "sent", transaction: sent.hash });
          receipt = await confirmed(sent);
          mark(at, { transaction: receipt.hash });
        }
        mark(at, { state: "confirmed" });
        at += 1;
      }
      show({ running: false, receipt });
      return true;
    } catch (error) {
      progress = progress.map((step, i) => (i === at ? { ...step, state: "failed" } : step));
      show({ running: false, problem: await explainOperation(error) });
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

/** Waits for a transaction. One that the person sped up in the wallet counts as itself. */
async function confirmed(sent: TransactionResponse): Promise<TransactionReceipt> {
  try {
    const receipt = await sent.wait();
    if (receipt === null) throw new Error("The transaction has no receipt");
    return receipt;
  } catch (error) {
    if (isError(error, "TRANSACTION_REPLACED") && !error.cancelled && error.receipt.status === 1) return error.receipt;
    throw error;
  }
}
