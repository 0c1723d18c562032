import { promisedReward } from "@termstake/sdk/math";
import type { Pool } from "@termstake/sdk/pools";
import { estimateStake } from "@termstake/sdk/rates";
import { useState } from "react";

import { useChainTime } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { parseAmount } from "../../shared/amount-text.ts";
import { formatDate, formatDuration, formatRate } from "../../shared/format.ts";
import { AmountField } from "../../shared/ui/amount-field.tsx";
import { Amount, More } from "../../shared/ui/pieces.tsx";

const DAY = 86_400n;
/** Holding times that a flexible pool is calculated for. */
const HOLDING = [7n * DAY, 30n * DAY, 90n * DAY, 365n * DAY];

/** Rows shown at first, and more each time: a pool can have hundreds of terms. */
const STEP = 12;

/** What an amount would earn, side by side for each term or holding time. */
export function Calculator({ pool }: { pool: Pool }) {
  const { t, locale } = useText();
  const now = useChainTime(60_000) ?? 0;
  const [text, setText] = useState("1000");
  const [shown, setShown] = useState(STEP);
  const parsed = parseAmount(text, pool.stakingToken.decimals);
  const amount = typeof parsed === "bigint" ? parsed : 0n;
  const rows =
    pool.kind === "fixed"
      ? pool.terms.map((term) => ({
          key: term.id.toString(),
          seconds: Number(term.duration),
          rate: formatRate(term.rate, locale),
          reward: promisedReward(term, amount, pool.conversion),
          until: now + Number(term.duration),
          ends: false,
        }))
      : HOLDING.map((seconds) => ({
          key: seconds.toString(),
          seconds: Number(seconds),
          rate: undefined,
          ...estimateStake(pool, amount, now, seconds),
        }));
  return (
    <section aria-labelledby="calculator" className="card p-5 sm:p-6">
      <h2 id="calculator" className="mb-4 text-xl font-semibold">
        {t("calculator.title")}
      </h2>
      <AmountField
        label={t("calculator.amount")}
        token={pool.stakingToken}
        text={text}
        onChange={setText}
        whole={undefined}
        error={
          typeof parsed === "string" && parsed !== "empty"
            ? t(`amount.${parsed}`, { decimals: pool.stakingToken.decimals })
            : undefined
        }
      />
      <table className="mt-4 w-full text-sm sm:text-base">
        <caption className="sr-only">{t("calculator.title")}</caption>
        <thead className="text-muted text-xs sm:text-sm">
          <tr>
            <th scope="col" className="py-2 text-left font-medium">
              {t(pool.kind === "fixed" ? "calculator.term" : "calculator.holding")}
            </th>
            <th scope="col" className="px-2 py-2 text-right font-medium">
              {t(pool.kind === "fixed" ? "outcome.reward" : "calculator.estimate")}
            </th>
            <th scope="col" className="py-2 text-right font-medium">
              {t(pool.kind === "fixed" ? "outcome.maturity" : "calculator.until")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-line divide-y">
          {rows.slice(0, shown).map(({ key, seconds, rate, reward, until, ends }) => (
            <tr key={key}>
              <th scope="row" className="py-2.5 text-left font-medium">
                {formatDuration(seconds, locale)}
                {rate !== undefined && (
                  <span className="text-muted block text-xs font-normal sm:text-sm">{rate} APR</span>
                )}
              </th>
              <td className="text-gain px-2 text-right font-semibold">
                <Amount value={reward} token={pool.rewardsToken} digits={6} />
              </td>
              <td className="text-right">
                {formatDate(until, locale)}
                {ends && <span className="text-muted block text-xs">{t("calculator.ends")}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More
        left={rows.length - shown}
        onMore={() => {
          setShown(shown + STEP);
        }}
      />
      {pool.kind === "flexible" && <p className="text-muted mt-3 text-sm">{t("calculator.flexibleNote")}</p>}
    </section>
  );
}
