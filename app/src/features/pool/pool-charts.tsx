import { principalPenalty } from "@termstake/sdk/math";
import { paysItsOwnToken, type FixedTermPool, type FlexiblePool, type Pool, type Term } from "@termstake/sdk/pools";
import { streamLeft } from "@termstake/sdk/rates";
import { YEAR } from "@termstake/sdk/units";

import { useChain } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { BarChart } from "../../shared/charts/bar-chart.tsx";
import { LineChart } from "../../shared/charts/line-chart.tsx";
import { formatCompact, formatDuration, formatLoss, formatPercent } from "../../shared/format.ts";

const DAY = 86_400;
/** Points of a line. */
const STEPS = 24;
/** A principal large enough that rounding does not show. */
const SAMPLE = 10n ** 18n;

export function PoolCharts({ pool, term }: { pool: Pool; term: Term | undefined }) {
  if (pool.kind === "flexible") return <FlexibleRate pool={pool} />;
  return (
    <div className="grid gap-8">
      <RateByTerm pool={pool} term={term} />
      {term !== undefined && <PenaltyOverTime term={term} />}
    </div>
  );
}

function RateByTerm({ pool, term }: { pool: FixedTermPool; term: Term | undefined }) {
  const { t, locale } = useText();
  return (
    <BarChart
      title={t("chart.rateByTerm")}
      columns={[t("column.term"), "APR"]}
      bars={pool.terms.map(({ id, duration, rate }) => ({
        name: formatDuration(Number(duration), locale),
        short: formatDuration(Number(duration), locale, "narrow"),
        value: Number(rate) / 1e18,
        chosen: id === term?.id,
      }))}
      format={(value) => formatPercent(value, locale)}
    />
  );
}

function PenaltyOverTime({ term }: { term: Term }) {
  const { t, locale } = useText();
  const duration = Number(term.duration);
  const points = Array.from({ length: STEPS + 1 }, (_, i) => {
    const elapsed = Math.min(Math.floor((duration * i) / STEPS), duration - 1);
    const penalty = principalPenalty(term.penalty, SAMPLE, BigInt(elapsed), term.duration);
    // Of the reward promised for the whole term: what has not accrued yet, and the forfeited share of what has.
    const kept = (elapsed / duration) * (1 - Number(term.penalty.forfeitedBps) / 10_000);
    return { x: elapsed / DAY, values: [Number(penalty) / Number(SAMPLE), 1 - kept] as const };
  });
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <LineChart
        title={t("chart.penalty", { term: formatDuration(duration, locale) })}
        columns={[t("chart.day"), t("chart.principalLost")]}
        points={points.map(({ x, values }) => ({ x, values: [values[0]] }))}
        formatX={(x) => t("chart.dayNumber", { day: Math.round(x) })}
        formatValue={(value) => formatLoss(value, locale)}
      />
      <LineChart
        title={t("chart.reward", { term: formatDuration(duration, locale) })}
        columns={[t("chart.day"), t("chart.rewardLost")]}
        points={points.map(({ x, values }) => ({ x, values: [values[1]] }))}
        formatX={(x) => t("chart.dayNumber", { day: Math.round(x) })}
        formatValue={(value) => formatLoss(value, locale, 0)}
      />
    </div>
  );
}

/** How a flexible pool's rate falls as more is staked; zero once the stream has ended. */
function FlexibleRate({ pool }: { pool: FlexiblePool }) {
  const { t, locale } = useText();
  const now = useChain().head?.now ?? 0;
  const { decimals, symbol } = pool.stakingToken;
  const streaming = streamLeft(pool, Math.floor(now)) > 0n ? Number(pool.periodReward) : 0;
  const yearly = (streaming * Number(YEAR)) / Number(pool.rewardsDuration) / 10 ** pool.rewardsToken.decimals;
  const staked = Number(pool.totalStaked) / 10 ** decimals;
  const from = Math.max(staked / 4, yearly / 4, 1);
  const own = paysItsOwnToken(pool);
  const format = (value: number) =>
    own
      ? formatPercent(value, locale, 0)
      : `${new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value)} ${pool.rewardsToken.symbol}`;
  return (
    <LineChart
      title={t(own ? "chart.flexible" : "chart.flexibleUnits", { symbol })}
      columns={[t("column.staked"), t(own ? "chart.apr" : "chart.yearly")]}
      points={Array.from({ length: STEPS + 1 }, (_, i) => {
        const x = from * (1 + (i * 7) / STEPS);
        return { x, values: [yearly / x] };
      })}
      formatX={(x) => formatCompact(BigInt(Math.round(x)) * 10n ** BigInt(decimals), decimals, locale)}
      formatValue={format}
    />
  );
}
