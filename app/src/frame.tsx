// What stands around every page, without anything of the chain: it is shown before a script has run.
import type { ReactNode } from "react";

import { useText } from "./i18n/index.ts";

const PAGES = [
  ["/", "nav.explore"],
  ["/portfolio", "nav.portfolio"],
  ["/history", "nav.history"],
] as const;

interface Properties {
  /** Where in the page we are; undefined as long as that is not known. */
  readonly location?: string;
  readonly banner?: ReactNode;
  readonly wallet: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

export function Frame({ location, banner, wallet, footer, children }: Properties) {
  const { t } = useText();
  return (
    <div className="flex min-h-dvh flex-col">
      <button
        type="button"
        className="bg-brand text-on-brand sr-only rounded-lg px-4 py-2 font-semibold focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-30"
        onClick={() => document.getElementById("content")?.focus()}
      >
        {t("nav.skip")}
      </button>
      {banner}
      <header className="border-line bg-surface sticky top-0 z-20 border-b">
        <div className="mx-auto flex w-full max-w-7xl flex-wrap items-center gap-x-1 px-4 sm:gap-x-6 sm:px-6">
          {/* A little smaller on the narrowest screens, where the wallet's button has to find room beside it in every language. */}
          <a
            href="#/"
            className="flex min-h-16 items-center gap-1.5 font-semibold tracking-tight min-[360px]:gap-2 min-[360px]:text-lg"
          >
            <svg viewBox="0 0 32 32" className="text-brand size-6 min-[360px]:size-7" aria-hidden="true">
              <rect width="32" height="32" rx="8" fill="currentColor" />
              <path
                d="M7 11h18M16 11v14M10.5 17.5a5.5 5.5 0 0 0 11 0"
                fill="none"
                stroke="var(--color-on-brand)"
                strokeWidth="2.6"
                strokeLinecap="round"
              />
            </svg>
            Termstake
          </a>
          <nav
            aria-label={t("nav.label")}
            className="order-last -mx-2 flex basis-full sm:order-none sm:mx-0 sm:basis-auto"
          >
            {PAGES.map(([href, label]) => (
              <NavigationLink key={href} href={href} label={t(label)} location={location} />
            ))}
          </nav>
          <div className="ml-auto">{wallet}</div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-4 pt-6 pb-16 outline-none sm:px-6 sm:pt-10"
      >
        {children}
      </main>
      {footer}
    </div>
  );
}

interface LinkProperties {
  readonly href: string;
  readonly label: string;
  readonly location: string | undefined;
}

function NavigationLink({ href, label, location = "" }: LinkProperties) {
  const here = href === "/" ? location === "/" || location.startsWith("/pool") : location.startsWith(href);
  return (
    <a
      href={`#${href}`}
      aria-current={here ? "page" : undefined}
      className={`flex min-h-11 items-center border-b-2 px-3 font-medium sm:min-h-16 ${here ? "border-brand text-ink" : "text-muted hover:text-ink border-transparent"}`}
    >
      {label}
    </a>
  );
}
