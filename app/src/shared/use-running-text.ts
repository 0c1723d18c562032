import type { FlowState } from "../chain/flow.ts";
import { useText } from "../i18n/index.ts";

/** What the button of a running operation says: whose turn it is. */
export function useRunningText({ steps }: FlowState): string {
  const { t } = useText();
  const at = steps.find(({ state }) => state === "sign" || state === "sent" || state === "queued")?.state;
  if (at === "sign") return t("stake.running");
  return t(at === "queued" ? "stake.queued" : at === "sent" ? "stake.confirming" : "stake.checking");
}
