import type { FlexiblePool } from "@termstake/sdk/pools";
import { useState } from "react";

import type { Stake } from "../../chain/account.ts";
import { withdrawSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { parseAmount } from "../../shared/amount-text.ts";
import { AmountField } from "../../shared/ui/amount-field.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Amount, ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { useAmountError } from "../../shared/use-amount-error.ts";
import { OperationDialog } from "./operation-dialog.tsx";
import { TickingReward } from "./ticking-reward.tsx";
import { useOperation } from "./use-operation.ts";

/** Takes a flexible stake out, in part or all of it; says what becomes of its reward. */
export function WithdrawDialog({ stake, pool, onClose }: { stake: Stake; pool: FlexiblePool; onClose: () => void }) {
  const { t } = useText();
  const operation = useOperation(pool);
  const { stakingToken: token } = pool;
  const [text, setText] = useState("");
  const parsed = parseAmount(text, token.decimals);
  const amount = typeof parsed === "bigint" && parsed > 0n && parsed <= stake.staked ? parsed : undefined;
  const all = amount === stake.staked;
  const reward = <TickingReward key="reward" stake={stake} pool={pool} />;
  return (
    <OperationDialog
      title={t("withdraw.title")}
      description={t("withdraw.description")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t(all ? "withdraw.all" : "portfolio.withdraw")}
      ready={amount !== undefined}
      onAct={() => {
        if (amount !== undefined) void operation.run((actor) => withdrawSteps(actor, pool, amount, all));
      }}
    >
      <AmountField
        label={t("withdraw.amount")}
        token={token}
        text={text}
        onChange={(next) => {
          setText(next);
          operation.reset();
        }}
        whole={stake.staked}
        hint={
          <>
            {t("withdraw.staked")} <Amount value={stake.staked} token={token} />
          </>
        }
        error={useAmountError(parsed, stake.staked, token)}
        disabled={operation.state.running}
      />
      <Facts
        facts={[
          [t("exit.back"), <ExactAmount key="back" value={amount ?? 0n} token={token} />],
          [t(all ? "withdraw.rewardPaid" : "withdraw.rewardStays"), reward],
          [t("withdraw.stays"), <ExactAmount key="stays" value={stake.staked - (amount ?? 0n)} token={token} />],
        ]}
      />
      <Notice tone="plain">{t(all ? "withdraw.allNote" : "withdraw.partNote")}</Notice>
    </OperationDialog>
  );
}
