import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { ChainProvider } from "./chain/context.tsx";
import { explain } from "./chain/explain.ts";
import { loadDeployment, type Deployment } from "./chain/deployment.ts";
import { createReader } from "./chain/reader.ts";
import { WalletStore } from "./chain/wallets.ts";
import { ExplorePage } from "./features/explore/explore-page.tsx";
import { useText } from "./i18n/index.ts";
import { Button } from "./shared/ui/button.tsx";
import { Notice } from "./shared/ui/notice.tsx";
import { useProblemText } from "./shared/problem-text.ts";
import { Shell } from "./shell.tsx";

// Explore is what most people open first; the rest comes when it is asked for.
const PoolPage = lazy(async () => ({ default: (await import("./features/pool/pool-page.tsx")).PoolPage }));
const PortfolioPage = lazy(async () => ({
  default: (await import("./features/portfolio/portfolio-page.tsx")).PortfolioPage,
}));
const HistoryPage = lazy(async () => ({ default: (await import("./features/history/history-page.tsx")).HistoryPage }));

/** The page, once it knows which deployment it is for. */
export function App() {
  const { t } = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["started"],
    queryFn: start,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  if (isPending)
    return (
      <p role="status" className="text-muted grid min-h-dvh place-items-center">
        {t("common.loading")}
      </p>
    );
  if (error !== null) return <Unstarted error={error} onRetry={() => void refetch()} />;
  return <Started {...data} />;
}

interface StartedPage {
  readonly deployment: Deployment;
  readonly wallets: WalletStore;
}

async function start(): Promise<StartedPage> {
  const deployment = await loadDeployment();
  const wallets = new WalletStore();
  if (__DEVELOPMENT_WALLET__) {
    const { announceDevelopmentWallet } = await import("./chain/development-wallet.ts");
    announceDevelopmentWallet(deployment);
  }
  wallets.start();
  return { deployment, wallets };
}

function Started({ deployment, wallets }: StartedPage) {
  const [reader] = useState(() => createReader(deployment));
  return (
    <ChainProvider reader={reader} wallets={wallets}>
      <Router hook={useHashLocation}>
        <Shell>
          <Suspense fallback={<PageLoading />}>
            <Switch>
              <Route path="/">
                <ExplorePage />
              </Route>
              <Route path="/pool/:address/:term?">
                {({ address, term }) => <PoolPage key={address} address={address} term={term} />}
              </Route>
              <Route path="/portfolio">
                <PortfolioPage />
              </Route>
              <Route path="/history">
                <HistoryPage />
              </Route>
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Shell>
      </Router>
    </ChainProvider>
  );
}

function PageLoading() {
  const { t } = useText();
  return (
    <p role="status" className="text-muted py-12 text-center">
      {t("common.loading")}
    </p>
  );
}

function NotFound() {
  const { t } = useText();
  return (
    <div className="py-16 text-center">
      <h1 className="text-3xl font-semibold">{t("notFound.title")}</h1>
      <p className="mt-4">
        <a className="text-brand underline" href="#/">
          {t("notFound.back")}
        </a>
      </p>
    </div>
  );
}

function Unstarted({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useText();
  const problem = useProblemText()(explain(error));
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-4 p-4">
      <h1 className="text-2xl font-semibold">{t("unstarted.title")}</h1>
      <Notice tone="loss" role="alert" title={problem.title}>
        {problem.sentence}
      </Notice>
      <div>
        <Button onClick={onRetry}>{t("common.retry")}</Button>
      </div>
    </main>
  );
}
