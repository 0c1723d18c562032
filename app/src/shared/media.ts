import { useSyncExternalStore } from "react";

/** Whether the screen is as wide as a table needs; narrower ones get cards. */
export function useWideScreen(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

const query = window.matchMedia("(min-width: 64rem)");

function subscribe(listener: () => void): () => void {
  query.addEventListener("change", listener);
  return () => {
    query.removeEventListener("change", listener);
  };
}
