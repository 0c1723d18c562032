import { useText } from "../../i18n/index.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { ExactAmount } from "../../shared/ui/pieces.tsx";
import { PoolLink } from "../../shared/ui/pool-name.tsx";
import type { Asked } from "./asked-dialog.tsx";
import type { Holdings } from "./use-holdings.ts";

/** Rewards whose transfer failed: they wait in the pool, and nobody but their owner sees to them. */
export function OwedRewards({ holdings, onAsk }: { holdings: Holdings; onAsk: (asked: Asked) => void }) {
  const { t } = useText();
  if (holdings.owed.length === 0) return null;
  return (
    <section aria-labelledby="owed">
      <Notice tone="warn">
        <h2 id="owed" className="text-base font-semibold">
          {t("owed.title")}
        </h2>
        <p>{t("owed.sentence")}</p>
        <ul className="mt-2 grid gap-2">
          {holdings.owed.map(({ pool: address, amount }) => {
            const pool = holdings.pools.get(address);
            if (pool?.kind !== "fixed") return null;
            return (
              <li key={address} className="flex flex-wrap items-center justify-between gap-3">
                <span>
                  <PoolLink pool={pool} />:{" "}
                  <strong>
                    <ExactAmount value={amount} token={pool.rewardsToken} />
                  </strong>
                </span>
                <Button
                  size="small"
                  onClick={() => {
                    onAsk({ what: "owed", amount, pool });
                  }}
                >
                  {t("owed.claim")}
                </Button>
              </li>
            );
          })}
        </ul>
      </Notice>
    </section>
  );
}
