import type { FixedTermPool } from "@termstake/sdk/pools";

import { claimOwedSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { useOperation } from "./use-operation.ts";

/** Pays a reward whose transfer once failed. */
export function OwedDialog({ amount, pool, onClose }: { amount: bigint; pool: FixedTermPool; onClose: () => void }) {
  const { t } = useText();
  const operation = useOperation(pool);
  return (
    <OperationDialog
      title={t("owed.claim")}
      description={t("owed.sentence")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("owed.claim")}
      onAct={() => void operation.run((actor) => claimOwedSteps(actor, pool.address))}
    >
      <Facts facts={[[t("owed.amount"), <ExactAmount key="amount" value={amount} token={pool.rewardsToken} />]]} />
    </OperationDialog>
  );
}
