import { NO_CAP, paysItsOwnToken, type Pool, type Term } from "@termstake/sdk/pools";
import { ZeroAddress } from "ethers";

import { useText } from "../../i18n/index.ts";
import { formatAmount, formatBps, formatDuration, formatRate } from "../../shared/format.ts";

/** A pool's rules in plain words. */
export function Rules({ pool, term }: { pool: Pool; term: Term | undefined }) {
  const { t } = useText();
  const rules = useRules(pool, term);
  return (
    <section aria-labelledby="rules" className="card p-5 sm:p-6">
      <h2 id="rules" className="mb-3 text-xl font-semibold">
        {t("rules.title")}
      </h2>
      <ul className="marker:text-brand list-disc space-y-2 pl-5">
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  );
}

function useRules(pool: Pool, term: Term | undefined): string[] {
  const { t, locale } = useText();
  const { symbol, decimals } = pool.stakingToken;
  const paused = t(pool.authority === ZeroAddress ? "rules.ungoverned" : "rules.pause");
  const amount = (value: bigint) => `${formatAmount(value, decimals, locale)} ${symbol}`;
  if (pool.kind === "flexible") {
    return [
      t("rules.flexible.stream", {
        period: formatDuration(Number(pool.rewardsDuration), locale),
        symbol: pool.rewardsToken.symbol,
      }),
      t("rules.flexible.leave"),
      t("rules.flexible.empty"),
      t("rules.minimum", { amount: amount(pool.minimum) }),
      ...(pool.cap === NO_CAP ? [] : [t("rules.cap", { amount: amount(pool.cap) })]),
      paused,
    ];
  }
  if (term === undefined) return [paused];
  const { startBps, endBps, forfeitedBps } = term.penalty;
  return [
    t("rules.fixed.promise", {
      rate: formatRate(term.rate, locale),
      term: formatDuration(Number(term.duration), locale),
    }),
    t("rules.fixed.maturity"),
    startBps === 0n
      ? t("rules.fixed.noPenalty")
      : t("rules.fixed.penalty", { start: formatBps(startBps, locale), end: formatBps(endBps, locale) }),
    t("rules.fixed.forfeit", { share: formatBps(forfeitedBps, locale) }),
    ...(paysItsOwnToken(pool)
      ? [t("rules.fixed.renewCompounds")]
      : [
          t("rules.fixed.conversion", {
            worth: `${formatAmount((pool.conversion * 10n ** BigInt(decimals)) / 10n ** 18n, pool.rewardsToken.decimals, locale, 6)} ${pool.rewardsToken.symbol}`,
            symbol,
          }),
          t("rules.fixed.renewPays"),
        ]),
    t("rules.fixed.nft"),
    t("rules.minimum", { amount: amount(term.minimum) }),
    ...(term.principalCap === NO_CAP ? [] : [t("rules.cap", { amount: amount(term.principalCap) })]),
    paused,
  ];
}
