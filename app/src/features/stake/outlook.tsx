import { promisedReward } from "@termstake/sdk/math";
import type { FixedTermPool, FlexiblePool, Pool, Term } from "@termstake/sdk/pools";
import { estimateStake, flexibleApr, yieldPerToken } from "@termstake/sdk/rates";

import { useChainQuery, useChainTime, usePayments } from "../../chain/context.tsx";
import { nextPayment, readDue } from "../../chain/payments.ts";
import { useText } from "../../i18n/index.ts";
import { formatBps, formatDate, formatDuration, formatMoment, formatPercent } from "../../shared/format.ts";
import { Amount, ExactAmount, Facts } from "../../shared/ui/pieces.tsx";

const MONTH = 30n * 86_400n;

interface Properties {
  readonly pool: Pool;
  readonly term: Term | undefined;
  readonly amount: bigint;
  /** The reward by the contract itself, where it was asked; the formula's otherwise. */
  readonly reward: bigint | undefined;
}

/** What comes of an amount, by the contract's own formulas. */
export function Outlook({ pool, term, amount, reward }: Properties) {
  const now = useChainTime(10_000);
  if (now === undefined) return null;
  if (pool.kind === "flexible") return <Stream pool={pool} amount={amount} now={now} />;
  if (term === undefined) return null;
  return (
    <TermReward pool={pool} term={term} reward={reward ?? promisedReward(term, amount, pool.conversion)} now={now} />
  );
}

function Stream({ pool, amount, now }: { pool: FlexiblePool; amount: bigint; now: number }) {
  const { t, locale } = useText();
  const next = useNextPayment(pool, now);
  const apr = flexibleApr(pool, now, amount);
  const perToken = yieldPerToken(pool, now, amount);
  const { reward, ends } = estimateStake(pool, amount, now, MONTH);
  const left = Number(pool.periodFinish) - now;
  return (
    <Facts
      facts={[
        [
          t("outcome.rateWithYou"),
          apr !== undefined ? (
            formatPercent(apr, locale)
          ) : perToken === undefined ? (
            t("rate.nobody")
          ) : (
            <span key="rate">
              <Amount value={perToken} token={pool.rewardsToken} />{" "}
              {t("rate.perToken", { symbol: pool.stakingToken.symbol })}
            </span>
          ),
        ],
        [
          t(ends ? "outcome.untilEnd" : "outcome.month"),
          <Amount key="month" value={reward} token={pool.rewardsToken} />,
        ],
        [
          t("outcome.runs"),
          left <= 0
            ? t("outcome.ended")
            : pool.totalStaked === 0n
              ? t("outcome.waits", { duration: formatDuration(left, locale) })
              : formatMoment(Number(pool.periodFinish), locale),
        ],
        ...(next === undefined ? [] : [[t("outcome.next"), next] as const]),
        [t("outcome.leave"), t("outcome.anyTime")],
      ]}
    />
  );
}

/** When the pool is paid next, in words; nothing as long as that is not known. */
function useNextPayment({ address }: FlexiblePool, now: number): string | undefined {
  const { t, locale } = useText();
  const { data: payments } = usePayments();
  const schedules = payments?.[address]?.schedules ?? [];
  const { data: due } = useChainQuery(
    ["due", address, ...schedules],
    (reader) => readDue(reader, address, schedules),
    schedules.length > 0,
  );
  if (schedules.length > 0 && due === undefined) return undefined;
  const next = nextPayment(payments, address, due ?? 0n, now);
  switch (next.kind) {
    case "unknown":
      return undefined;
    case "none":
      return t("outcome.nextNone");
    case "now":
      return t("outcome.nextNow");
    case "funded":
      return formatMoment(next.at, locale);
    case "unfunded":
      return t("outcome.nextUnfunded", { moment: formatMoment(next.at, locale) });
  }
}

interface TermProperties {
  readonly pool: FixedTermPool;
  readonly term: Term;
  readonly reward: bigint;
  readonly now: number;
}

function TermReward({ pool, term, reward, now }: TermProperties) {
  const { t, locale } = useText();
  return (
    <Facts
      facts={[
        [
          t("outcome.reward"),
          <strong key="reward" className="text-gain">
            <ExactAmount value={reward} token={pool.rewardsToken} />
          </strong>,
        ],
        [t("outcome.maturity"), formatDate(now + Number(term.duration), locale)],
        [
          t("outcome.early"),
          t("outcome.earlyCost", {
            start: formatBps(term.penalty.startBps, locale),
            end: formatBps(term.penalty.endBps, locale),
            share: formatBps(term.penalty.forfeitedBps, locale),
          }),
        ],
      ]}
    />
  );
}
