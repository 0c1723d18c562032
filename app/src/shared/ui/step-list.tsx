import type { FlowState } from "../../chain/flow.ts";
import type { StepState } from "../../chain/steps.ts";
import { useText } from "../../i18n/index.ts";
import { ProblemNotice, TransactionLink } from "./pieces.tsx";

const MARKS: Readonly<Record<StepState, string>> = {
  waiting: "○",
  checking: "○",
  sign: "●",
  sent: "●",
  queued: "●",
  confirmed: "✓",
  failed: "✕",
  replaced: "–",
};
const COLORS: Readonly<Record<StepState, string>> = {
  waiting: "text-muted",
  checking: "text-muted",
  sign: "text-warn",
  sent: "text-brand",
  queued: "text-warn",
  confirmed: "text-gain",
  failed: "text-loss",
  replaced: "text-muted",
};

const BUSY: ReadonlySet<StepState> = new Set(["checking", "sign", "sent", "queued"]);

/** Where an operation stands: each step with its state, and what went wrong. */
export function StepList({ state }: { state: FlowState }) {
  const { t } = useText();
  const { problem } = state;
  if (state.steps.length === 0 && problem === undefined) return null;
  return (
    <div className="grid gap-3">
      {state.steps.length > 0 && (
        <ol aria-label={t("step.label")} aria-live="polite" className="border-line grid gap-2 rounded-xl border p-4">
          {state.steps.map(({ name, state: stepState, transaction }, i) => (
            <li key={`${i.toString()} ${name}`} className="flex flex-wrap items-baseline gap-x-3">
              <span
                aria-hidden="true"
                className={`${COLORS[stepState]} ${BUSY.has(stepState) ? "animate-pulse" : ""} font-bold`}
              >
                {MARKS[stepState]}
              </span>
              <span className="min-w-0 flex-[1_1_8rem] font-medium">{t(`step.${name}`)}</span>
              <span className={`ml-auto text-sm ${COLORS[stepState]}`}>{t(`stepState.${stepState}`)}</span>
              {transaction !== undefined && (
                <span className="basis-full pl-6">
                  <TransactionLink hash={transaction} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}
