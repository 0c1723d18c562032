import { termOf, type FixedTermPool } from "@termstake/sdk/pools";
import { useState } from "react";

import { readOrder, type Position } from "../../chain/account.ts";
import { useChainQuery } from "../../chain/context.tsx";
import { autoRenewSteps, cancelAutoRenewSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { formatDuration, formatMoment, formatRate } from "../../shared/format.ts";
import { Notice } from "../../shared/ui/notice.tsx";
import { Facts } from "../../shared/ui/pieces.tsx";
import { Switch } from "../../shared/ui/switch.tsx";
import { TermChoice } from "../stake/term-choice.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { renewableTerms } from "./selection.ts";
import { useOperation } from "./use-operation.ts";

interface Properties {
  readonly position: Position;
  readonly pool: FixedTermPool;
  readonly onClose: () => void;
}

/** Sets or cancels auto-renew of a position. */
export function OrderDialog({ position, pool, onClose }: Properties) {
  return position.autoRenew ? (
    <CancelDialog position={position} pool={pool} onClose={onClose} />
  ) : (
    <SetDialog position={position} pool={pool} onClose={onClose} />
  );
}

/** Windows to choose from, in seconds: long enough for somebody to come by, short enough to be remembered. */
const WINDOWS = [86_400n, 3n * 86_400n, 7n * 86_400n, 30n * 86_400n];
const [, DEFAULT_WINDOW = 0n] = WINDOWS;

function SetDialog({ position, pool, onClose }: Properties) {
  const { t, locale } = useText();
  const operation = useOperation(pool);
  const terms = renewableTerms(pool);
  const [termId, setTermId] = useState(position.termId);
  const [window, setWindow] = useState(DEFAULT_WINDOW);
  const [repeats, setRepeats] = useState(false);
  const term = terms.find(({ id }) => id === termId) ?? terms[0];
  return (
    <OperationDialog
      title={t("order.title", { id: position.id.toString() })}
      description={t("order.description")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("order.set")}
      ready={term !== undefined}
      onAct={() => {
        if (term !== undefined)
          void operation.run((actor) => autoRenewSteps(actor, position, term, { window, repeats }));
      }}
    >
      {term === undefined ? (
        <Notice tone="warn">{t("renew.noTerm")}</Notice>
      ) : (
        <>
          <TermChoice terms={terms} chosen={term} onTerm={setTermId} />
          <label className="flex flex-wrap items-center justify-between gap-2 font-medium">
            {t("order.window")}
            <select
              className="field"
              value={window.toString()}
              onChange={({ target }) => {
                setWindow(BigInt(target.value));
              }}
            >
              {WINDOWS.map((seconds) => (
                <option key={seconds} value={seconds.toString()}>
                  {formatDuration(Number(seconds), locale)}
                </option>
              ))}
            </select>
          </label>
          <Switch label={t("order.repeat")} checked={repeats} onChange={setRepeats} />
          <p>
            {t(repeats ? "order.meaningRepeats" : "order.meaning", {
              term: formatDuration(Number(term.duration), locale),
              rate: formatRate(term.rate, locale),
              from: formatMoment(position.maturity, locale),
              until: formatMoment(position.maturity + Number(window), locale),
            })}
          </p>
          <Notice tone="warn">{t("order.certainty")}</Notice>
          <Notice tone="plain">{t("order.ends")}</Notice>
        </>
      )}
    </OperationDialog>
  );
}

function CancelDialog({ position, pool, onClose }: Properties) {
  const { t, locale } = useText();
  const operation = useOperation(pool);
  const { data: order } = useChainQuery(
    ["order", pool.address, position.id.toString()],
    (reader) => readOrder(reader, position),
    operation.state.receipt === undefined,
  );
  const term = order && termOf(pool, order.termId);
  return (
    <OperationDialog
      title={t("order.title", { id: position.id.toString() })}
      description={t("order.isSet")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("order.cancel")}
      onAct={() => void operation.run((actor) => cancelAutoRenewSteps(actor, position))}
    >
      {order !== undefined && (
        <Facts
          facts={[
            [t("stake.term"), term === undefined ? order.termId : formatDuration(Number(term.duration), locale)],
            [t("order.until"), formatMoment(position.maturity + Number(order.window), locale)],
            [t("order.repeats"), t(order.repeats ? "order.yes" : "order.no")],
          ]}
        />
      )}
      <Notice tone="plain">{t("order.ends")}</Notice>
    </OperationDialog>
  );
}
