import { useState } from "react";
import { Link } from "wouter";

import { useAccount } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Empty, Failure, Loading, PageHeading } from "../../shared/ui/pieces.tsx";
import { NoAccount } from "../wallet/no-account.tsx";
import { AskedDialog, type Asked } from "./asked-dialog.tsx";
import { OwedRewards } from "./owed-rewards.tsx";
import { PositionList } from "./position-list.tsx";
import { StakeList } from "./stake-list.tsx";
import { Totals } from "./totals.tsx";
import { useHoldings } from "./use-holdings.ts";

export function PortfolioPage() {
  const { t } = useText();
  const account = useAccount();
  return (
    <div className="grid gap-8">
      <div className="max-w-3xl">
        <PageHeading title={t("nav.portfolio")}>{t("portfolio.heading")}</PageHeading>
        <p className="text-muted mt-3 text-lg">{t("portfolio.lead")}</p>
      </div>
      {account === undefined ? (
        <NoAccount title={t("portfolio.noAccount")} />
      ) : (
        // Another account starts anew: nothing that was entered for one can act for the other.
        <AccountHoldings key={account} account={account} />
      )}
    </div>
  );
}

function AccountHoldings({ account }: { account: string }) {
  const { t } = useText();
  const reading = useHoldings(account);
  const [asked, setAsked] = useState<Asked>();
  if (reading.state === "loading") return <Loading label={t("portfolio.loading")} />;
  if (reading.state === "failed") return <Failure error={reading.error} onRetry={reading.retry} />;

  const { holdings } = reading;
  const { stakes, positions, owed, incomplete, unreadable } = holdings;
  return (
    <>
      {unreadable > 0 && <Notice tone="warn">{t("portfolio.unreadable", { count: unreadable })}</Notice>}
      <OwedRewards holdings={holdings} onAsk={setAsked} />
      {stakes.length === 0 && positions.length === 0
        ? owed.length === 0 &&
          !incomplete && (
            <Empty title={t("portfolio.empty")}>
              <p className="mb-4">{t("portfolio.emptySentence")}</p>
              <Link href="/" className={buttonClass()}>
                {t("portfolio.toExplore")}
              </Link>
            </Empty>
          )
        : !incomplete && <Totals holdings={holdings} />}
      {stakes.length > 0 && <StakeList holdings={holdings} onAsk={setAsked} />}
      {incomplete && <Loading label={t("portfolio.loadingPositions")} />}
      {positions.length > 0 && <PositionList holdings={holdings} onAsk={setAsked} />}
      {asked !== undefined && (
        <AskedDialog
          asked={asked}
          holdings={holdings}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}
