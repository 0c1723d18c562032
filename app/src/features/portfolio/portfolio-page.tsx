import { useState } from "react";
import { Link } from "wouter";

import { useAccount, usePending } from "../../chain/context.tsx";
import { isOpen } from "../../chain/pending.ts";
import { useText } from "../../i18n/index.ts";
import { useUnlisted } from "../../shared/use-unlisted.ts";
import { Boundary } from "../../shared/ui/boundary.tsx";
import { Switch } from "../../shared/ui/switch.tsx";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Empty, Failure, Loading, PageHeading } from "../../shared/ui/pieces.tsx";
import { NoAccount } from "../wallet/no-account.tsx";
import { AskedDialog, type Asked } from "./asked-dialog.tsx";
import { OwedRewards } from "./owed-rewards.tsx";
import { PositionList } from "./position-list.tsx";
import { StakeList } from "./stake-list.tsx";
import { Totals } from "./totals.tsx";
import { holdingsIn, useHoldings, type Holdings } from "./use-holdings.ts";

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
  const listed = holdingsIn(holdings, true);
  const unlisted = holdingsIn(holdings, false);
  const empty = listed.stakes.length === 0 && listed.positions.length === 0;
  return (
    <>
      {holdings.unreadable > 0 && (
        <Notice tone="warn">{t("portfolio.unreadable", { count: holdings.unreadable })}</Notice>
      )}
      <Boundary>
        <OwedRewards holdings={listed} onAsk={setAsked} />
      </Boundary>
      {!holdings.incomplete && !empty && (
        <Boundary>
          <Totals holdings={listed} />
        </Boundary>
      )}
      {!holdings.incomplete && empty && listed.owed.length === 0 && <NothingYet />}
      <Lists holdings={listed} onAsk={setAsked} />
      {holdings.incomplete && <Loading label={t("portfolio.loadingPositions")} />}
      <Unlisted holdings={unlisted} onAsk={setAsked} />
      {asked !== undefined && (
        <Boundary of={nameOf(asked)}>
          <AskedDialog
            asked={asked}
            holdings={holdings}
            onClose={() => {
              setAsked(undefined);
            }}
          />
        </Boundary>
      )}
    </>
  );
}

function nameOf(asked: Asked): string {
  const id = "position" in asked ? asked.position.id.toString() : "";
  return `${asked.what} ${asked.pool.address} ${id}`;
}

interface PartProperties {
  readonly holdings: Holdings;
  readonly onAsk: (asked: Asked) => void;
}

function Lists({ holdings, onAsk }: PartProperties) {
  return (
    <>
      {holdings.stakes.length > 0 && (
        <Boundary>
          <StakeList holdings={holdings} onAsk={onAsk} />
        </Boundary>
      )}
      {holdings.positions.length > 0 && (
        <Boundary>
          <PositionList holdings={holdings} onAsk={onAsk} />
        </Boundary>
      )}
    </>
  );
}

/** What the account has in pools that nobody vouches for, apart from the rest: a stranger may have put it there. */
function Unlisted({ holdings, onAsk }: PartProperties) {
  const { t } = useText();
  const { shown, show } = useUnlisted();
  const { stakes, positions, owed } = holdings;
  if (stakes.length + positions.length + owed.length === 0) return null;
  return (
    <section aria-labelledby="unlisted" className="border-line grid gap-6 border-t pt-8">
      <div className="grid gap-2">
        <h2 id="unlisted" className="text-2xl font-semibold">
          {t("unlisted.title")}
        </h2>
        <p className="text-muted max-w-3xl">{t("unlisted.sentence")}</p>
        <Switch label={t("unlisted.show")} checked={shown} onChange={show} />
      </div>
      {shown && (
        <>
          <Boundary>
            <OwedRewards holdings={holdings} onAsk={onAsk} />
          </Boundary>
          <Lists holdings={holdings} onAsk={onAsk} />
        </>
      )}
    </section>
  );
}

function NothingYet() {
  const { t } = useText();
  const waiting = usePending().some(isOpen);
  return (
    <Empty title={t(waiting ? "portfolio.emptyPending" : "portfolio.empty")}>
      <p className="mb-4">{t("portfolio.emptySentence")}</p>
      <Link href="/" className={buttonClass()}>
        {t("portfolio.toExplore")}
      </Link>
    </Empty>
  );
}
