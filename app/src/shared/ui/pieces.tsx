// Small pieces that every page uses.
import type { Token } from "@termstake/sdk/pools";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";

import { useChain } from "../../chain/context.tsx";
import { explain, type Problem } from "../../chain/explain.ts";
import { useText } from "../../i18n/index.ts";
import { formatAmount, formatExact, shortAddress } from "../format.ts";
import { useProblemText } from "../problem-text.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

export { Loading } from "./loading.tsx";
export { PageHeading } from "./page-heading.tsx";

/** An amount of a token; its full value appears on hover and in the accessible name of what is shortened. */
export function Amount({ value, token, digits }: { value: bigint; token: Token; digits?: number }) {
  const { locale } = useText();
  return (
    <span title={`${formatExact(value, token.decimals, locale)} ${token.symbol}`} className="wrap-anywhere">
      {formatAmount(value, token.decimals, locale, digits)} <TokenSymbol token={token} />
    </span>
  );
}

/** An amount with every digit that it has. */
export function ExactAmount({ value, token }: { value: bigint; token: Token }) {
  const { locale } = useText();
  return (
    <span className="wrap-anywhere">
      {formatExact(value, token.decimals, locale)} <TokenSymbol token={token} />
    </span>
  );
}

/**
 * A token's symbol: a stranger's text, cut short so that it cannot fill the page, and kept apart from the text around it. The limit is
 * no share of the place that it stands in: a grid that grows with what it holds would ask the symbol, and the symbol the grid.
 */
export function TokenSymbol({ token }: { token: Token }) {
  return (
    <bdi
      className="inline-block max-w-[min(8em,35vw)] overflow-hidden align-bottom text-ellipsis whitespace-nowrap"
      title={token.address}
    >
      {token.symbol}
    </bdi>
  );
}

/** An address that can be copied, with a link to the chain's explorer if it has one. */
export function Address({ address }: { address: string }) {
  const { t } = useText();
  const { explorerUrl } = useChain().reader.deployment;
  const [copied, setCopied] = useState(false);
  return (
    <span className="inline-flex items-center gap-1">
      <code className="font-mono text-sm">
        <span aria-hidden="true">{shortAddress(address)}</span>
        <span className="sr-only">{address}</span>
      </code>
      <button
        type="button"
        className="text-brand hover:bg-sunken min-h-8 rounded px-2 text-sm font-medium"
        aria-label={`${t("common.copy")} ${address}`}
        onClick={() => {
          void navigator.clipboard.writeText(address).then(() => {
            setCopied(true);
            setTimeout(() => {
              setCopied(false);
            }, 2_000);
          });
        }}
      >
        <span role="status">{copied ? t("common.copied") : t("common.copy")}</span>
      </button>
      {explorerUrl !== undefined && (
        <a
          className="text-brand text-sm underline"
          href={`${explorerUrl}/address/${address}`}
          target="_blank"
          rel="noreferrer"
        >
          {t("common.explorer")}
        </a>
      )}
    </span>
  );
}

/** The page of a pool, by the short form of its address. */
export function PoolAddressLink({ address }: { address: string }) {
  return (
    <Link href={`/pool/${address}`} className="font-mono text-sm hover:underline">
      <span aria-hidden="true">{shortAddress(address)}</span>
      <span className="sr-only">{address}</span>
    </Link>
  );
}

/** A link to a transaction where the chain has an explorer, else its hash. */
export function TransactionLink({ hash }: { hash: string }) {
  const { t } = useText();
  const { explorerUrl } = useChain().reader.deployment;
  if (explorerUrl === undefined) return <code className="text-muted font-mono text-xs">{shortAddress(hash)}</code>;
  return (
    <a className="text-brand text-sm underline" href={`${explorerUrl}/tx/${hash}`} target="_blank" rel="noreferrer">
      {t("common.transaction")}
    </a>
  );
}

/** Facts, each with its name. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="divide-line divide-y">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2">
          <dt className="text-muted text-sm">{name}</dt>
          <dd className="min-w-0 text-right font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A button that shows more of a list; nothing where all is shown. */
export function More({ left, onMore }: { left: number; onMore: () => void }) {
  const { t } = useText();
  if (left <= 0) return null;
  return (
    <div className="text-center">
      <Button look="secondary" onClick={onMore}>
        {t("common.more", { count: left })}
      </Button>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="card flex flex-col items-center gap-3 px-6 py-12 text-center">
      <p className="text-lg font-semibold">{title}</p>
      {children !== undefined && <div className="text-muted max-w-prose">{children}</div>}
    </div>
  );
}

/** What went wrong with reading, and another try. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  return (
    <div className="card flex flex-col items-start gap-3 p-6">
      <ProblemNotice problem={explain(error)} />
      <Button look="secondary" size="small" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </div>
  );
}

export function ProblemNotice({ problem }: { problem: Problem }) {
  const { title, sentence } = useProblemText()(problem);
  return (
    <Notice tone={problem.kind === "rejected" ? "warn" : "loss"} role="alert" title={title}>
      {sentence}
    </Notice>
  );
}
