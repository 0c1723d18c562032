import type { ReactNode } from "react";

import { useText } from "../../i18n/index.ts";
import { Loading } from "../../shared/ui/loading.tsx";

/** What stands above the offers, with its heading. */
export function Introduction({ children: heading }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="mb-8 max-w-2xl">
      {heading}
      <p className="text-muted mt-3 text-lg">{t("explore.lead")}</p>
    </div>
  );
}

/** The offers while they are read: as high as the screen, so that nothing visible moves when they come. */
export function OffersLoading() {
  const { t } = useText();
  return (
    <div className="min-h-dvh">
      <Loading label={t("explore.loading")} />
    </div>
  );
}
