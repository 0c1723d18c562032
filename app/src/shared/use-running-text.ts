import type { FlowState } from "../chain/flow.ts";
import { useText } from "../i18n/index.ts";

/** What the button of a running operation says: whose turn it is. */
export function useRunningText({ steps }: FlowState): string {
  const { t } = useText();
  return t(steps.some(({ state }) => state === "sent") ? "stake.confirming" : "stake.running");
}
