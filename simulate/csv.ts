import { stringify } from "csv-stringify/sync";
import { formatUnits } from "ethers";

import { lookUp } from "../deploy/config/protocol-config.ts";
import { at } from "./prices.ts";
import type { Spread } from "./returns.ts";
import type { Played } from "./run.ts";
import { dateOf } from "./runway.ts";
import { type CohortSummary, summarise, worthStaked } from "./summary.ts";

/** A row for each case, pool and day; whole tokens, to the last of their decimals. */
export function toCsv(cases: readonly Played[]): string {
  return stringify(cases.flatMap(rowsOf), { header: true });
}

/** A row for each case and group of stakers: the scenario's cohorts, then by term, then by month of entry. */
export function toCohortCsv(cases: readonly Played[]): string {
  const rows = cases.flatMap((played) => {
    const { name, cohorts, byTerm, byMonth } = summarise(played);
    const kinds = [
      ["cohort", cohorts],
      ["term", byTerm],
      ["month", byMonth],
    ] as const;
    return kinds.flatMap(([by, groups]) => groups.map((group) => ({ case: name, by, ...groupRow(played, group) })));
  });
  return stringify(rows, { header: true });
}

function groupRow({ scenario, counters }: Played, group: CohortSummary) {
  const { stakingToken, rewardsToken } = lookUp(counters, group.pool);
  const stake = (amount: bigint) => formatUnits(amount, lookUp(scenario.protocolConfig.tokens, stakingToken).decimals);
  const reward = (amount: bigint) => formatUnits(amount, lookUp(scenario.protocolConfig.tokens, rewardsToken).decimals);
  const { inTokens, inMoney, worth } = group;
  const spread = (name: string, { least, low, median, high, most }: Spread) => ({
    [`${name}_worst`]: least.toFixed(6),
    [`${name}_5_of_100`]: low.toFixed(6),
    [`${name}_middle`]: median.toFixed(6),
    [`${name}_95_of_100`]: high.toFixed(6),
    [`${name}_best`]: most.toFixed(6),
  });
  const money = (part: string, value: number) => ({ [`${part}_${scenario.currency}`]: value.toFixed(2) });
  return {
    name: group.name,
    pool: group.pool,
    staking_token: stakingToken,
    rewards_token: rewardsToken,
    stakers: group.stakers,
    came_in: group.cameIn,
    turned_away: group.turnedAway,
    stayed_away: group.stayedAway,
    still_in: group.stillIn,
    left: group.left,
    paid_in: stake(group.paidIn),
    principal_out: stake(group.principalOut),
    staked_at_end: stake(group.stakedAtEnd),
    rewards: reward(group.rewards),
    accrued: reward(group.accrued),
    penalties: stake(group.penalties),
    net_apr: group.apr.toFixed(6),
    net_apy: group.apy.toFixed(6),
    ...spread("result_in_tokens", inTokens),
    ...spread(`result_in_${scenario.currency}`, inMoney),
    ...money("paid_in", worth.paidIn),
    ...money("price_change", worth.priceChange),
    ...money("impermanent_loss", worth.impermanentLoss),
    ...money("trading_fees", worth.fees),
    ...money("rewards", worth.rewards),
    ...money("penalties", worth.penalties),
    ...money("out", worth.out),
  };
}

function rowsOf(played: Played) {
  const { scenario, course, counters, pools, market } = played;
  return Object.entries(pools).flatMap(([name, days]) => {
    const { stakingToken, rewardsToken } = lookUp(counters, name);
    const stake = (amount: bigint) =>
      formatUnits(amount, lookUp(scenario.protocolConfig.tokens, stakingToken).decimals);
    const reward = (amount: bigint) =>
      formatUnits(amount, lookUp(scenario.protocolConfig.tokens, rewardsToken).decimals);
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
