import { formatAmount as decimalText } from "@termstake/sdk/units";
import { useState } from "react";

import type { Entry } from "../../chain/history.ts";
import { useText } from "../../i18n/index.ts";
import { LineChart } from "../../shared/charts/line-chart.tsx";
import { formatDay, formatMoment, formatNumber, shortAddress } from "../../shared/format.ts";
import { stakedOverTime, stakedTokens } from "./staked.ts";

const DAY = 86_400;

/** What the account had staked over time, of one token. */
export function StakedChart({ entries, now }: { entries: readonly Entry[]; now: number }) {
  const { t, locale } = useText();
  const tokens = stakedTokens(entries);
  const [chosen, setChosen] = useState<string>();
  const token = tokens.find(({ address }) => address === chosen) ?? tokens[0];
  if (token === undefined) return <p className="text-muted">{t("history.nothingStaked")}</p>;
  const moments = stakedOverTime(entries, token.address, now);
  const short = (moments.at(-1)?.time ?? 0) - (moments[0]?.time ?? 0) < 3 * DAY;
  return (
    <div className="grid gap-3">
      {tokens.length > 1 && (
        <label className="flex items-center gap-2 text-sm font-medium">
          {t("explore.token")}
          <select
            className="field max-w-60"
            value={token.address}
            onChange={({ target }) => {
              setChosen(target.value);
            }}
          >
            {tokens.map(({ address, symbol }) => (
              <option key={address} value={address}>
                {symbol} ({shortAddress(address)})
              </option>
            ))}
          </select>
        </label>
      )}
      <LineChart
        key={token.address}
        title={t("chart.history", { symbol: token.symbol })}
        columns={[t("chart.time"), t("column.staked")]}
        points={moments.map(({ time, staked }) => ({ x: time, values: [Number(decimalText(staked, token.decimals))] }))}
        formatX={(time) => (short ? formatMoment(time, locale) : formatDay(time, locale))}
        formatValue={(value) => formatNumber(value, locale)}
        steps
      />
    </div>
  );
}
