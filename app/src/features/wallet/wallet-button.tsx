import { lazy, Suspense, useState } from "react";

import { useWallets } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { shortAddress } from "../../shared/format.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";

// Dialogs and menus are needed once somebody opens them, not to see the pools.
const WalletDialog = lazy(async () => ({ default: (await import("./wallet-dialog.tsx")).WalletDialog }));
const AccountMenu = lazy(async () => ({ default: (await import("./account-menu.tsx")).AccountMenu }));

/** Connects a wallet, or shows the connected account. */
export function WalletButton() {
  const { connected } = useWallets();
  if (connected === undefined) return <ConnectButton size="small" />;
  const { wallet, account } = connected;
  return (
    <Suspense
      fallback={
        <span className={buttonClass({ look: "secondary", size: "small" })}>
          {wallet.icon !== undefined && <img src={wallet.icon} alt="" className="size-5 rounded" />}
          <span className="font-mono">{shortAddress(account)}</span>
        </span>
      }
    >
      <AccountMenu />
    </Suspense>
  );
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
      {choosing && (
        <Suspense>
          <WalletDialog
            onClose={() => {
              setChoosing(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
