import { useState, type ReactNode } from "react";

import { useChain, usePending } from "../../chain/context.tsx";
import { isOpen } from "../../chain/pending.ts";
import { useText } from "../../i18n/index.ts";
import { Notice } from "./notice.tsx";
import { Switch } from "./switch.tsx";

/** Warns of doing again what is still on its way, in the same pool; the person can have it sent all the same. */
export function useRepeat(pool: string): { readonly warned: boolean; readonly warning: ReactNode } {
  const { t } = useText();
  const { pending: store } = useChain();
  const waiting = usePending().filter((one) => one.pool === pool && isOpen(one) && !store.isShown(one.hash));
  const [accepted, setAccepted] = useState<string>();
  const named = waiting.map(({ hash }) => hash).join();
  if (waiting.length === 0) return { warned: false, warning: null };
  return {
    warned: accepted !== named,
    warning: (
      <Notice tone="warn" role="status" title={t("pending.repeat", { count: waiting.length })}>
        <p>{waiting.map(({ step, amount }) => `${t(`step.${step}`)} ${amount}`.trim()).join(" · ")}</p>
        <Switch
          label={t("pending.again")}
          checked={accepted === named}
          onChange={(checked) => {
            setAccepted(checked ? named : undefined);
          }}
        />
      </Notice>
    ),
  };
}
