import type { Writing } from "@termstake/bindings/errors";

import type { Pool, Token } from "../chain/pools.ts";
import { useText } from "../i18n/index.ts";
import { formatDuration, formatExact, formatMoment } from "./format.ts";

/** How the values of what a pool's contract refuses are written for a person of this locale. */
export function useWriting(pool: Pool): Writing {
  const { locale } = useText();
  return writingFor(pool, locale);
}

/** Amounts in the pool's own tokens: a token's error does not say which one it is of, and what people put in is the staking token. */
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
    time: (seconds) => formatMoment(Number(seconds), locale),
    duration: (seconds) => formatDuration(Number(seconds), locale),
    address: (address) => address,
  };
}
