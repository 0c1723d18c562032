import { useEffect } from "react";

import { useAccount, useChain, usePending } from "../../chain/context.tsx";
import { lookFor } from "../../chain/follow.ts";
import { isOpen, type Pending } from "../../chain/pending.ts";
import { useText } from "../../i18n/index.ts";
import { Notice } from "../../shared/ui/notice.tsx";
import { TransactionLink } from "../../shared/ui/pieces.tsx";

const TONES = { sent: "plain", queued: "plain", confirmed: "brand", failed: "loss", replaced: "warn" } as const;

/** On every page: what the account has sent and nobody watches, until it is settled and the person has seen that. */
export function PendingList() {
  const { t } = useText();
  const { pending: store } = useChain();
  const account = useAccount();
  const list = usePending().filter(({ hash }) => !store.isShown(hash));
  useFollow(account, list);
  if (account === undefined || list.length === 0) return null;
  return (
    <ul aria-label={t("pending.title")} className="grid gap-2">
      {list.map((one) => (
        <li key={one.hash}>
          <Notice tone={TONES[one.state]} role="status">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <strong className="font-semibold">
                {t(`step.${one.step}`)} {one.amount}
              </strong>
              <span>{t(`pending.${one.state}`)}</span>
              <TransactionLink hash={one.hash} />
              <button
                type="button"
                className="ml-auto min-h-8 font-semibold underline"
                onClick={() => {
                  store.remove(account, one.hash);
                }}
              >
                {t(isOpen(one) ? "pending.forget" : "common.understood")}
              </button>
            </div>
          </Notice>
        </li>
      ))}
    </ul>
  );
}

/** Looks with each block what became of them. */
function useFollow(account: string | undefined, list: readonly Pending[]): void {
  const { reader, pending: store, head } = useChain();
  const hash = head?.hash;
  useEffect(() => {
    if (account === undefined || hash === undefined) return;
    for (const one of list.filter(isOpen))
      void lookFor(reader, one).then(
        (outcome) => {
          const { state } = outcome;
          const nonce = state === "sent" ? outcome.nonce : undefined;
          if (state !== one.state || (nonce !== undefined && nonce !== one.nonce))
            store.change(account, one.hash, { state, ...(nonce !== undefined && { nonce }) });
        },
        () => undefined, // a node that is lost comes back, and the page says so
      );
    // What is listed changes with the looks themselves: each block is looked at once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [account, hash, list.length]);
}
