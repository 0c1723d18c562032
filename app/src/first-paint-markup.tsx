// Runs at build time, in Node.
import i18next from "i18next";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider, initReactI18next } from "react-i18next";

import { FirstPaint } from "./first-paint.tsx";
import { de } from "./i18n/de.ts";
import { en } from "./i18n/en.ts";

/** The markup of what is shown first, once in each language; the document's own language decides which of them is seen. */
export async function firstPaintMarkup(): Promise<string> {
  const resources = { en: { translation: en }, de: { translation: de } };
  const parts = Object.keys(resources).map(async (lng) => {
    const translation = i18next.createInstance();
    await translation.use(initReactI18next).init({ lng, resources, interpolation: { escapeValue: false } });
    const markup = renderToStaticMarkup(
      <I18nextProvider i18n={translation}>
        <FirstPaint />
      </I18nextProvider>,
    );
    return `<div lang="${lng}" class="only-${lng}">${markup}</div>`;
  });
  return (await Promise.all(parts)).join("");
}
