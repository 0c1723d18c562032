import { useId, useState } from "react";

import { useChainTime } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { Boundary } from "../../shared/ui/boundary.tsx";
import { More } from "../../shared/ui/pieces.tsx";
import { Segmented } from "../../shared/ui/segmented.tsx";
import type { Asked } from "./asked-dialog.tsx";
import { PositionCard } from "./position-card.tsx";
import { choose, isMature, type Show } from "./selection.ts";
import type { Holdings } from "./use-holdings.ts";

/** Cards shown at first, and more each time. */
const STEP = 24;

interface Properties {
  readonly holdings: Holdings;
  readonly onAsk: (asked: Asked) => void;
}

/** The account's positions in fixed-term pools, those that mature first before the others. */
export function PositionList({ holdings: { positions, pools }, onAsk }: Properties) {
  const { t } = useText();
  const now = useChainTime() ?? 0;
  const heading = useId();
  const [show, setShow] = useState<Show>("all");
  const [shown, setShown] = useState(STEP);
  const chosen = choose(positions, show, now);
  const mature = positions.filter((position) => isMature(position, now)).length;
  return (
    <section aria-labelledby={heading} className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={heading} className="text-2xl font-semibold">
          {t("portfolio.positions")} <span className="text-muted text-base font-normal">{positions.length}</span>
        </h2>
        <Segmented
          label={t("portfolio.show")}
          value={show}
          options={[
            { value: "all", label: t("portfolio.all") },
            { value: "mature", label: t("portfolio.mature", { count: mature }) },
            { value: "running", label: t("portfolio.running", { count: positions.length - mature }) },
          ]}
          onChange={(next) => {
            setShow(next);
            setShown(STEP);
          }}
        />
      </div>
      {chosen.length === 0 && <p className="text-muted card p-6 text-center">{t("portfolio.noneSuch")}</p>}
      <ul className="grid gap-4 md:grid-cols-2">
        {chosen.slice(0, shown).map((position) => {
          const pool = pools.get(position.pool);
          return pool?.kind === "fixed" ? (
            <li key={`${position.pool}/${position.id.toString()}`}>
              <Boundary>
                <PositionCard position={position} pool={pool} now={now} onAsk={onAsk} />
              </Boundary>
            </li>
          ) : null;
        })}
      </ul>
      <More
        left={chosen.length - shown}
        onMore={() => {
          setShown(shown + STEP);
        }}
      />
    </section>
  );
}
