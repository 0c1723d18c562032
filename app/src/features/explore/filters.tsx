import type { Offer } from "@termstake/sdk/rates";

import { useText } from "../../i18n/index.ts";
import { shortAddress } from "../../shared/format.ts";
import { useWideScreen } from "../../shared/media.ts";
import { Segmented } from "../../shared/ui/segmented.tsx";
import { Switch } from "../../shared/ui/switch.tsx";
import type { Selection, SortKey } from "./selection.ts";

const SORTS: readonly SortKey[] = ["rate", "term", "minimum", "room", "exit", "staked", "budget"];

interface Properties {
  readonly offers: readonly Offer[];
  readonly selection: Selection;
  readonly onChange: (selection: Selection) => void;
  readonly count: number;
}

export function Filters({ offers, selection, onChange, count }: Properties) {
  const { t } = useText();
  const wide = useWideScreen();
  const tokens = new Map(offers.map(({ pool }) => [pool.stakingToken.address, pool.stakingToken.symbol]));
  const symbols = [...tokens.values()];
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <Segmented
        label={t("explore.kind")}
        value={selection.kind}
        options={[
          { value: "all", label: t("explore.all") },
          { value: "flexible", label: t("kind.flexible") },
          { value: "fixed", label: t("kind.fixed") },
        ]}
        onChange={(kind) => {
          onChange({ ...selection, kind });
        }}
      />
      <label className="flex items-center gap-2 text-sm font-medium">
        {t("explore.token")}
        <select
          className="field max-w-44"
          value={selection.token}
          onChange={({ target }) => {
            onChange({ ...selection, token: target.value });
          }}
        >
          <option value="all">{t("explore.allTokens")}</option>
          {[...tokens].map(([address, symbol]) => (
            <option key={address} value={address}>
              {/* Two tokens may call themselves the same. */}
              {symbols.filter((other) => other === symbol).length > 1 ? `${symbol} (${shortAddress(address)})` : symbol}
            </option>
          ))}
        </select>
      </label>
      {!wide && (
        <label className="flex items-center gap-2 text-sm font-medium">
          {t("explore.sort")}
          <select
            className="field max-w-44"
            value={`${selection.sort} ${selection.descending ? "down" : "up"}`}
            onChange={({ target }) => {
              const [key, direction] = target.value.split(" ");
              const sort = SORTS.find((candidate) => candidate === key);
              if (sort !== undefined) onChange({ ...selection, sort, descending: direction === "down" });
            }}
          >
            {SORTS.flatMap((sort) =>
              (["down", "up"] as const).map((direction) => (
                <option key={`${sort} ${direction}`} value={`${sort} ${direction}`}>
                  {t(`column.${sort}`)} {direction === "down" ? "↓" : "↑"}
                </option>
              )),
            )}
          </select>
        </label>
      )}
      <Switch
        label={t("explore.listedOnly")}
        checked={selection.listedOnly}
        onChange={(listedOnly) => {
          onChange({ ...selection, listedOnly });
        }}
      />
      <Switch
        label={t("explore.openOnly")}
        checked={selection.openOnly}
        onChange={(openOnly) => {
          onChange({ ...selection, openOnly });
        }}
      />
      <p role="status" className="text-muted ml-auto text-sm">
        {t("explore.count", { count })}
      </p>
    </div>
  );
}
