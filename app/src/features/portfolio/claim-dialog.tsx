import type { FlexiblePool } from "@termstake/sdk/pools";
import { earnedAt } from "@termstake/sdk/rates";

import type { Stake } from "../../chain/account.ts";
import { useChainTime } from "../../chain/context.tsx";
import { claimSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { isSteadilyZero } from "../../shared/format.ts";
import { Amount, Facts } from "../../shared/ui/pieces.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { TickingReward } from "./ticking-reward.tsx";
import { useOperation } from "./use-operation.ts";

/** Pays out what a flexible stake has earned. */
export function ClaimDialog({ stake, pool, onClose }: { stake: Stake; pool: FlexiblePool; onClose: () => void }) {
  const { t } = useText();
  const operation = useOperation(pool);
  const now = useChainTime() ?? 0;
  return (
    <OperationDialog
      title={t("claim.title")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("portfolio.claim")}
      ready={!isSteadilyZero(earnedAt(stake, pool, now), pool.rewardsToken.decimals)}
      onAct={() => void operation.run((actor) => claimSteps(actor, pool))}
    >
      <Facts
        facts={[
          [t("portfolio.claimable"), <TickingReward key="reward" stake={stake} pool={pool} />],
          [t("claim.stays"), <Amount key="stays" value={stake.staked} token={pool.stakingToken} />],
        ]}
      />
      <p className="text-muted text-sm">{t("claim.note")}</p>
    </OperationDialog>
  );
}
