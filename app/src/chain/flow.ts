// Runs a person's operation, and says where it stands to the account that it is of, and to nobody else.
import { useQueryClient } from "@tanstack/react-query";
import type { Writing } from "@termstake/sdk/errors";
import { useEffect, useRef, useState } from "react";

import { useAccount, useChain } from "./context.tsx";
import { explainOperation, RecordedFailure, Replaced, type Problem } from "./explain.ts";
import { lookFor, type Outcome, type Receipt, type Sent } from "./follow.ts";
import type { PendingState, PendingStore } from "./pending.ts";
import type { Reader } from "./reader.ts";
import type { Step, StepProgress } from "./steps.ts";

export interface FlowState {
  readonly steps: readonly StepProgress[];
  readonly running: boolean;
  readonly problem: Problem | undefined;
  /** Receipt of the last transaction, when all steps are done. */
  readonly receipt: Receipt | undefined;
}

const IDLE: FlowState = { steps: [], running: false, problem: undefined, receipt: undefined };

/** What an operation is about, for those who come across it later. */
export interface Subject {
  readonly pool: string;
  /** What it moves, written out; empty if no amount is known before. */
  readonly amount: string;
}

export interface Flow {
  readonly state: FlowState;
  /**
   * Runs the steps in turn and says whether all succeeded before the eyes of who started them; a second start while one is running does
   * nothing.
   */
  readonly start: (subject: Subject, prepare: () => Promise<readonly Step[]>) => Promise<boolean>;
  readonly reset: () => void;
}

/** One run of an operation. */
interface Run {
  readonly account: string | undefined;
  running: boolean;
}

/** Runs operations of the connected account one at a time; `writing` writes the values of what a contract refuses. */
export function useFlow(writing: Writing): Flow {
  const client = useQueryClient();
  const account = useAccount();
  const { reader, pending, pollMs } = useChain();
  const [{ of, state }, setState] = useState<{ of: Run | undefined; state: FlowState }>({ of: undefined, state: IDLE });
  const latest = useRef<Run>(undefined);
  const mounted = useRef(true);
  const watched = useRef(account);
  useEffect(() => {
    mounted.current = true;
    watched.current = account;
    return () => {
      mounted.current = false;
    };
  }, [account]);

  async function start(subject: Subject, prepare: () => Promise<readonly Step[]>): Promise<boolean> {
    if (latest.current?.running === true && latest.current.account === account) return false;
    const run: Run = { account, running: true };
    latest.current = run;
    const isSeen = () => mounted.current && latest.current === run && watched.current === run.account;
    const show: Show = (change) => {
      setState((before) => (latest.current === run ? { of: run, state: { ...before.state, ...change } } : before));
    };
    show({ ...IDLE, running: true });
    try {
      const receipt = await runSteps({ reader, pending, pollMs, subject, show, isSeen }, await prepare());
      show({ running: false, receipt });
      return isSeen();
    } catch (error) {
      const { cause, steps } = error instanceof Stopped ? error : { cause: error, steps: [] };
      const problem = await explainOperation(cause, writing);
      const later = steps.some(({ transaction }) => transaction !== undefined);
      show({ running: false, problem: problem.kind === "rejected" ? { ...problem, later } : problem });
      return false;
    } finally {
      run.running = false;
      // Whatever happened, what is shown must be true.
      for (const read of ["head", "chain"]) void client.invalidateQueries({ queryKey: [read] });
    }
  }

  return {
    // What became of another account's operation is not said of this one.
    state: of?.account === account ? state : IDLE,
    start,
    reset() {
      if (latest.current?.running === true) return;
      latest.current = undefined;
      setState({ of: undefined, state: IDLE });
    },
  };
}

type Show = (change: Partial<FlowState>) => void;

interface Stage {
  readonly reader: Reader;
  readonly pending: PendingStore;
  readonly pollMs: number;
  readonly subject: Subject;
  readonly show: Show;
  /** Whether the person who started it still sees it. */
  readonly isSeen: () => boolean;
}

/** What stopped an operation, and how far it had come. */
class Stopped extends Error {
  readonly steps: readonly StepProgress[];

  constructor(cause: unknown, steps: readonly StepProgress[]) {
    super("The operation stopped", { cause });
    this.steps = steps;
  }
}

/** Takes the steps in turn, and returns the receipt of the last transaction. */
async function runSteps(stage: Stage, first: readonly Step[]): Promise<Receipt | undefined> {
  let steps = [...first];
  let progress = steps.map(waiting);
  let receipt: Receipt | undefined;
  let at = 0;
  const mark = (change: Partial<StepProgress>) => {
    progress = progress.map((step, i) => (i === at ? { ...step, ...change } : step));
    stage.show({ steps: progress });
  };
  try {
    for (let step = steps[at]; step !== undefined; step = steps[at]) {
      mark({ state: "checking" });
      const outcome = await step.run(() => {
        mark({ state: "sign" });
      });
      if (outcome !== undefined && "hash" in outcome) {
        mark({ state: "sent", transaction: outcome.hash });
        receipt = await confirmed(stage, step, outcome, mark);
        mark({ transaction: receipt.hash });
      }
      const instead = outcome !== undefined && !("hash" in outcome) ? outcome : undefined;
      mark({ state: instead === undefined ? "confirmed" : "replaced" });
      at += 1;
      if (instead === undefined) continue;
      steps = [...steps.slice(0, at), ...instead];
      progress = [...progress.slice(0, at), ...instead.map(waiting)];
      stage.show({ steps: progress });
    }
    return receipt;
  } catch (error) {
    mark({ state: "failed" });
    throw new Stopped(error, progress);
  }
}

function waiting({ name }: Step): StepProgress {
  return { name, state: "waiting", transaction: undefined };
}

/** Waits for a transaction, which is kept until somebody has seen what became of it; one that was refused is asked again for its reason. */
async function confirmed(
  { reader, pending, pollMs, subject, isSeen }: Stage,
  { name: step }: Step,
  transaction: Sent,
  mark: (change: Partial<StepProgress>) => void,
): Promise<Receipt> {
  let sent = transaction;
  const { hash, from } = sent;
  const settle = (state: PendingState) => {
    if (isSeen()) pending.remove(from, hash);
    else pending.change(from, hash, { state });
  };
  pending.show(hash, true);
  pending.add(from, { ...sent, ...subject, step, state: "sent" });
  try {
    for (;;) {
      if (!isSeen()) pending.show(hash, false);
      const outcome = await lookFor(reader, sent).catch((): Outcome => ({ state: "sent" })); // a node that is lost comes back
      switch (outcome.state) {
        case "confirmed":
          settle("confirmed");
          return outcome.receipt;
        case "failed":
          settle("failed");
          throw new RecordedFailure("The chain refused the transaction", {
            cause: await reasonOf(reader, sent, outcome.receipt),
          });
        case "replaced":
          settle("replaced");
          throw new Replaced("Another transaction took the place of this one");
        case "queued":
          pending.change(from, hash, { state: "queued" });
          mark({ state: "queued" });
          break;
        case "sent":
          if (outcome.nonce !== undefined && sent.nonce === undefined) {
            sent = { ...sent, nonce: outcome.nonce };
            pending.change(from, hash, { nonce: outcome.nonce });
          }
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } finally {
    pending.show(hash, false);
  }
}

/** What a recorded transaction is refused with at the end of its block; nothing if it would succeed by then. */
async function reasonOf(reader: Reader, { to, from, data }: Sent, { block }: Receipt): Promise<unknown> {
  try {
    await reader.provider.call({ to, from, data, blockTag: block });
    return undefined;
  } catch (reason) {
    return reason;
  }
}
