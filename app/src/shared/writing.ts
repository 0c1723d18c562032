import type { Writing } from "@termstake/sdk/errors";
import type { Pool, Token } from "@termstake/sdk/pools";
import { LAST_DATE } from "@termstake/sdk/units";

import { formatDuration, formatExact, formatMoment } from "./format.ts";

const VALUE = /\{\{(\w+), (staking|rewards|time)\}\}/g;

/**
 * How the values of what a pool's contract refuses are written for a person of a locale. A token's error does not say which token it is
 * of; what people put in is the staking token.
 */
export function writingFor({ stakingToken, rewardsToken }: Pool, locale: string): Writing {
  const tokenOf = (of: Parameters<Writing["amount"]>[1]): Token | undefined => {
    if (of === "rewards") return rewardsToken;
    if (of === "staking" || of === undefined) return stakingToken;
    return [stakingToken, rewardsToken].find(({ address }) => address === of);
  };
  return {
    amount(value, of) {
      const token = tokenOf(of);
      return token === undefined
        ? formatExact(value, 0, locale)
        : `${formatExact(value, token.decimals, locale)} ${token.symbol}`;
    },
    time: (seconds) => (seconds > LAST_DATE ? formatExact(seconds, 0, locale) : formatMoment(Number(seconds), locale)),
    duration: (seconds) => formatDuration(Number(seconds), locale),
    address: (address) => address,
  };
}

/** Fills in the values of a sentence: `{{minimum, staking}}` is the value `minimum`, an amount of the staking token. */
export function fillIn(text: string, values: Readonly<Record<string, unknown>>, writing: Writing | undefined): string {
  return text.replace(VALUE, (_, name: string, kind: "staking" | "rewards" | "time") => {
    const value = values[name];
    if (typeof value !== "bigint" || writing === undefined) return String(value);
    return kind === "time" ? writing.time(value) : writing.amount(value, kind);
  });
}
