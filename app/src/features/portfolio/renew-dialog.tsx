import { checkRenewal, renewalOf, type Renewal } from "@termstake/sdk/checks";
import type { FixedTermPool } from "@termstake/sdk/pools";
import { useState, type ReactNode } from "react";

import type { Position } from "../../chain/account.ts";
import { useChainTime } from "../../chain/context.tsx";
import { renewSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { formatDate } from "../../shared/format.ts";
import { Notice } from "../../shared/ui/notice.tsx";
import { ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { useRefusalText } from "../stake/refusal-text.ts";
import { TermChoice } from "../stake/term-choice.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { renewableTerms } from "./selection.ts";
import { useOperation } from "./use-operation.ts";

interface Properties {
  readonly position: Position;
  readonly pool: FixedTermPool;
  readonly onClose: () => void;
}

/** Starts a mature position anew, in any open term of its pool. */
export function RenewDialog({ position, pool, onClose }: Properties) {
  const { t, locale } = useText();
  const operation = useOperation(pool);
  const now = Math.floor(useChainTime(10_000) ?? 0);
  const terms = renewableTerms(pool);
  const [termId, setTermId] = useState(position.termId);
  const term = terms.find(({ id }) => id === termId) ?? terms[0];
  const next = term && renewalOf(pool, term, position);
  const [refusal] = term === undefined ? [] : checkRenewal(pool, term, position, { account: position.owner }, { now });
  const refusalText = useRefusalText(pool, term);
  return (
    <OperationDialog
      title={t("renew.title", { id: position.id.toString() })}
      description={t(`renew.${whatOf(next)}`)}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("position.renew")}
      ready={next !== undefined && refusal === undefined}
      onAct={() => {
        if (term !== undefined && next !== undefined)
          void operation.run((actor) => renewSteps(actor, position, term, next.reward));
      }}
    >
      {term === undefined || next === undefined ? (
        <Notice tone="warn">{t("renew.noTerm")}</Notice>
      ) : (
        <>
          <TermChoice terms={terms} chosen={term} onTerm={setTermId} />
          <Facts
            facts={[
              [t("renew.principal"), <ExactAmount key="principal" value={next.principal} token={pool.stakingToken} />],
              [t("outcome.reward"), <ExactAmount key="reward" value={next.reward} token={pool.rewardsToken} />],
              ...(["paid", "owed"] as const)
                .filter((kind) => next[kind] > 0n)
                .map((kind): [string, ReactNode] => [
                  t(`renew.${kind}`),
                  <ExactAmount key={kind} value={next[kind]} token={pool.rewardsToken} />,
                ]),
              [t("outcome.maturity"), formatDate(now + Number(term.duration), locale)],
            ]}
          />
          {refusal !== undefined && (
            <Notice tone="warn" role="status">
              {refusalText(refusal, next.principal)}
            </Notice>
          )}
        </>
      )}
    </OperationDialog>
  );
}

/** What becomes of the old position's reward. */
function whatOf(next: Renewal | undefined): "compounds" | "pays" | "owes" {
  if (next === undefined || (next.paid === 0n && next.owed === 0n)) return "compounds";
  return next.owed > 0n ? "owes" : "pays";
}
