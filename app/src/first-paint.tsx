// What is seen while scripts and deployment are still on their way. The build writes it into the document, in each language.
import { Introduction, OffersLoading } from "./features/explore/introduction.tsx";
import { Frame } from "./frame.tsx";
import { useText } from "./i18n/index.ts";
import { buttonClass } from "./shared/ui/button.tsx";
import { HEADING } from "./shared/ui/page-heading.tsx";

export function FirstPaint() {
  const { t } = useText();
  return (
    <Frame
      wallet={
        // Nothing to press yet, and so no button to those who cannot see it.
        <span aria-hidden="true" className={buttonClass({ size: "small" })}>
          {t("wallet.connect")}
        </span>
      }
    >
      <div className="only-explore">
        <Introduction>
          <h1 className={HEADING}>{t("explore.heading")}</h1>
        </Introduction>
        <OffersLoading />
      </div>
    </Frame>
  );
}
