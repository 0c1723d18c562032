import { useWallets } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { Empty } from "../../shared/ui/pieces.tsx";
import { ConnectButton } from "./wallet-button.tsx";

/** In place of a page that is about an account, while there is none. */
export function NoAccount({ title }: { title: string }) {
  const { t } = useText();
  const { wallets } = useWallets();
  return (
    <Empty title={title}>
      <p className="mb-4">{t(wallets.length === 0 ? "wallet.none" : "wallet.chooseSentence")}</p>
      <ConnectButton />
    </Empty>
  );
}
