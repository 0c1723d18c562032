import i18next from "i18next";

import type { Problem } from "../chain/explain.ts";
import { useText } from "../i18n/index.ts";
import { fillIn } from "./writing.ts";

/** A problem in the person's language: a title, and a sentence about what to do. */
export function useProblemText(): (problem: Problem) => { title: string; sentence: string } {
  const { t, language } = useText();
  return (problem) => {
    switch (problem.kind) {
      case "revert": {
        // The SDK explains every error in English; the ones that people meet are translated here.
        const translated: unknown = i18next.getResource(language, "translation", `revert.${problem.name}`);
        const sentence =
          language !== "en" && typeof translated === "string"
            ? fillIn(translated, problem.values, problem.writing)
            : problem.sentence;
        return { title: t(problem.recorded ? "problem.revert.recorded" : "problem.revert.title"), sentence };
      }
      case "rejected":
        return {
          title: t("problem.rejected.title"),
          sentence: t(problem.later === true ? "problem.rejected.later" : "problem.rejected.sentence"),
        };
      case "deployment":
      case "other":
        return { title: t(`problem.${problem.kind}.title`), sentence: problem.detail };
      default:
        return { title: t(`problem.${problem.kind}.title`), sentence: t(`problem.${problem.kind}.sentence`) };
    }
  };
}
