import { earnedAt, flexibleApr } from "@termstake/sdk/rates";
import { useId, useState } from "react";
import { Link } from "wouter";

import { useChain, useChainTime } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { formatPercent, isSteadilyZero } from "../../shared/format.ts";
import { Boundary } from "../../shared/ui/boundary.tsx";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { Amount, More } from "../../shared/ui/pieces.tsx";
import { PoolLink } from "../../shared/ui/pool-name.tsx";
import type { Asked } from "./asked-dialog.tsx";
import { TICK_MS, TickingReward, type Earning } from "./ticking-reward.tsx";
import type { Holdings } from "./use-holdings.ts";

/** Cards shown at first, and more each time. */
const STEP = 24;

interface Properties {
  readonly holdings: Holdings;
  readonly onAsk: (asked: Asked) => void;
}

/** The account's stakes in flexible pools. */
export function StakeList({ holdings: { stakes, pools }, onAsk }: Properties) {
  const { t } = useText();
  const heading = useId();
  const [shown, setShown] = useState(STEP);
  return (
    <section aria-labelledby={heading} className="grid gap-4">
      <h2 id={heading} className="text-2xl font-semibold">
        {t("portfolio.flexible")} <span className="text-muted text-base font-normal">{stakes.length}</span>
      </h2>
      <ul className="grid gap-4 md:grid-cols-2 md:[&>li:only-child]:col-span-2">
        {stakes.slice(0, shown).map((stake) => {
          const pool = pools.get(stake.pool);
          return pool?.kind === "flexible" ? (
            <li key={stake.pool}>
              <Boundary>
                <StakeCard stake={stake} pool={pool} onAsk={onAsk} />
              </Boundary>
            </li>
          ) : null;
        })}
      </ul>
      <More
        left={stakes.length - shown}
        onMore={() => {
          setShown(shown + STEP);
        }}
      />
    </section>
  );
}

function StakeCard({ stake, pool, onAsk }: Earning & { onAsk: Properties["onAsk"] }) {
  const { t, locale } = useText();
  const heading = useId();
  const now = useChain().head?.now ?? 0;
  const apr = flexibleApr(pool, now);
  return (
    <article aria-labelledby={heading} className="card grid h-full gap-4 p-5 sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={heading} className="flex flex-wrap items-center gap-2 text-lg">
          <PoolLink pool={pool} /> <Badge>{t("kind.flexible")}</Badge>
          {!pool.listed && <Badge tone="warn">{t("pool.unlisted")}</Badge>}
        </h3>
        {apr !== undefined && <span className="text-muted text-sm font-medium">{formatPercent(apr, locale)} APR</span>}
      </div>
      <dl className="grid gap-3 sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-muted text-sm">{t("portfolio.staked")}</dt>
          <dd className="text-xl font-semibold">
            <Amount value={stake.staked} token={pool.stakingToken} />
          </dd>
        </div>
        <div className="min-w-0">
          <dt className="text-muted text-sm">{t("portfolio.claimable")}</dt>
          <dd className="text-gain text-xl font-semibold">
            <TickingReward stake={stake} pool={pool} />
          </dd>
        </div>
      </dl>
      {stake.staked === 0n && <p className="text-muted text-sm">{t("portfolio.onlyReward")}</p>}
      <div className="mt-auto flex flex-wrap gap-2">
        <ClaimButton
          stake={stake}
          pool={pool}
          onClick={() => {
            onAsk({ what: "claim", stake, pool });
          }}
        />
        {stake.staked > 0n && (
          <Button
            size="small"
            look="secondary"
            onClick={() => {
              onAsk({ what: "withdraw", stake, pool });
            }}
          >
            {t("portfolio.withdraw")}
          </Button>
        )}
        {!pool.paused && (
          <Link href={`/pool/${pool.address}`} className={buttonClass({ size: "small", look: "quiet" })}>
            {t("portfolio.stakeMore")}
          </Link>
        )}
      </div>
    </article>
  );
}

/** Offers a claim as soon as there is something to be seen in what has been earned. */
function ClaimButton({ stake, pool, onClick }: Earning & { onClick: () => void }) {
  const { t } = useText();
  const now = useChainTime(TICK_MS) ?? 0;
  if (isSteadilyZero(earnedAt(stake, pool, now), pool.rewardsToken.decimals)) return null;
  return (
    <Button size="small" onClick={onClick}>
      {t("portfolio.claim")}
    </Button>
  );
}
