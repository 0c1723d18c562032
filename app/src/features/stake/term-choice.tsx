import { useId } from "react";

import type { Term } from "../../chain/pools.ts";
import { useText } from "../../i18n/index.ts";
import { formatDuration, formatRate } from "../../shared/format.ts";

interface Properties {
  readonly terms: readonly Term[];
  readonly chosen: Term | undefined;
  readonly onTerm: (id: number) => void;
}

/** One term of a few. */
export function TermChoice({ terms, chosen, onTerm }: Properties) {
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
