import { paysItsOwnToken, type Pool, type Term } from "@termstake/sdk/pools";
import { offersOf } from "@termstake/sdk/rates";
import { getAddress, ZeroAddress } from "ethers";
import { lazy, Suspense } from "react";
import { Link, useLocation } from "wouter";

import { useChain, usePayments, useWholePool } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { formatBps } from "../../shared/format.ts";
import { Boundary } from "../../shared/ui/boundary.tsx";
import { Badge, Notice } from "../../shared/ui/notice.tsx";
import { Address, Amount, Empty, Facts, Failure, Loading, PageHeading, TokenSymbol } from "../../shared/ui/pieces.tsx";
import { OfferRate, OfferRoom } from "../explore/offer-parts.tsx";
import { StakePanel } from "../stake/stake-panel.tsx";
import { Calculator } from "./calculator.tsx";
import { Destinations } from "./destinations.tsx";
import { Rules } from "./rules.tsx";

const PoolCharts = lazy(async () => ({ default: (await import("./pool-charts.tsx")).PoolCharts }));

/** A pool by its address, with a term of it chosen; both come from the address bar and may be anything. */
export function PoolPage({ address, term }: { address: string; term: string | undefined }) {
  const { t } = useText();
  const checksummed = parseAddress(address);
  const { data: pool, error, isPending, refetch } = useWholePool(checksummed ?? "", checksummed !== undefined);
  if (checksummed === undefined || pool === null)
    return (
      <>
        <PageHeading title={t("pool.unknown")}>{t("pool.unknown")}</PageHeading>
        <p className="mt-4">{t("pool.unknownSentence")}</p>
        <Back />
      </>
    );
  if (error !== null && pool === undefined) return <Failure error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading />;
  if (pool.kind === "unreadable")
    return (
      <Empty title={t("pool.unreadable")}>
        <Address address={pool.address} />
        <Back />
      </Empty>
    );
  return <PoolView pool={pool} term={pool.kind === "fixed" ? chosenTerm(pool.terms, term) : undefined} />;
}

function PoolView({ pool, term }: { pool: Pool; term: Term | undefined }) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const shown = `${pool.address}/${term?.id.toString() ?? ""}`;
  const warnings = useWarnings(pool);
  const name = paysItsOwnToken(pool)
    ? pool.stakingToken.symbol
    : `${pool.stakingToken.symbol} → ${pool.rewardsToken.symbol}`;
  return (
    <article className="grid gap-x-6 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-start">
      <header className="grid min-w-0 gap-3">
        <Back />
        <PageHeading title={`${name}, ${t(`kind.${pool.kind}`)}`}>
          <TokenSymbol token={pool.stakingToken} />
          {!paysItsOwnToken(pool) && (
            <>
              {" → "}
              <TokenSymbol token={pool.rewardsToken} />
            </>
          )}{" "}
          <span className="text-muted font-normal">{t(`kind.${pool.kind}`)}</span>
        </PageHeading>
        <p className="text-muted max-w-2xl text-lg">{t(`pool.lead.${pool.kind}`)}</p>
        <p className="flex flex-wrap gap-2">
          <Badge tone={pool.listed ? "brand" : "warn"}>{t(pool.listed ? "pool.listed" : "pool.unlisted")}</Badge>
          {pool.paused && <Badge tone="warn">{t("state.paused")}</Badge>}
        </p>
        {warnings.length > 0 && <Notice tone="warn">{warnings.join(" ")}</Notice>}
      </header>
      <div className="min-w-0 lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <Boundary of={shown}>
          <StakePanel
            pool={pool}
            term={term}
            onTerm={(id) => {
              navigate(`/pool/${pool.address}/${id.toString()}`, { replace: true });
            }}
          />
        </Boundary>
      </div>
      <div className="grid min-w-0 grid-cols-1 gap-6">
        <Boundary of={shown}>
          <Summary pool={pool} term={term} />
        </Boundary>
        <Boundary of={shown}>
          <Calculator pool={pool} />
        </Boundary>
        <section aria-label={t("chart.section")} className="card p-5 sm:p-6">
          <Suspense fallback={<Loading />}>
            <Boundary of={shown}>
              <PoolCharts pool={pool} term={term} />
            </Boundary>
          </Suspense>
        </section>
        <Boundary of={shown}>
          <Rules pool={pool} term={term} />
        </Boundary>
        {pool.kind === "fixed" && (
          <Boundary of={shown}>
            <Destinations pool={pool} />
          </Boundary>
        )}
        <Boundary of={shown}>
          <Addresses pool={pool} />
        </Boundary>
      </div>
    </article>
  );
}

