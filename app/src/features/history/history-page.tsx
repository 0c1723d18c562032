import { lazy, Suspense, useMemo, useState } from "react";
import { Link } from "wouter";

import { useAccount, useChain, useChainQuery, useDirectory, usePools, useReadablePools } from "../../chain/context.tsx";
import { historyOf, readAccountLogs, type Entry } from "../../chain/history.ts";
import type { Directory } from "../../chain/pools.ts";
import { useText } from "../../i18n/index.ts";
import { useUnlisted } from "../../shared/use-unlisted.ts";
import { Boundary } from "../../shared/ui/boundary.tsx";
import { Switch } from "../../shared/ui/switch.tsx";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Empty, Failure, Loading, More, PageHeading } from "../../shared/ui/pieces.tsx";
import { NoAccount } from "../wallet/no-account.tsx";
import { EntryList } from "./entry-list.tsx";
import { ExportButton } from "./export-button.tsx";

const StakedChart = lazy(async () => ({ default: (await import("./staked-chart.tsx")).StakedChart }));

const NOWHERE: Directory = { flexible: [], fixed: [] };

/** Entries shown at first, and more each time. */
const STEP = 50;

export function HistoryPage() {
  const { t } = useText();
  const account = useAccount();
  return (
    <div className="grid gap-8">
      <div className="max-w-3xl">
        <PageHeading title={t("nav.history")}>{t("history.heading")}</PageHeading>
        <p className="text-muted mt-3 text-lg">{t("history.lead")}</p>
      </div>
      {account === undefined ? (
        <NoAccount title={t("history.noAccount")} />
      ) : (
        <AccountHistory key={account} account={account} />
      )}
    </div>
  );
}

function AccountHistory({ account }: { account: string }) {
  const { t } = useText();
  const pools = usePools();
  const readable = useReadablePools();
  // What happened is read as soon as it is known where to look; what the tokens are called comes meanwhile.
  const directory = useDirectory();
  const { data: where } = directory;
  const logs = useChainQuery(
    ["history", account, where?.flexible.length, where?.fixed.length],
    (reader) => readAccountLogs(reader, where ?? NOWHERE, account),
    where !== undefined,
  );
  const entries = useMemo(
    () => (logs.data === undefined || readable === undefined ? undefined : historyOf(logs.data, readable)),
    [logs.data, readable],
  );
  const unreadable = (pools.data?.length ?? 0) - (readable?.length ?? 0);
  if (entries !== undefined)
    return (
      <>
        {unreadable > 0 && <Notice tone="warn">{t("portfolio.unreadable", { count: unreadable })}</Notice>}
        <Entries entries={entries} account={account} />
      </>
    );
  const failed = [pools, directory, logs].find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error == null) return <Loading label={t("history.loading")} />;
  return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
}

function Entries({ entries, account }: { entries: readonly Entry[]; account: string }) {
  const { t } = useText();
  const [shown, setShown] = useState(STEP);
  const unlisted = useUnlisted();
  const seen = useMemo(
    () => (unlisted.shown ? entries : entries.filter(({ listed }) => listed)),
    [entries, unlisted.shown],
  );
  const now = useChain().head?.now ?? 0;
  if (entries.length === 0)
    return (
      <Empty title={t("history.empty")}>
        <p className="mb-4">{t("history.emptySentence")}</p>
        <Link href="/" className={buttonClass()}>
          {t("portfolio.toExplore")}
        </Link>
      </Empty>
    );
  return (
    <>
      <section aria-label={t("chart.section")} className="card p-5 sm:p-6">
        <Suspense fallback={<Loading />}>
          <Boundary>
            <StakedChart entries={entries} now={now} />
          </Boundary>
        </Suspense>
      </section>
      <section aria-labelledby="events" className="grid gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="events" className="text-2xl font-semibold">
            {t("history.events")} <span className="text-muted text-base font-normal">{seen.length}</span>
          </h2>
          {entries.some(({ listed }) => !listed) && (
            <Switch label={t("unlisted.show")} checked={unlisted.shown} onChange={unlisted.show} />
          )}
          <ExportButton entries={seen} account={account} />
        </div>
        <Boundary>
          <EntryList entries={seen.slice(0, shown)} />
        </Boundary>
        <More
          left={seen.length - shown}
          onMore={() => {
            setShown(shown + STEP);
          }}
        />
      </section>
    </>
  );
}
