import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.tsx";
import { startTranslation } from "./i18n/index.ts";
import { applyTheme, rememberedTheme } from "./shared/theme.ts";
import "./styles.css";

applyTheme(rememberedTheme());
await startTranslation();

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

const root = document.getElementById("root");
if (root === null) throw new Error("The document has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
