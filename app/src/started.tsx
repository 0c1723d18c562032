// The page of a deployment: everything that reads the chain, or acts on it.
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { ChainProvider } from "./chain/context.tsx";
import { readDeployment, type Deployment } from "./chain/deployment.ts";
import { createReader } from "./chain/reader.ts";
import { WalletStore } from "./chain/wallets.ts";
import { ExplorePage } from "./features/explore/explore-page.tsx";
import { useText } from "./i18n/index.ts";
import { Boundary } from "./shared/ui/boundary.tsx";
import { Shell } from "./shell.tsx";

// Explore is what most people open first; the rest comes when it is asked for.
const PoolPage = lazy(async () => ({ default: (await import("./features/pool/pool-page.tsx")).PoolPage }));
const PortfolioPage = lazy(async () => ({
  default: (await import("./features/portfolio/portfolio-page.tsx")).PortfolioPage,
}));
const HistoryPage = lazy(async () => ({ default: (await import("./features/history/history-page.tsx")).HistoryPage }));

interface StartedPage {
  readonly deployment: Deployment;
  readonly wallets: WalletStore;
}

/** Checks which deployment the page is for, and starts looking for wallets. */
export async function startPage(description: Response): Promise<StartedPage> {
  const deployment = await readDeployment(description);
  const wallets = new WalletStore();
  if (__DEVELOPMENT_WALLET__) {
    const { announceDevelopmentWallet } = await import("./chain/development-wallet.ts");
    announceDevelopmentWallet(deployment);
  }
  wallets.start();
  return { deployment, wallets };
}

export function Started({ deployment, wallets }: StartedPage) {
  const [reader] = useState(() => createReader(deployment));
  return (
    <ChainProvider reader={reader} wallets={wallets}>
      <Router hook={useHashLocation}>
        <Shell>
          <Place>
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
          </Place>
        </Shell>
      </Router>
    </ChainProvider>
  );
}

/** One page: what fails in it is gone with it when another one is opened. */
function Place({ children }: { children: ReactNode }) {
  const [location] = useHashLocation();
  return (
    <Boundary of={location}>
      <Suspense fallback={<PageLoading />}>{children}</Suspense>
    </Boundary>
  );
}

function PageLoading() {
  const { t } = useText();
  return (
    <p role="status" className="text-muted min-h-dvh py-12 text-center">
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
