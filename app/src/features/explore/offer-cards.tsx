import type { Offer } from "@termstake/sdk/rates";

import type { Payments } from "../../chain/payments.ts";
import { useText } from "../../i18n/index.ts";
import { CardBoundary } from "../../shared/ui/boundary.tsx";
import { Facts } from "../../shared/ui/pieces.tsx";
import { Compact, OfferAction, OfferExit, OfferName, OfferRate, OfferRoom, OfferTerm } from "./offer-parts.tsx";

/** The offers on a screen that is too narrow for a table. */
export function OfferCards({ offers, payments }: { offers: readonly Offer[]; payments: Payments | undefined }) {
  const { t } = useText();
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {offers.map((offer) => (
        <CardBoundary key={offer.key}>
          <li className="card flex flex-col gap-2 p-4">
            <div className="flex items-start justify-between gap-3">
              <h2 className="text-lg">
                <OfferName offer={offer} />
              </h2>
              <span className="text-right">
                <OfferRate offer={offer} payments={payments} />
              </span>
            </div>
            <Facts
              facts={[
                [t("column.term"), <OfferTerm key="term" offer={offer} />],
                [t("column.exit"), <OfferExit key="exit" offer={offer} />],
                [t("column.minimum"), <Compact key="minimum" amount={offer.minimum} token={offer.pool.stakingToken} />],
                [t("column.room"), <OfferRoom key="room" offer={offer} />],
                [t("column.staked"), <Compact key="staked" amount={offer.staked} token={offer.pool.stakingToken} />],
                [t("column.budget"), <Compact key="budget" amount={offer.budget} token={offer.pool.rewardsToken} />],
              ]}
            />
            <OfferAction offer={offer} className="mt-auto" />
          </li>
        </CardBoundary>
      ))}
    </ul>
  );
}
