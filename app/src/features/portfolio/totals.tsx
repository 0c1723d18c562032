import { useText } from "../../i18n/index.ts";
import { Amount } from "../../shared/ui/pieces.tsx";
import { totals } from "./selection.ts";
import type { Holdings } from "./use-holdings.ts";

/** Tokens shown; an account that has more sees them in its cards. */
const MOST = 4;

/** What the account has in all, by token. */
export function Totals({ holdings: { stakes, positions, pools } }: { holdings: Holdings }) {
  const { t } = useText();
  const all = totals(stakes, positions, pools);
  const shown = all.slice(0, MOST);
  return (
    <section aria-labelledby="totals" className="card overflow-hidden">
      <h2 id="totals" className="sr-only">
        {t("portfolio.totals")}
      </h2>
      <dl className="grid gap-x-6 gap-y-4 p-5 sm:grid-cols-3 sm:p-6">
        {(["staked", "locked", "promised"] as const).map((figure) => (
          <div key={figure} className="min-w-0">
            <dt className="text-muted text-sm">{t(`portfolio.${figure}`)}</dt>
            {shown
              .filter((total) => total[figure] > 0n)
              .map((total) => (
                <dd key={total.token.address} className="text-xl font-semibold sm:text-2xl">
                  <Amount value={total[figure]} token={total.token} digits={2} />
                </dd>
              ))}
            {shown.every((total) => total[figure] === 0n) && <dd className="text-muted text-xl sm:text-2xl">–</dd>}
          </div>
        ))}
      </dl>
      {all.length > MOST && (
        <p className="text-muted border-line border-t px-5 py-3 text-sm sm:px-6">
          {t("portfolio.moreTokens", { count: all.length - MOST })}
        </p>
      )}
    </section>
  );
}
