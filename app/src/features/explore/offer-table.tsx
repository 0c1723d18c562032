import type { Offer } from "@termstake/sdk/rates";

import type { Payments } from "../../chain/payments.ts";
import { useText } from "../../i18n/index.ts";
import { RowBoundary } from "../../shared/ui/boundary.tsx";
import { Compact, OfferAction, OfferExit, OfferName, OfferRate, OfferRoom, OfferTerm } from "./offer-parts.tsx";
import type { Selection, SortKey } from "./selection.ts";

const COLUMNS: readonly SortKey[] = ["rate", "term", "minimum", "room", "exit", "staked", "budget"];

interface Properties {
  readonly offers: readonly Offer[];
  readonly payments: Payments | undefined;
  readonly selection: Selection;
  readonly onSort: (sort: SortKey) => void;
}

export function OfferTable({ offers, payments, selection, onSort }: Properties) {
  const { t } = useText();
  return (
    <div className="card overflow-hidden">
      <table className="w-full text-sm">
        <caption className="sr-only">{t("explore.offers")}</caption>
        <thead className="bg-sunken text-muted">
          <tr>
            <th scope="col" className="py-3 pr-2 pl-5 text-left font-medium">
              {t("column.pool")}
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={selection.sort === column ? (selection.descending ? "descending" : "ascending") : "none"}
                className="px-3 py-1 text-right align-middle font-medium"
              >
                <button
                  type="button"
                  className="hover:text-ink -mx-1 inline-flex min-h-9 items-center gap-1 rounded px-1 font-medium whitespace-nowrap"
                  onClick={() => {
                    onSort(column);
                  }}
                >
                  {/* In front, so that the name ends where the numbers below it end. */}
                  {selection.sort === column && <span aria-hidden="true">{selection.descending ? "↓" : "↑"}</span>}
                  {t(`column.${column}`)}
                </button>
              </th>
            ))}
            <th scope="col" className="pr-5">
              <span className="sr-only">{t("column.action")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-line divide-y">
          {offers.map((offer) => (
            <RowBoundary key={offer.key} columns={COLUMNS.length + 2}>
              <tr className="hover:bg-sunken/60">
                <th scope="row" className="max-w-56 py-4 pr-2 pl-5 text-left text-base font-normal">
                  <OfferName offer={offer} />
                </th>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <OfferRate offer={offer} payments={payments} />
                </td>
                <td className="px-3 text-right whitespace-nowrap">
                  <OfferTerm offer={offer} />
                </td>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <Compact amount={offer.minimum} token={offer.pool.stakingToken} />
                </td>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <OfferRoom offer={offer} />
                </td>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <OfferExit offer={offer} />
                </td>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <Compact amount={offer.staked} token={offer.pool.stakingToken} />
                </td>
                <td className="px-3 py-3 text-right whitespace-nowrap">
                  <Compact amount={offer.budget} token={offer.pool.rewardsToken} />
                </td>
                <td className="pr-5 pl-2 text-right">
                  <OfferAction offer={offer} />
                </td>
              </tr>
            </RowBoundary>
          ))}
        </tbody>
      </table>
    </div>
  );
}
