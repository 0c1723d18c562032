import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App, STARTED } from "./app.tsx";
import { startTranslation } from "./i18n/index.ts";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The node is asked again at each block anyway; an error should show at once.
      retry: false,
      staleTime: 30_000,
      networkMode: "always", // a local node needs no network
    },
  },
});

/** Puts the page in the place of what the document brought; a function, since modules that are loaded here wait for this one. */
async function show(): Promise<void> {
  const started = client.query(STARTED).catch(() => undefined); // the page says what went wrong
  await Promise.all([startTranslation(), started]);
  const root = document.getElementById("root");
  if (root === null) throw new Error("The document has no root");
  const page = createRoot(root);
  // In parts, so that the browser can do something else in between.
  startTransition(() => {
    page.render(
      <StrictMode>
        <QueryClientProvider client={client}>
          <App />
        </QueryClientProvider>
      </StrictMode>,
    );
  });
}

void show();
