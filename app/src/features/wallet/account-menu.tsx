import * as Menu from "@radix-ui/react-dropdown-menu";

import { useChain, useWallets } from "../../chain/context.tsx";
import { DEVELOPMENT_RDNS } from "../../chain/wallets.ts";
import { useText } from "../../i18n/index.ts";
import { shortAddress } from "../../shared/format.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Badge } from "../../shared/ui/notice.tsx";

const ITEM =
  "data-[highlighted]:bg-sunken flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 outline-none";

/** The connected account, and what can be done with the connection. */
export function AccountMenu() {
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
          className="border-line bg-surface shadow-float z-30 w-60 max-w-[calc(100vw-1rem)] rounded-xl border p-1.5"
        >
          <Menu.Label className="text-muted px-3 py-2 text-sm">
            <bdi className="line-clamp-2">{wallet.name === "" ? t("wallet.unnamed") : wallet.name}</bdi>{" "}
            {development && <Badge tone="warn">{t("development.badge")}</Badge>}
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
