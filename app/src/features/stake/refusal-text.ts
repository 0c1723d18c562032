import type { Refusal } from "@termstake/sdk/checks";
import { principalFor } from "@termstake/sdk/math";
import type { Pool, Term } from "@termstake/sdk/pools";

import { useText } from "../../i18n/index.ts";
import { formatExact } from "../../shared/format.ts";

/** What a pool refuses whatever the amount. */
const CLOSED: readonly Refusal["name"][] = ["PoolPaused", "PoolTermClosed", "PoolTermPaused"];

/** Why nothing can be deposited at all, whatever the amount. */
export function closedBecause(refusals: readonly Refusal[]): Refusal | undefined {
  return refusals.find(({ name }) => CLOSED.includes(name));
}

/** What a deposit or renewal would be refused for, as a sentence with its values to the unit. */
export function useRefusalText(
  { stakingToken, ...pool }: Pool,
  term: Term | undefined,
): (refusal: Refusal, amount?: bigint) => string {
  const { t, locale } = useText();
  const { decimals, symbol } = stakingToken;
  const write = (amount: bigint) => `${formatExact(amount, decimals, locale)} ${symbol}`;
  const conversion = pool.kind === "fixed" ? pool.conversion : undefined;
  /** Principal that earns so much: people choose that, and not their reward. */
  const earning = (reward: bigint) => write(term === undefined ? 0n : principalFor(term, reward, conversion));
  return ({ name, args }, amount = 0n) => {
    switch (name) {
      case "PoolPaused":
        return t("refusal.paused");
      case "PoolTermClosed":
        return t("refusal.closed");
      case "PoolTermPaused":
        return t("refusal.termPaused");
      case "PoolBelowMinimum":
        return t("refusal.belowMinimum", { amount: write(args.received), limit: write(args.minimum) });
      case "ERC20InsufficientBalance":
        return t("refusal.aboveBalance", { amount: write(args.needed), limit: write(args.balance) });
      case "PoolCapExceeded":
        return t("refusal.aboveCap", { amount: write(args.amount), limit: write(args.capLeft) });
      case "PoolRewardCapExceeded":
        return t("refusal.aboveBudget", { amount: write(amount), limit: earning(args.capLeft) });
      case "PoolBudgetTooSmall":
        return t("refusal.aboveBudget", { amount: write(amount), limit: earning(args.available) });
      case "PoolRewardBelowMinimum":
        return t("refusal.noReward", { amount: write(amount) });
      default:
        return t("problem.revert.title");
    }
  };
}
