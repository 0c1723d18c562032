import { BPS, formatDuration, formatPercentage, ONE } from "@termstake/sdk/units";
import { formatUnits } from "ethers";

import type { IStakingLens } from "../types/contracts/StakingLens.ts";
import { table } from "../shared/table.ts";
import type { ProtocolConfig } from "./config/protocol-config.ts";
import { coreContracts } from "./contracts.ts";
import { type Protocol } from "./deploy-protocol.ts";

/** Addresses of everything deployed, by name. */
export async function addressesOf(protocol: Protocol): Promise<Record<string, string>> {
  const contracts = [
    ...coreContracts(protocol),
    ["StakingLens", protocol.lens],
    ["PositionRenderer", protocol.renderer],
    ...Object.entries({ ...protocol.tokens, ...protocol.flexiblePools, ...protocol.fixedTermPools }),
  ] as const;
  const addresses: Record<string, string> = {};
  for (const [name, contract] of contracts) addresses[name] = await contract.getAddress();
  return addresses;
}

/** The same as a table. */
export async function addressTable(protocol: Protocol): Promise<string> {
  return table(["contract", "address"], Object.entries(await addressesOf(protocol)));
}

/** Who holds which role, and when it acts. */
export function roleTable({ roles, treasury }: ProtocolConfig): string {
  const rows = Object.entries(roles).map(([name, { account, delay }]) => [
    name,
    account,
    delay === 0n ? "acts at once" : `acts after ${formatDuration(delay)}`,
  ]);
  return table(["role", "account", ""], [...rows, ["treasury", treasury, "receives"]]);
}

/** The pools as the lens shows them, by the names that the protocol config gives them. */
export async function poolTable(protocol: Protocol): Promise<string> {
  const names = new Map<string, string>();
  for (const [name, pool] of Object.entries({ ...protocol.flexiblePools, ...protocol.fixedTermPools })) {
    names.set(await pool.getAddress(), name);
  }
  const views = await protocol.lens.pools(protocol.factory, 0, await protocol.factory.poolCount());
  const rows = views.map((view) => [
    names.get(view.info.pool) ?? view.info.pool,
    `${view.stakingToken.symbol} for ${view.rewardsToken.symbol}`,
    view.fixedTerm.termCount === 0n ? flexibleOffer(view) : fixedTermOffer(view),
    view.info.listed ? "listed" : "unlisted",
  ]);
  return table(["pool", "stake", "offer", ""], rows);
}

function flexibleOffer({ flexible, rewardsToken }: IStakingLens.PoolViewStructOutput): string {
  const reward = `${formatUnits(flexible.periodReward, rewardsToken.decimals)} ${rewardsToken.symbol}`;
  return `leave any time\n${reward} every ${formatDuration(flexible.rewardsDuration)}`;
}

function fixedTermOffer({ fixedTerm, rewardsToken }: IStakingLens.PoolViewStructOutput): string {
  const terms = fixedTerm.terms.map(({ state: { terms } }) => {
    const { duration, rate, penalty } = terms;
    const [start, end] = [formatPercentage(penalty.startBps, BPS), formatPercentage(penalty.endBps, BPS)];
    return `${formatDuration(duration)} at ${formatPercentage(rate, ONE)} a year, early exit ${start} falling to ${end}`;
  });
  const budget = `budget ${formatUnits(fixedTerm.availableBudget, rewardsToken.decimals)} ${rewardsToken.symbol}`;
  return [...terms, budget].join("\n");
}
