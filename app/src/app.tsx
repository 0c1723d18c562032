import { queryOptions, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { FirstPaint } from "./first-paint.tsx";
import { useText } from "./i18n/index.ts";
import { Button } from "./shared/ui/button.tsx";

interface TroubleProperties {
  readonly error: Error;
  readonly onRetry: () => void;
}

const Unstarted = lazy(async () => {
  // What could not load the page may not load this either.
  const loaded = await import("./unstarted.tsx").catch(() => undefined);
  return { default: loaded?.Unstarted ?? Unloaded };
});

/** What the page waits for before it takes the place of its first paint. */
export const STARTED = queryOptions({
  queryKey: ["started"],
  queryFn: start,
  staleTime: Infinity,
  gcTime: Infinity,
  retryOnMount: false,
});

/** The page, once it knows which deployment it is for. */
export function App() {
  const { data, error, refetch } = useQuery(STARTED);
  if (data !== undefined) return <data.Started {...data.page} />;
  if (error === null) return <FirstPaint />;
  return (
    <Suspense fallback={<FirstPaint />}>
      <Unstarted error={error} onRetry={() => void refetch()} />
    </Suspense>
  );
}

/** Fetches the deployment's description while what it is for is loaded. */
async function start() {
  const description = fetch(new URL("deployment.json", document.baseURI), { cache: "no-store" });
  const [{ Started, startPage }, response] = await Promise.all([import("./started.tsx"), description]);
  return { Started, page: await startPage(response) };
}

function Unloaded({ onRetry }: TroubleProperties) {
  const { t } = useText();
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center justify-items-start gap-4 p-4">
      <h1 className="text-2xl font-semibold">{t("unstarted.title")}</h1>
      <Button onClick={onRetry}>{t("common.retry")}</Button>
    </main>
  );
}
