import { useState } from "react";

import type { Position } from "../../chain/account.ts";
import { useChainTime } from "../../chain/context.tsx";
import { renewSteps } from "../../chain/operations.ts";
import type { FixedTermPool } from "../../chain/pools.ts";
import { useText } from "../../i18n/index.ts";
import { formatDate } from "../../shared/format.ts";
import { Notice } from "../../shared/ui/notice.tsx";
import { ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { useObstacleText } from "../stake/obstacle-text.ts";
import { TermChoice } from "../stake/term-choice.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { renewableTerms, renewal } from "./renewal.ts";
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
  const now = useChainTime(10_000) ?? 0;
  const terms = renewableTerms(pool);
  const [termId, setTermId] = useState(position.termId);
  const term = terms.find(({ id }) => id === termId) ?? terms[0];
  const next = term && renewal(pool, term, position);
  const obstacleText = useObstacleText(pool);
  return (
    <OperationDialog
      title={t("renew.title", { id: position.id.toString() })}
      description={t(next?.paid === 0n ? "renew.compounds" : "renew.pays")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("position.renew")}
      ready={next !== undefined && next.obstacle === undefined}
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
              ...(next.paid > 0n
                ? [[t("renew.paid"), <ExactAmount key="paid" value={next.paid} token={pool.rewardsToken} />] as const]
                : []),
              [t("outcome.maturity"), formatDate(now + Number(term.duration), locale)],
            ]}
          />
          {next.obstacle !== undefined && (
            <Notice tone="warn" role="status">
              {obstacleText(next.obstacle, next.principal)}
            </Notice>
          )}
        </>
      )}
    </OperationDialog>
  );
}
