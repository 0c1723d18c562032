import { useSyncExternalStore } from "react";

const NAME = "termstake.unlisted";
const HIDDEN = "hidden";
const listeners = new Set<() => void>();

/** Whether pools that governance does not list are shown where an account's own things are; what they hold may be a stranger's doing. */
export function useUnlisted(): { readonly shown: boolean; readonly show: (shown: boolean) => void } {
  const shown = useSyncExternalStore(subscribe, () => localStorage.getItem(NAME) !== HIDDEN);
  return { shown, show };
}

function show(shown: boolean): void {
  if (shown) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, HIDDEN);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
