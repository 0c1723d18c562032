import type { Pool } from "../../chain/pools.ts";
import { useText } from "../../i18n/index.ts";
import { formatExact } from "../../shared/format.ts";
import type { Obstacle } from "./checks.ts";

/** What stands in the way of an amount, as a sentence with both to the unit. */
export function useObstacleText({ stakingToken }: Pool): (obstacle: Obstacle, amount?: bigint) => string {
  const { t, locale } = useText();
  const { decimals, symbol } = stakingToken;
  const write = (amount: bigint) => `${formatExact(amount, decimals, locale)} ${symbol}`;
  return (problem, amount = 0n) =>
    "limit" in problem
      ? t(`obstacle.${problem.kind}`, { amount: write(amount), limit: write(problem.limit) })
      : t(`obstacle.${problem.kind}`);
}
