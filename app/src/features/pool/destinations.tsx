import type { FixedTermPool } from "@termstake/sdk/pools";
import { ZeroAddress } from "ethers";

import { useText } from "../../i18n/index.ts";
import { formatBps } from "../../shared/format.ts";
import { Address } from "../../shared/ui/pieces.tsx";

/** Where penalties on principal go. */
export function Destinations({ pool }: { pool: FixedTermPool }) {
  const { t, locale } = useText();
  const shares = destinations(pool);
  return (
    <section aria-labelledby="destinations" className="card p-5 sm:p-6">
      <h2 id="destinations" className="mb-1 text-xl font-semibold">
        {t("destination.title")}
      </h2>
      <p className="text-muted mb-4">{t("destination.lead")}</p>
      <div className="bg-sunken mb-4 flex h-3 gap-0.5 overflow-hidden rounded-full" aria-hidden="true">
        {shares.map(({ kind, bps }, i) => (
          <span
            key={kind}
            className="bg-brand"
            style={{ width: `${(Number(bps) / 100).toString()}%`, opacity: 1 - i * 0.22 }}
          />
        ))}
      </div>
      <ul className="divide-line divide-y">
        {shares.map(({ kind, bps, address }) => (
          <li key={kind} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
            <span>
              <strong className="mr-2 inline-block min-w-12 font-semibold">{formatBps(bps, locale)}</strong>
              {t(kind === "rewards" && address === undefined ? "destination.budget" : `destination.${kind}`)}
            </span>
            {address !== undefined && <Address address={address} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The destinations that have a share, with their address where they have one. */
export function destinations({ split, rewardsPool, insurance, treasury }: FixedTermPool) {
  const all = [
    { kind: "rewards", bps: split.rewardsBps, address: rewardsPool === ZeroAddress ? undefined : rewardsPool },
    { kind: "insurance", bps: split.insuranceBps, address: insurance },
    { kind: "treasury", bps: split.treasuryBps, address: treasury },
    { kind: "burned", bps: split.burnBps, address: undefined },
  ] as const;
  return all.filter(({ bps }) => bps > 0n);
}
