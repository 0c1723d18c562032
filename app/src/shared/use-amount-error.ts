import type { Token } from "@termstake/sdk/pools";

import { useText } from "../i18n/index.ts";
import type { AmountProblem } from "./amount-text.ts";
import { formatExact } from "./format.ts";

/** What is wrong with an amount that was typed, of which there are `most` base units; nothing while the field is empty. */
export function useAmountError(parsed: bigint | AmountProblem, most: bigint, token: Token): string | undefined {
  const { t, locale } = useText();
  const { decimals, symbol } = token;
  if (typeof parsed === "string") return parsed === "empty" ? undefined : t(`amount.${parsed}`, { decimals });
  if (parsed === 0n) return t("amount.zero");
  return parsed > most
    ? t("amount.aboveMost", { most: `${formatExact(most, decimals, locale)} ${symbol}` })
    : undefined;
}
