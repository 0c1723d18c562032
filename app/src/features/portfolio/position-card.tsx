import { termOf, type FixedTermPool } from "@termstake/sdk/pools";
import { useId } from "react";

import type { Position } from "../../chain/account.ts";
import { useText } from "../../i18n/index.ts";
import { formatDate, formatDuration, formatMoment, formatRate } from "../../shared/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { Amount } from "../../shared/ui/pieces.tsx";
import { PoolLink } from "../../shared/ui/pool-name.tsx";
import { Progress } from "../../shared/ui/progress.tsx";
import type { Asked } from "./asked-dialog.tsx";
import { PositionPicture } from "./position-picture.tsx";
import { isMature, progress } from "./selection.ts";

interface Properties {
  readonly position: Position;
  readonly pool: FixedTermPool;
  /** The chain's time in seconds. */
  readonly now: number;
  readonly onAsk: (asked: Asked) => void;
}

export function PositionCard({ position, pool, now, onAsk }: Properties) {
  const { t, locale } = useText();
  const heading = useId();
  const { id, principal, reward, openedAt, maturity, autoRenew, termId } = position;
  const mature = isMature(position, now);
  const part = progress(position, now);
  const rate = termOf(pool, termId)?.rate;
  const ask = (what: "exit" | "renew" | "order" | "send") => () => {
    onAsk({ what, position, pool });
  };
  return (
    <article aria-labelledby={`${heading} ${heading}-pool`} className="card flex h-full flex-col gap-4 p-4 sm:p-5">
      <div className="flex gap-4">
        <PositionPicture position={position} now={now} />
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 id={heading} className="text-lg font-semibold">
              {t("position.title", { id: id.toString() })}
            </h3>
            {mature && <Badge tone="brand">{t("position.mature")}</Badge>}
            {autoRenew && <Badge>{t("position.order")}</Badge>}
            {!pool.listed && <Badge tone="warn">{t("pool.unlisted")}</Badge>}
          </div>
          <p id={`${heading}-pool`} className="text-muted text-sm">
            <PoolLink pool={pool} term={termId} /> · {formatDuration(maturity - openedAt, locale)}
            {rate !== undefined && <> · {formatRate(rate, locale)} APR</>}
          </p>
          <dl className="grid gap-1">
            <div className="flex flex-wrap justify-between gap-x-3">
              <dt className="text-muted text-sm">{t("position.principal")}</dt>
              <dd className="font-semibold">
                <Amount value={principal} token={pool.stakingToken} />
              </dd>
            </div>
            <div className="flex flex-wrap justify-between gap-x-3">
              <dt className="text-muted text-sm">{t("position.reward")}</dt>
              <dd className="text-gain font-semibold">
                <Amount value={reward} token={pool.rewardsToken} />
              </dd>
            </div>
          </dl>
          <div className="mt-auto grid gap-1.5">
            <Progress label={t("position.progress", { id: id.toString() })} fraction={part} />
            <p className="flex flex-wrap justify-between gap-x-3 text-sm">
              <span className="font-medium">
                {mature
                  ? t("position.ready")
                  : t("position.left", { duration: formatDuration(maturity - now, locale) })}
              </span>
              <span className="text-muted" title={formatMoment(maturity, locale)}>
                {t(mature ? "position.maturedOn" : "position.maturesOn", { date: formatDate(maturity, locale) })}
              </span>
            </p>
          </div>
        </div>
      </div>
      <div className="mt-auto flex flex-wrap gap-2">
        {mature ? (
          <>
            <Button size="small" onClick={ask("exit")}>
              {t("portfolio.withdraw")}
            </Button>
            <Button size="small" look="secondary" onClick={ask("renew")}>
              {t("position.renew")}
            </Button>
          </>
        ) : (
          <Button size="small" look="secondary" onClick={ask("exit")}>
            {t("position.leaveEarly")}
          </Button>
        )}
        {(!mature || autoRenew) && (
          <Button size="small" look="quiet" onClick={ask("order")}>
            {t("position.autoRenew")}
          </Button>
        )}
        <Button size="small" look="quiet" onClick={ask("send")}>
          {t("position.send")}
        </Button>
      </div>
    </article>
  );
}
