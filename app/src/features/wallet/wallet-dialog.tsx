import { useChain, useWallets } from "../../chain/context.tsx";
import { explain } from "../../chain/explain.ts";
import { DEVELOPMENT_RDNS, type Wallet } from "../../chain/wallets.ts";
import { useText } from "../../i18n/index.ts";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { ProblemNotice } from "../../shared/ui/pieces.tsx";

/** The wallets that were found, to choose one of. */
export function WalletDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { wallets: store } = useChain();
  const { wallets, connecting, error } = useWallets();
  async function choose(wallet: Wallet) {
    await store.connect(wallet);
    if (store.snapshot().connected !== undefined) onClose();
  }
  return (
    <Dialog open onClose={onClose} title={t("wallet.choose")} description={t("wallet.chooseSentence")}>
      {wallets.length === 0 ? (
        <p className="bg-sunken rounded-xl p-4">{t("wallet.none")}</p>
      ) : (
        <ul className="grid grid-cols-1 gap-2">
          {wallets.map((wallet) => (
            <li key={wallet.id}>
              <button
                type="button"
                disabled={connecting}
                onClick={() => void choose(wallet)}
                className="border-line hover:bg-sunken flex min-h-14 w-full items-center gap-3 rounded-xl border px-4 py-2 text-left font-medium"
              >
                {wallet.icon === undefined ? (
                  <span className="bg-sunken size-8 shrink-0 rounded-lg" aria-hidden="true" />
                ) : (
                  <img src={wallet.icon} alt="" className="size-8 shrink-0 rounded-lg" />
                )}
                <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3 gap-y-1">
                  <bdi className="line-clamp-2 min-w-0 wrap-anywhere">
                    {wallet.name === "" ? t("wallet.unnamed") : wallet.name}
                  </bdi>
                  {wallet.rdns === DEVELOPMENT_RDNS && <Badge tone="warn">{t("development.badge")}</Badge>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-4 empty:hidden" aria-live="polite">
        {connecting && <p className="text-muted text-sm">{t("wallet.waiting")}</p>}
        {error !== undefined && <ProblemNotice problem={explain(error)} />}
      </div>
    </Dialog>
  );
}
