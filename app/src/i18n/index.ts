import i18next, { type ParseKeys } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

import { en } from "./en.ts";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;
export type Key = ParseKeys;

const REMEMBERED = "termstake.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/**
 * Starts translation in the document's language, which `early.js` has set: the one chosen before, else the browser's. English comes
 * with the page, others when needed.
 */
export async function startTranslation(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
  });
  const { lang } = document.documentElement;
  if (isLanguage(lang)) await setLanguage(lang);
}

/** Changes the language, also of the document, so that screen readers pronounce it rightly. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === "de" && !i18next.hasResourceBundle("de", "translation")) {
    const { de } = await import("./de.ts");
    i18next.addResourceBundle("de", "translation", de);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Changes the language and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await setLanguage(language);
}

/** Translation, and the locale that numbers and dates are written in: the browser's own where it is of the language chosen. */
export function useText() {
  const { t, i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : "en";
  const locale = navigator.languages.find((candidate) => candidate.split("-")[0] === language) ?? language;
  return { t, language, locale };
}

function isLanguage(text: string): text is Language {
  return text in LANGUAGES;
}
