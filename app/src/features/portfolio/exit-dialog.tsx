import { decodeError } from "@termstake/sdk/errors";
import { paysItsOwnToken, type FixedTermPool } from "@termstake/sdk/pools";
import { BPS } from "@termstake/sdk/units";
import { useState } from "react";

import { readExitPreview, type Position } from "../../chain/account.ts";
import { useChainQuery, useChainTime } from "../../chain/context.tsx";
import { explain } from "../../chain/explain.ts";
import { leaveEarlySteps, maturitySteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { parseAmount, typedAmount } from "../../shared/amount-text.ts";
import { formatBps, formatDate } from "../../shared/format.ts";
import { AmountField } from "../../shared/ui/amount-field.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Amount, ExactAmount, Facts, Loading, ProblemNotice } from "../../shared/ui/pieces.tsx";
import { useAmountError } from "../../shared/use-amount-error.ts";
import { useWriting } from "../../shared/use-writing.ts";
import { exitAccount, paidOut, type ExitAccount } from "./exit.ts";
import { OperationDialog } from "./operation-dialog.tsx";
import { isMature } from "./selection.ts";
import { useOperation } from "./use-operation.ts";

/** What leaving pays rises with every second. */
const PREVIEW_MS = 3_000;

interface Properties {
  readonly position: Position;
  readonly pool: FixedTermPool;
  readonly onClose: () => void;
}

/** Leaves a position, in part or all of it: before maturity at a price that the contract says beforehand. */
export function ExitDialog({ position, pool, onClose }: Properties) {
  const { t, locale } = useText();
  const operation = useOperation(pool);
  const mature = isMature(position, useChainTime() ?? 0);
  const { stakingToken: token } = pool;
  const [text, setText] = useState(() => typedAmount(position.principal, token.decimals, locale));
  const parsed = parseAmount(text, token.decimals);
  const amount = typeof parsed === "bigint" && parsed > 0n && parsed <= position.principal ? parsed : undefined;
  const { running, receipt } = operation.state;
  const { data: preview, error } = useChainQuery(
    ["exit", pool.address, position.id.toString(), amount?.toString()],
    (reader) => readExitPreview(reader, position, amount ?? 0n),
    amount !== undefined && !running && receipt === undefined,
    PREVIEW_MS,
  );
  const writing = useWriting(pool);
  const whole = amount === position.principal;
  return (
    <OperationDialog
      title={t(mature ? "exit.titleMature" : "exit.titleEarly", { id: position.id.toString() })}
      description={t(mature ? "exit.descriptionMature" : "exit.descriptionEarly", {
        date: formatDate(position.maturity, locale),
      })}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={
        amount === undefined || preview === undefined
          ? t(mature ? "portfolio.withdraw" : "position.leaveEarly")
          : t(mature ? "exit.actMature" : "exit.actEarly", {
              amount: paidOut(pool, preview, locale),
            })
      }
      ready={amount !== undefined && preview !== undefined}
      danger={!mature}
      onAct={() => {
        if (amount === undefined || preview === undefined) return;
        void operation.run((actor) =>
          mature && whole ? maturitySteps(actor, position) : leaveEarlySteps(actor, position, amount, preview),
        );
      }}
    >
      <AmountField
        label={t("exit.amount")}
        token={token}
        text={text}
        onChange={(next) => {
          setText(next);
          operation.reset();
        }}
        whole={position.principal}
        hint={
          <>
            {t("exit.of")} <Amount value={position.principal} token={token} />
          </>
        }
        error={useAmountError(parsed, position.principal, token)}
        disabled={running}
      />
      {amount !== undefined &&
        (preview !== undefined ? (
          <Account
            account={exitAccount(position, amount, preview, pool.split)}
            amount={amount}
            position={position}
            pool={pool}
          />
        ) : error !== null ? (
          <ProblemNotice problem={explain(error, decodeError, writing)} />
        ) : (
          <Loading label={t("exit.loading")} />
        ))}
    </OperationDialog>
  );
}

/** What comes back, what is lost and where it goes, and what stays: every unit of it. */
function Account({
  account,
  amount,
  position,
  pool,
}: {
  account: ExitAccount;
  amount: bigint;
  position: Position;
  pool: FixedTermPool;
}) {
  const { t, locale } = useText();
  const { principalOut, rewardOut, penalty, shares, forfeited, notAccrued, stays } = account;
  const staking = (value: bigint) => <ExactAmount value={value} token={pool.stakingToken} />;
  const rewards = (value: bigint) => <ExactAmount value={value} token={pool.rewardsToken} />;
  const lost = penalty > 0n || forfeited > 0n || notAccrued > 0n;
  return (
    <div className="grid gap-4" aria-live="polite" aria-atomic="false">
      <Group title={t("exit.back")} tone="text-gain">
        <Facts
          facts={[
            [t("exit.principal"), staking(principalOut)],
            [t("exit.reward"), rewards(rewardOut)],
            ...(paysItsOwnToken(pool)
              ? [[t("exit.total"), <strong key="total">{staking(principalOut + rewardOut)}</strong>] as const]
              : []),
          ]}
        />
      </Group>
      {lost && (
        <Group title={t("exit.lost")} tone="text-loss">
          <Facts
            facts={[
              [
                t("exit.penalty", { share: formatBps((penalty * BPS + amount - 1n) / amount, locale) }),
                staking(penalty),
              ],
              [t("exit.forfeited"), rewards(forfeited)],
              [t("exit.notAccrued"), rewards(notAccrued)],
            ]}
          />
        </Group>
      )}
      {lost && (
        <Group title={t("exit.goes")} tone="text-muted">
          <Facts
            facts={[
              ...shares.map(
                ({ kind, amount: share }) =>
                  [
                    t(kind === "rewards" && paysItsOwnToken(pool) ? "destination.budget" : `destination.${kind}`),
                    staking(share),
                  ] as const,
              ),
              ...(forfeited + notAccrued > 0n ? [[t("exit.toBudget"), rewards(forfeited + notAccrued)] as const] : []),
            ]}
          />
        </Group>
      )}
      {stays.principal > 0n && (
        <Group title={t("exit.stays")} tone="text-muted">
          <Facts
            facts={[
              [t("exit.principal"), staking(stays.principal)],
              [t("exit.stayingReward", { date: formatDate(position.maturity, locale) }), rewards(stays.reward)],
            ]}
          />
          {position.autoRenew && <Notice tone="plain">{t("exit.orderStays")}</Notice>}
        </Group>
      )}
      {lost && <p className="text-muted text-sm">{t("exit.exact")}</p>}
    </div>
  );
}

function Group({ title, tone, children }: { title: string; tone: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="border-line rounded-xl border px-4 pt-3 pb-1">
      <h3 className={`text-sm font-semibold ${tone}`}>{title}</h3>
      {children}
    </section>
  );
}