/** What a person should know of who stands behind a pool, where that is not the protocol. */
function useWarnings({ listed, sameAuthority, authority }: Pool): string[] {
  const { t } = useText();
  return [
    ...(listed ? [] : [t("pool.unlistedSentence")]),
    ...(sameAuthority
      ? []
      : [authority === ZeroAddress ? t("pool.noAuthority") : t("pool.foreignAuthority", { authority })]),
  ];
}

function Addresses({ pool }: { pool: Pool }) {
  const { t, locale } = useText();
  const { reader } = useChain();
  const fee = usePayments().data?.[pool.address]?.feeBps ?? 0;
  return (
    <section aria-labelledby="addresses" className="card p-5 sm:p-6">
      <h2 id="addresses" className="mb-2 text-xl font-semibold">
        {t("pool.addresses")}
      </h2>
      <Facts
        facts={[
          [t("pool.contract"), <Address key="pool" address={pool.address} />],
          [
            `${t("pool.stakingToken")} (${pool.stakingToken.symbol})`,
            <Address key="staking" address={pool.stakingToken.address} />,
          ],
          [
            `${t("pool.rewardsToken")} (${pool.rewardsToken.symbol})`,
            <Address key="rewards" address={pool.rewardsToken.address} />,
          ],
          [t("pool.factory"), <Address key="factory" address={reader.deployment.contracts.PoolFactory} />],
          [t("pool.creator"), <Address key="creator" address={pool.creator} />],
        ]}
      />
      {fee > 0 && <p className="text-muted mt-3 text-sm">{t("pool.feeSentence", { fee: formatBps(fee, locale) })}</p>}
    </section>
  );
}

function Summary({ pool, term }: { pool: Pool; term: Term | undefined }) {
  const { t } = useText();
  const payments = usePayments().data;
  const { head } = useChain();
  const offer = offersOf(pool, head?.now ?? 0).find((candidate) => candidate.term?.id === term?.id);
  if (offer === undefined) return null;
  return (
    <dl className="card grid grid-cols-2 gap-x-6 gap-y-4 p-5 sm:grid-cols-4 sm:p-6">
      {(
        [
          ["column.rate", <OfferRate key="rate" offer={offer} payments={payments} />],
          ["column.staked", <Amount key="staked" value={offer.staked} token={pool.stakingToken} digits={2} />],
          ["column.room", <OfferRoom key="room" offer={offer} />],
          ["column.budget", <Amount key="budget" value={offer.budget} token={pool.rewardsToken} digits={2} />],
        ] as const
      ).map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-muted text-sm">{t(name)}</dt>
          <dd className="mt-0.5 font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Back() {
  const { t } = useText();
  return (
    <p>
      <Link href="/" className="text-brand inline-flex min-h-8 items-center font-medium hover:underline">
        ← {t("notFound.back")}
      </Link>
    </p>
  );
}

function parseAddress(text: string): string | undefined {
  try {
    return getAddress(text);
  } catch {
    return undefined;
  }
}

/** The term that was asked for, else the longest that is open. */
function chosenTerm(terms: readonly Term[], asked: string | undefined): Term | undefined {
  const wanted = terms.find(({ id }) => id.toString() === asked);
  return wanted ?? terms.filter(({ closed, paused }) => !closed && !paused).at(-1) ?? terms[0];
}
