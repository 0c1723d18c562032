import { explain } from "./chain/explain.ts";
import { useText } from "./i18n/index.ts";
import { useProblemText } from "./shared/problem-text.ts";
import { Button } from "./shared/ui/button.tsx";
import { Notice } from "./shared/ui/notice.tsx";

/** In place of a page that could not be started: why, and another try. */
export function Unstarted({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useText();
  const problem = useProblemText()(explain(error));
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-4 p-4">
      <h1 className="text-2xl font-semibold">{t("unstarted.title")}</h1>
      <Notice tone="loss" role="alert" title={problem.title}>
        {problem.sentence}
      </Notice>
      <div>
        <Button onClick={onRetry}>{t("common.retry")}</Button>
      </div>
    </main>
  );
}
