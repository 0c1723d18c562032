import type { Term } from "@termstake/sdk/pools";
import { useId } from "react";

import { useText } from "../../i18n/index.ts";
import { formatDuration, formatRate } from "../../shared/format.ts";

interface Properties {
  readonly terms: readonly Term[];
  readonly chosen: Term | undefined;
  readonly onTerm: (id: number) => void;
}

/** Most terms that are shown side by side. */
const FEW = 12;

/** One term of a few that are all in sight, or of many in a list that opens. */
export function TermChoice(properties: Properties) {
  return properties.terms.length > FEW ? <TermList {...properties} /> : <TermCards {...properties} />;
}

function TermList({ terms, chosen, onTerm }: Properties) {
  const { t, locale } = useText();
  return (
    <label className="grid gap-2 font-medium">
      {t("stake.term")}
      <select
        className="field w-full"
        value={chosen?.id}
        onChange={({ target }) => {
          onTerm(Number(target.value));
        }}
      >
        {terms.map(({ id, duration, rate, closed, paused }) => (
          <option key={id} value={id}>
            {[
              formatDuration(Number(duration), locale),
              `${formatRate(rate, locale)} APR`,
              ...(closed || paused ? [t(closed ? "state.closed" : "state.paused")] : []),
            ].join(" · ")}
          </option>
        ))}
      </select>
    </label>
  );
}

function TermCards({ terms, chosen, onTerm }: Properties) {
  const { t, locale } = useText();
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{t("stake.term")}</legend>
      <div className="grid grid-cols-2 gap-2">
        {terms.map((term) => (
          <label
            key={term.id}
            className="border-line has-checked:border-brand has-checked:bg-brand-soft has-focus-visible:outline-brand grid rounded-xl border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={term.id === chosen?.id}
              onChange={() => {
                onTerm(term.id);
              }}
            />
            <span className="font-semibold">{formatDuration(Number(term.duration), locale)}</span>
            <span className="text-gain text-sm font-semibold">{formatRate(term.rate, locale)} APR</span>
            {(term.closed || term.paused) && (
              <span className="text-warn text-xs">{t(term.closed ? "state.closed" : "state.paused")}</span>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
