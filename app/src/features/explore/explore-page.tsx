import { untoldTerms } from "@termstake/sdk/pools";
import { offersOf } from "@termstake/sdk/rates";
import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";

import { useChain, usePayments, usePools } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { useWideScreen } from "../../shared/media.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Empty, Failure, More, PageHeading } from "../../shared/ui/pieces.tsx";
import { Introduction, OffersLoading } from "./introduction.tsx";
import { OfferCards } from "./offer-cards.tsx";
import { OfferTable } from "./offer-table.tsx";
import { FIRST_SELECTION, select } from "./selection.ts";

// The filters arrive while the pools are read.
const loadingFilters = import("./filters.tsx");
const Filters = lazy(async () => ({ default: (await loadingFilters).Filters }));

/** Offers shown at first, and more each time. */
const STEP = 50;

export function ExplorePage() {
  const { t } = useText();
  const { data: pools, error, refetch } = usePools();
  const payments = usePayments();
  const wide = useWideScreen();
  const [selection, setSelection] = useState(FIRST_SELECTION);
  const [shown, setShown] = useState(STEP);
  const now = useChain().head?.now;

  const newest = useMemo(
    () =>
      pools === undefined || now === undefined
        ? undefined
        : pools.flatMap((pool) => (pool.kind === "unreadable" ? [] : offersOf(pool, now))),
    [pools, now],
  );
  // Hundreds of rows are put on the screen in parts, so that whoever types or scrolls meanwhile need not wait.
  const offers = useDeferredValue(newest);
  const selected = useMemo(() => offers && select(offers, selection), [offers, selection]);
  const unreadable = pools?.filter(
    ({ kind, listed }) => kind === "unreadable" && (listed || !selection.listedOnly),
  ).length;

  const untold = untoldTerms(
    (pools ?? []).filter((pool) => pool.kind !== "unreadable").filter(({ listed }) => listed || !selection.listedOnly),
  );

  return (
    <>
      <Introduction>
        <PageHeading title={t("nav.explore")}>{t("explore.heading")}</PageHeading>
      </Introduction>
      {selected === undefined || offers === undefined || payments.isPending ? (
        error === null ? (
          <OffersLoading />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Suspense fallback={<OffersLoading />}>
          <section aria-label={t("explore.offers")} className="grid gap-4">
            <Filters offers={offers} selection={selection} onChange={setSelection} count={selected.length} />
            {payments.isError && payments.data === undefined && <Notice tone="warn">{t("explore.noFees")}</Notice>}
            {unreadable !== undefined && unreadable > 0 && (
              <Notice tone="warn">{t("explore.unreadable", { count: unreadable })}</Notice>
            )}
            {untold > 0 && <Notice tone="warn">{t("explore.moreTerms", { count: untold })}</Notice>}
            {selected.length === 0 ? (
              <Empty title={offers.length === 0 ? t("explore.noPools") : t("explore.noMatch")}>
                {offers.length > 0 && (
                  <Button
                    look="secondary"
                    size="small"
                    onClick={() => {
                      setSelection({ ...FIRST_SELECTION, listedOnly: false, openOnly: false });
                    }}
                  >
                    {t("explore.showAll")}
                  </Button>
                )}
              </Empty>
            ) : wide ? (
              <OfferTable
                offers={selected.slice(0, shown)}
                payments={payments.data}
                selection={selection}
                onSort={(sort) => {
                  setSelection((before) => ({
                    ...before,
                    sort,
                    descending: before.sort === sort ? !before.descending : true,
                  }));
                }}
              />
            ) : (
              <OfferCards offers={selected.slice(0, shown)} payments={payments.data} />
            )}
            <More
              left={selected.length - shown}
              onMore={() => {
                setShown(shown + STEP);
              }}
            />
            <p className="text-muted max-w-3xl text-sm">{t("explore.explanation")}</p>
          </section>
        </Suspense>
      )}
    </>
  );
}
