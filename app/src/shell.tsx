// What surrounds every page: navigation, wallet, language and theme, and what is wrong at the moment.
import { useState, type ReactNode } from "react";
import { useLocation } from "wouter";

import { useChain, useChainTime, useWallets } from "./chain/context.tsx";
import { DEVELOPMENT_RDNS } from "./chain/wallets.ts";
import { PendingList } from "./features/wallet/pending-list.tsx";
import { WalletButton } from "./features/wallet/wallet-button.tsx";
import { Frame } from "./frame.tsx";
import { chooseLanguage, LANGUAGES, useText, type Language } from "./i18n/index.ts";
import { formatMoment } from "./shared/format.ts";
import { chooseTheme, rememberedTheme, type Theme } from "./shared/theme.ts";
import { Boundary } from "./shared/ui/boundary.tsx";
import { Notice } from "./shared/ui/notice.tsx";
import { SwitchNetwork } from "./shared/ui/unable.tsx";

export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  return (
    <Frame
      location={location}
      banner={<DevelopmentBanner />}
      wallet={<WalletButton />}
      footer={
        <Boundary fallback={null}>
          <Footer />
        </Boundary>
      }
    >
      <Boundary>
        <Warnings />
      </Boundary>
      {children}
    </Frame>
  );
}

/** Nobody should take play money for their own. */
function DevelopmentBanner() {
  const { t } = useText();
  const { connected } = useWallets();
  if (!__DEVELOPMENT_WALLET__ || connected?.wallet.rdns !== DEVELOPMENT_RDNS) return null;
  return (
    <p
      role="note"
      className="bg-warn-soft text-warn border-warn border-b border-dashed px-4 py-2 text-center text-sm font-medium"
    >
      <strong className="font-semibold">{t("development.title")}</strong> {t("development.sentence")}
    </p>
  );
}

function Warnings() {
  const { t, locale } = useText();
  const { head, lost, restarts } = useChain();
  const [dismissed, setDismissed] = useState(0);
  return (
    <div className="empty:hidden mb-6 grid gap-3">
      {lost && (
        <Notice tone="loss" role="alert" title={t("lost.title")}>
          {head === undefined
            ? t("lost.never")
            : t("lost.since", { moment: formatMoment(head.timestamp, locale), block: head.number })}
        </Notice>
      )}
      {restarts > dismissed && (
        <Notice tone="warn" role="status" title={t("restart.title")}>
          {t("restart.sentence")}{" "}
          <button
            type="button"
            className="font-semibold underline"
            onClick={() => {
              setDismissed(restarts);
            }}
          >
            {t("common.understood")}
          </button>
        </Notice>
      )}
      <WrongNetwork />
      <PendingList />
    </div>
  );
}

function WrongNetwork() {
  const { t } = useText();
  const { deployment } = useChain().reader;
  const { connected } = useWallets();
  if (connected === undefined || connected.chainId === deployment.chainId) return null;
  return (
    <Notice tone="warn" role="alert" title={t("network.wrong")}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span>
          {t("network.sentence", { chain: deployment.chainName, id: deployment.chainId, actual: connected.chainId })}
        </span>
        <SwitchNetwork />
      </div>
    </Notice>
  );
}

function Footer() {
  const { t, language, locale } = useText();
  const { head, reader } = useChain();
  const now = useChainTime();
  const [theme, setTheme] = useState(rememberedTheme);
  return (
    <footer className="border-line text-muted border-t text-sm">
      <div className="mx-auto grid w-full max-w-7xl gap-4 px-4 py-6 sm:grid-cols-[1fr_auto] sm:px-6">
        <div className="grid gap-1">
          <p>{t("footer.risk")}</p>
          <p>
            {reader.deployment.chainName}
            {head !== undefined && now !== undefined && (
              <> · {t("footer.block", { block: head.number, moment: formatMoment(now, locale) })}</>
            )}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <label className="flex items-center gap-2">
            {t("footer.language")}
            <select
              className="field text-ink min-h-9"
              value={language}
              onChange={({ target }) => void chooseLanguage(target.value as Language)}
            >
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="flex items-center gap-2">
            {t("footer.theme")}
            <select
              className="field text-ink min-h-9"
              value={theme}
              onChange={({ target }) => {
                const next = target.value as Theme;
                chooseTheme(next);
                setTheme(next);
              }}
            >
              {(["system", "light", "dark"] as const).map((choice) => (
                <option key={choice} value={choice}>
                  {t(`theme.${choice}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
    </footer>
  );
}
