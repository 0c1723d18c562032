import type { Pool } from "../../chain/pools.ts";
import { useText } from "../../i18n/index.ts";
import { formatAmount } from "../../shared/format.ts";
import type { Obstacle } from "./checks.ts";

/** What stands in the way, as a sentence. */
export function useObstacleText({ stakingToken }: Pool): (obstacle: Obstacle) => string {
  const { t, locale } = useText();
  const { decimals, symbol } = stakingToken;
  return (problem) =>
    "limit" in problem
      ? t(`obstacle.${problem.kind}`, { limit: `${formatAmount(problem.limit, decimals, locale)} ${symbol}` })
      : t(`obstacle.${problem.kind}`);
}
