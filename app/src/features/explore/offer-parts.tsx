// Parts of an offer that the table and the cards show alike.
import { paysItsOwnToken } from "@termstake/sdk/pools";
import type { Offer } from "@termstake/sdk/rates";
import { Link } from "wouter";

import type { Payments } from "../../chain/payments.ts";
import { useText } from "../../i18n/index.ts";
import { formatBps, formatCompact, formatDuration, formatPercent } from "../../shared/format.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { TokenSymbol } from "../../shared/ui/pieces.tsx";

/** Where an offer is bought. */
export function offerPath({ pool, term }: Offer): string {
  return term === undefined ? `/pool/${pool.address}` : `/pool/${pool.address}/${term.id.toString()}`;
}

export function OfferName({ offer }: { offer: Offer }) {
  const { t } = useText();
  const { pool, state } = offer;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link href={offerPath(offer)} className="font-semibold hover:underline">
        <TokenSymbol token={pool.stakingToken} />
        {!paysItsOwnToken(pool) && (
          <>
            {" → "}
            <TokenSymbol token={pool.rewardsToken} />
          </>
        )}
      </Link>
      <Badge tone={pool.kind === "fixed" ? "brand" : "plain"}>{t(`kind.${pool.kind}`)}</Badge>
      {!pool.listed && <Badge tone="warn">{t("pool.unlisted")}</Badge>}
      {state !== "open" && <Badge tone="warn">{t(`state.${state}`)}</Badge>}
    </span>
  );
}

export function OfferRate({ offer, payments }: { offer: Offer; payments: Payments | undefined }) {
  const { t, locale } = useText();
  const { apr, apy, perToken, daily, pool } = offer;
  const fee = payments?.[pool.address]?.feeBps ?? 0;
  const nobody = pool.kind === "flexible" && pool.totalStaked === 0n;
  return (
    <span className="inline-grid">
      {apr !== undefined ? (
        <strong className="text-gain text-lg leading-tight font-semibold whitespace-nowrap">
          {formatPercent(apr, locale)} <span className="text-sm font-medium">APR</span>
        </strong>
      ) : nobody || perToken === undefined ? (
        <span className="text-muted">{t("rate.nobody")}</span>
      ) : (
        <>
          <strong className="text-gain text-lg leading-tight font-semibold">
            <Compact amount={perToken} token={pool.rewardsToken} />
          </strong>
          <span className="text-muted text-xs">{t("rate.perToken", { symbol: pool.stakingToken.symbol })}</span>
        </>
      )}
      {apy !== undefined && apr !== undefined && formatPercent(apy, locale) !== formatPercent(apr, locale) && (
        <span className="text-muted text-xs font-normal">{t("rate.apy", { rate: formatPercent(apy, locale) })}</span>
      )}
      {nobody && daily !== undefined && (
        <span className="text-muted text-xs font-normal">
          <Compact amount={daily} token={pool.rewardsToken} /> {t("rate.daily")}
        </span>
      )}
      {payments !== undefined && (
        <span className="text-muted text-xs font-normal">
          {fee > 0 ? t("rate.fee", { fee: formatBps(fee, locale) }) : t("rate.feeNone")}
        </span>
      )}
    </span>
  );
}

export function OfferTerm({ offer }: { offer: Offer }) {
  const { t, locale } = useText();
  return offer.term === undefined ? t("term.any") : formatDuration(Number(offer.term.duration), locale);
}

export function OfferExit({ offer }: { offer: Offer }) {
  const { t, locale } = useText();
  const { penalty } = offer;
  if (penalty === undefined) return t("exitCost.free");
  return (
    <span className="inline-grid">
      <span>
        {penalty.startBps === penalty.endBps
          ? formatBps(penalty.startBps, locale)
          : t("exitCost.range", { start: formatBps(penalty.startBps, locale), end: formatBps(penalty.endBps, locale) })}
      </span>
      {penalty.forfeitedBps > 0n && (
        <span className="text-muted text-xs">
          {t("exitCost.forfeit", { share: formatBps(penalty.forfeitedBps, locale) })}
        </span>
      )}
    </span>
  );
}

export function OfferRoom({ offer }: { offer: Offer }) {
  const { t } = useText();
  const { capLeft, pool } = offer;
  return capLeft === undefined ? t("cap.none") : <Compact amount={capLeft} token={pool.stakingToken} />;
}

export function Compact({ amount, token }: { amount: bigint; token: Offer["pool"]["stakingToken"] }) {
  const { locale } = useText();
  return (
    <>
      {formatCompact(amount, token.decimals, locale)} <TokenSymbol token={token} />
    </>
  );
}

export function OfferAction({ offer, className = "" }: { offer: Offer; className?: string }) {
  const { t } = useText();
  const open = offer.state === "open";
  return (
    <Link
      href={offerPath(offer)}
      className={`${buttonClass({ size: "small", look: open ? "primary" : "secondary" })} ${className}`}
    >
      {open ? t("explore.stake") : t("explore.view")}
      <span className="sr-only">
        {" "}
        {offer.pool.stakingToken.symbol}, <OfferTerm offer={offer} />
      </span>
    </Link>
  );
}
