import { stringify } from "csv-stringify/sync";
import { formatUnits } from "ethers";

import { lookUp } from "../scripts/lib/catalogue.ts";
import { at } from "./prices.ts";
import type { Played } from "./run.ts";
import { dateOf } from "./runway.ts";
import { worthStaked } from "./summary.ts";

/** A row for each case, pool and day; whole tokens, to the last of their decimals. */
export function toCsv(cases: readonly Played[]): string {
  return stringify(cases.flatMap(rowsOf), { header: true });
}

function rowsOf(played: Played) {
  const { scenario, course, counters, pools, market } = played;
  return Object.entries(pools).flatMap(([name, days]) => {
    const { stakingToken, rewardsToken } = lookUp(counters, name);
    const stake = (amount: bigint) => formatUnits(amount, lookUp(scenario.catalogue.tokens, stakingToken).decimals);
    const reward = (amount: bigint) => formatUnits(amount, lookUp(scenario.catalogue.tokens, rewardsToken).decimals);
    return days.map((day, i) => ({
      case: course.name,
      day: i,
      date: dateOf(scenario.start, i),
      pool: name,
      staking_token: stakingToken,
      rewards_token: rewardsToken,
      staked: stake(day.staked),
      [`staked_${scenario.currency}`]: worthStaked(played, name, i).toFixed(2),
      [`stake_price_${scenario.currency}`]: at(market.path(stakingToken), i).toPrecision(8),
      [`reward_price_${scenario.currency}`]: at(market.path(rewardsToken), i).toPrecision(8),
      rewards_promised: reward(day.promised),
      rewards_given_back: reward(day.promised - day.reserved),
      rewards_paid: reward(day.paid),
      rewards_due: reward(day.due),
      budget: reward(day.budget),
      penalties: stake(day.penalties),
      offered_rate: day.rate.toFixed(6),
    }));
  });
}
