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
  return (
    <section aria-labelledby="totals" className="card overflow-hidden">
      <h2 id="totals" className="sr-only">
        {t("portfolio.totals")}
      </h2>
      <ul className="divide-line divide-y">
        {all.slice(0, MOST).map(({ token, staked, locked, promised }) => (
          <li key={token.address}>
            <dl className="grid grid-cols-2 gap-x-6 gap-y-3 p-5 sm:grid-cols-3 sm:p-6">
              {(
                [
                  ["portfolio.staked", staked],
                  ["portfolio.locked", locked],
                  ["portfolio.promised", promised],
                ] as const
              )
                .filter(([, value]) => value > 0n)
                .map(([name, value]) => (
                  <div key={name} className="min-w-0">
                    <dt className="text-muted text-sm">{t(name)}</dt>
                    <dd className="text-lg font-semibold sm:text-xl">
                      <Amount value={value} token={token} digits={2} />
                    </dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {all.length > MOST && (
        <p className="text-muted border-line border-t px-5 py-3 text-sm sm:px-6">
          {t("portfolio.moreTokens", { count: all.length - MOST })}
        </p>
      )}
    </section>
  );
}
