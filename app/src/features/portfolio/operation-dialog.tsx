import type { Pool } from "@termstake/sdk/pools";
import { useId, type ReactNode } from "react";

import { useText } from "../../i18n/index.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { useRepeat } from "../../shared/ui/repeat.tsx";
import { StepList } from "../../shared/ui/step-list.tsx";
import { Unable } from "../../shared/ui/unable.tsx";
import { useRunningText } from "../../shared/use-running-text.ts";
import type { Operation } from "./use-operation.ts";

interface Properties {
  readonly title: string;
  readonly description?: string;
  readonly pool: Pool;
  readonly operation: Operation;
  readonly onClose: () => void;
  /** What the button says. */
  readonly action: string;
  /** Whether what was entered can be signed. */
  readonly ready?: boolean;
  readonly danger?: boolean;
  readonly onAct: () => void;
  readonly children: ReactNode;
}

/** An operation from what it will do, through its steps, to what it did. */
export function OperationDialog({
  title,
  description,
  pool,
  operation,
  onClose,
  action,
  ready = true,
  danger = false,
  onAct,
  children,
}: Properties) {
  const { t } = useText();
  const form = useId();
  const { state, able } = operation;
  const running = useRunningText(state);
  const { warned, warning } = useRepeat(pool.address);
  const done = state.receipt !== undefined;
  const can = ready && able === true && !state.running && !warned;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      {...(description !== undefined && !done && { description })}
      footer={
        <>
          <div tabIndex={0} className="grid max-h-[45dvh] gap-3 overflow-y-auto empty:hidden">
            {!done && !state.running && warning}
            {!done && able !== true && <Unable reason={able} />}
            <StepList state={state} />
          </div>
          <div className="flex flex-wrap-reverse justify-end gap-3">
            <Button look={done ? "primary" : "quiet"} onClick={onClose}>
              {t(done ? "common.done" : state.running ? "common.close" : "common.cancel")}
            </Button>
            {!done && (
              <Button type="submit" form={form} look={danger ? "danger" : "primary"} disabled={!can}>
                {state.running ? running : action}
              </Button>
            )}
          </div>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (can && !done) onAct();
        }}
      >
        {!done && children}
        {done && <Done pool={pool} operation={operation} />}
      </form>
    </Dialog>
  );
}

/** What was paid, to the unit, by the transaction's own events. */
function Done({ pool, operation: { paid } }: { pool: Pool; operation: Operation }) {
  const { t } = useText();
  if (paid === undefined) return null;
  const facts = (
    [
      ["operation.principalPaid", paid.principal, pool.stakingToken],
      ["operation.rewardPaid", paid.reward, pool.rewardsToken],
      ["operation.penaltyTaken", paid.penalty, pool.stakingToken],
      ["operation.forfeited", paid.forfeited, pool.rewardsToken],
    ] as const
  ).filter(([, value]) => value > 0n);
  return (
    <>
      <Notice tone="brand" role="status" title={t("operation.done")}>
        {paid.positionId > 0n && t("operation.goesOn", { id: paid.positionId.toString() })}
      </Notice>
      {facts.length > 0 && (
        <Facts
          facts={facts.map(([name, value, token]) => [t(name), <ExactAmount key={name} value={value} token={token} />])}
        />
      )}
      {paid.deferred > 0n && (
        <Notice tone="warn" role="alert" title={t("operation.deferredTitle")}>
          <ExactAmount value={paid.deferred} token={pool.rewardsToken} /> {t("operation.deferred")}
        </Notice>
      )}
    </>
  );
}
