import * as Radix from "@radix-ui/react-dialog";
import { useState, type ReactNode } from "react";

import { useText } from "../../i18n/index.ts";

interface Properties {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
  /** Stays in sight below whatever is scrolled above it. */
  readonly footer?: ReactNode;
}

/** A modal dialog. The backdrop is not Radix's own, which would insert a style sheet that the page's policy refuses. */
export function Dialog({ open, onClose, title, description, children, footer }: Properties) {
  const { t } = useText();
  // Dialogs are opened from outside of this component, so that only this tells what to give the focus back to.
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Radix.Portal>
        <div className="bg-backdrop fixed inset-0 z-40" data-backdrop aria-hidden="true" />
        <Radix.Content
          className="bg-surface text-ink shadow-float fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col overflow-hidden rounded-t-2xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[30rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl"
          // Radix goes round without scrolling: in a tall dialog what has the focus would be out of sight.
          onFocus={({ target }) => {
            target.scrollIntoView({ block: "nearest" });
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const back = opener?.isConnected === true ? opener : document.getElementById("content");
            if (back instanceof HTMLElement) back.focus();
          }}
          {...(description === undefined && { "aria-describedby": undefined })}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-5 pb-3 sm:px-7 sm:pt-6">
            <Radix.Title className="min-w-0 text-xl font-semibold">{title}</Radix.Title>
            <Radix.Close
              className="hover:bg-sunken -mt-1 -mr-2 grid size-10 place-items-center rounded-lg"
              aria-label={t("common.close")}
            >
              <svg
                viewBox="0 0 20 20"
                className="size-5"
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
                aria-hidden="true"
              >
                <path d="M5 5l10 10M15 5L5 15" strokeLinecap="round" />
              </svg>
            </Radix.Close>
          </div>
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 sm:px-7 sm:pb-6">
            {description !== undefined && (
              <Radix.Description className="text-muted mb-4">{description}</Radix.Description>
            )}
            {children}
          </div>
          {footer !== undefined && (
            <div className="border-line grid shrink-0 gap-3 border-t px-5 py-4 sm:px-7">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
