import type { Token } from "@termstake/sdk/pools";

import type { Entry } from "../../chain/history.ts";
import { useText } from "../../i18n/index.ts";
import { formatMoment } from "../../shared/format.ts";
import { useWideScreen } from "../../shared/media.ts";
import { CardBoundary, RowBoundary } from "../../shared/ui/boundary.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { Amount, Facts, PoolAddressLink, TransactionLink } from "../../shared/ui/pieces.tsx";

/** Of the table. */
const COLUMNS = 8;

/** What happened, newest first: a table where there is room for it. An event that cannot be shown is still seen to be there. */
export function EntryList({ entries }: { entries: readonly Entry[] }) {
  return useWideScreen() ? <EntryTable entries={entries} /> : <EntryCards entries={entries} />;
}

function EntryTable({ entries }: { entries: readonly Entry[] }) {
  const { t } = useText();
  return (
    <div className="card overflow-hidden">
      <table className="w-full text-sm">
        <caption className="sr-only">{t("history.events")}</caption>
        <thead className="bg-sunken text-muted">
          <tr>
            <th scope="col" className="py-3 pr-3 pl-5 text-left font-medium">
              {t("history.time")}
            </th>
            <th scope="col" className="px-3 text-left font-medium">
              {t("history.event")}
            </th>
            <th scope="col" className="px-3 text-left font-medium">
              {t("column.pool")}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {t("position.principal")}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {t("history.promised")}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {t("history.paid")}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {t("history.penalty")}
            </th>
            <th scope="col" className="py-3 pr-5 pl-3 text-right font-medium">
              {t("history.transaction")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-line divide-y">
          {entries.map((entry) => (
            <RowBoundary key={entry.key} columns={COLUMNS}>
              <tr>
                <td className="text-muted py-3 pr-3 pl-5 whitespace-nowrap">
                  <Time entry={entry} />
                </td>
                <th scope="row" className="px-3 text-left font-semibold">
                  <What entry={entry} />
                </th>
                <td className="px-3">
                  <PoolAddressLink address={entry.pool} />
                </td>
                <td className="px-3 text-right">
                  <Maybe value={entry.principal} token={entry.stakingToken} />
                </td>
                <td className="px-3 text-right">
                  <Maybe value={entry.promised} token={entry.rewardsToken} />
                </td>
                <td className="px-3 text-right">
                  <Maybe value={entry.reward} token={entry.rewardsToken} />
                </td>
                <td className="px-3 text-right">
                  <Maybe value={entry.penalty} token={entry.stakingToken} />
                </td>
                <td className="py-3 pr-5 pl-3 text-right">
                  <TransactionLink hash={entry.transaction} />
                </td>
              </tr>
            </RowBoundary>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryCards({ entries }: { entries: readonly Entry[] }) {
  const { t } = useText();
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {entries.map((entry) => (
        <CardBoundary key={entry.key}>
          <li className="card p-4">
            <p className="font-semibold">
              <What entry={entry} />
            </p>
            <p className="text-muted text-sm">
              <Time entry={entry} />
            </p>
            <Facts
              facts={[
                [t("column.pool"), <PoolAddressLink key="pool" address={entry.pool} />],
                ...(
                  [
                    [t("position.principal"), entry.principal, entry.stakingToken],
                    [t("history.promised"), entry.promised, entry.rewardsToken],
                    [t("history.paid"), entry.reward, entry.rewardsToken],
                    [t("history.penalty"), entry.penalty, entry.stakingToken],
                  ] as const
                ).flatMap(([name, value, token]) =>
                  value === undefined ? [] : [[name, <Amount key={name} value={value} token={token} />] as const],
                ),
                [t("history.transaction"), <TransactionLink key="transaction" hash={entry.transaction} />],
              ]}
            />
          </li>
        </CardBoundary>
      ))}
    </ul>
  );
}

function What({ entry: { kind, positionId, listed } }: { entry: Entry }) {
  const { t } = useText();
  return (
    <>
      {t(`event.${kind}`)}
      {positionId !== undefined && (
        <span className="text-muted font-normal"> {t("history.position", { id: positionId.toString() })}</span>
      )}
      {!listed && (
        <>
          {" "}
          <Badge tone="warn">{t("pool.unlisted")}</Badge>
        </>
      )}
    </>
  );
}

function Time({ entry: { time } }: { entry: Entry }) {
  const { locale } = useText();
  return <time dateTime={new Date(time * 1_000).toISOString()}>{formatMoment(time, locale)}</time>;
}

function Maybe({ value, token }: { value: bigint | undefined; token: Token }) {
  return value === undefined ? <span className="text-muted">–</span> : <Amount value={value} token={token} />;
}
