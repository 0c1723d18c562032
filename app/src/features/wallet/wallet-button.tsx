import * as Menu from "@radix-ui/react-dropdown-menu";
import { useState } from "react";

import { useChain, useWallets } from "../../chain/context.tsx";
import { explain } from "../../chain/explain.ts";
import { DEVELOPMENT_RDNS, type Wallet } from "../../chain/wallets.ts";
import { useText } from "../../i18n/index.ts";
import { shortAddress } from "../../shared/format.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Badge } from "../../shared/ui/notice.tsx";
import { ProblemNotice } from "../../shared/ui/pieces.tsx";

/** Connects a wallet, or shows the connected account. */
export function WalletButton() {
  const { connected } = useWallets();
  return connected === undefined ? <ConnectButton size="small" /> : <AccountMenu />;
}

/** Connects the only wallet there is, or lets the person choose. */
export function ConnectButton({ size = "normal", className = "" }: { size?: "normal" | "small"; className?: string }) {
  const { t } = useText();
  const [choosing, setChoosing] = useState(false);
  const { connecting } = useWallets();
  return (
    <>
      <Button
        size={size}
        className={className}
        onClick={() => {
          setChoosing(true);
        }}
        disabled={connecting && !choosing}
      >
        {t("wallet.connect")}
      </Button>
      <WalletDialog
        open={choosing}
        onClose={() => {
          setChoosing(false);
        }}
      />
    </>
  );
}

function WalletDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useText();
  const { wallets: store } = useChain();
  const { wallets, connecting, error } = useWallets();
  async function choose(wallet: Wallet) {
    await store.connect(wallet);
    if (store.snapshot().connected !== undefined) onClose();
  }
  return (
    <Dialog open={open} onClose={onClose} title={t("wallet.choose")} description={t("wallet.chooseSentence")}>
      {wallets.length === 0 ? (
        <p className="bg-sunken rounded-xl p-4">{t("wallet.none")}</p>
      ) : (
        <ul className="grid gap-2">
          {wallets.map((wallet) => (
            <li key={wallet.rdns}>
              <button
                type="button"
                disabled={connecting}
                onClick={() => void choose(wallet)}
                className="border-line hover:bg-sunken flex min-h-14 w-full items-center gap-3 rounded-xl border px-4 text-left font-medium"
              >
                {wallet.icon === undefined ? (
                  <span className="bg-sunken size-8 rounded-lg" aria-hidden="true" />
                ) : (
                  <img src={wallet.icon} alt="" className="size-8 rounded-lg" />
                )}
                <bdi className="min-w-0 flex-1 truncate">{wallet.name}</bdi>
                {wallet.rdns === DEVELOPMENT_RDNS && <Badge tone="warn">{t("development.badge")}</Badge>}
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

const ITEM =
  "data-[highlighted]:bg-sunken flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 outline-none";

function AccountMenu() {
  const { t } = useText();
  const { reader, wallets } = useChain();
  const { connected } = useWallets();
  if (connected === undefined) return null;
  const { wallet, account } = connected;
  const development = __DEVELOPMENT_WALLET__ && wallet.rdns === DEVELOPMENT_RDNS;
  return (
    // Not modal: a modal menu would insert a style sheet that the page's policy refuses.
    <Menu.Root modal={false}>
      <Menu.Trigger className={buttonClass({ look: "secondary", size: "small" })}>
        {wallet.icon !== undefined && <img src={wallet.icon} alt="" className="size-5 rounded" />}
        <span className="sr-only">{t("wallet.account")} </span>
        <span className="font-mono">{shortAddress(account)}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="border-line bg-surface shadow-float z-30 min-w-60 rounded-xl border p-1.5"
        >
          <Menu.Label className="text-muted px-3 py-2 text-sm">
            {wallet.name} {development && <Badge tone="warn">{t("development.badge")}</Badge>}
          </Menu.Label>
          {development &&
            reader.deployment.developmentAccounts.map((other) => (
              <Menu.CheckboxItem
                key={other}
                checked={other === account}
                className={ITEM}
                onSelect={() => {
                  void import("../../chain/development-wallet.ts").then(({ chooseDevelopmentAccount }) => {
                    chooseDevelopmentAccount(reader.deployment, other);
                  });
                }}
              >
                <span className="text-brand w-4" aria-hidden="true">
                  {other === account ? "✓" : ""}
                </span>
                <span className="font-mono text-sm">{shortAddress(other)}</span>
              </Menu.CheckboxItem>
            ))}
          {development && <Menu.Separator className="bg-line my-1 h-px" />}
          <Menu.Item className={ITEM} onSelect={() => void navigator.clipboard.writeText(account)}>
            {t("wallet.copy")}
          </Menu.Item>
          <Menu.Item
            className={ITEM}
            onSelect={() => {
              wallets.disconnect();
            }}
          >
            {t("wallet.disconnect")}
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
