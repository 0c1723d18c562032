import { DAY } from "@termstake/sdk/units";
import { parseEther } from "ethers";

import { governs, type GovernedCall } from "../governance.ts";
import { DAILY, MONTHLY, SCHEDULE, type Chapter } from "../plan.ts";
import type { Stage } from "../stage.ts";

/** `PoolKind.Flexible` of the contracts. */
const FEE_BPS = 1_000n;
const BUDGET_WITHDRAWN = parseEther("250000");

/** What governance does, each time announced a day before. */
export async function governanceChapters(stage: Stage, start: bigint): Promise<Chapter[]> {
  const opening = governs(stage, await extensions(stage, start));
  const closing = governs(stage, await withdrawals(stage));
  return [
    { day: 0, what: "The operator announces two schedules and a listing", play: opening.announce },
    { day: 1, what: "A day later the operator carries it out", play: opening.carryOut },
    {
      day: 360,
      what: "The operator announces to withdraw budget and to end the daily schedule",
      play: closing.announce,
    },
    { day: 361, what: "A day later both are done", play: closing.carryOut },
  ];
}

/** The daily schedule for liquidity, the monthly one for ether, and the mark that governance knows a pool. */
async function extensions({ protocol, tokens, flexible }: Stage, start: bigint): Promise<GovernedCall[]> {
  const { distributor, factory } = protocol;
  const [liquidity, ether] = [await flexible.Liquidity.getAddress(), await flexible.Ether.getAddress()];
  const schedule = async (token: string, epoch: bigint, budget: bigint, epochs: bigint, pool: string) => ({
    target: await distributor.getAddress(),
    data: distributor.interface.encodeFunctionData("createSchedule", [
      { token, epoch, budget, start: start + 3n * DAY, epochs, feeBps: FEE_BPS },
      [{ pool, weight: 1n }],
    ]),
  });
  return [
    await schedule(await tokens.TSK.getAddress(), DAY, DAILY.budget, DAILY.epochs, liquidity),
    await schedule(await tokens.USDX.getAddress(), 30n * DAY, MONTHLY.budget, MONTHLY.epochs, ether),
    {
      target: await factory.getAddress(),
      data: factory.interface.encodeFunctionData("setListed", [liquidity, true]),
    },
  ];
}

async function withdrawals({ protocol: { distributor }, people, fixed: { Fixed } }: Stage): Promise<GovernedCall[]> {
  return [
    {
      target: await Fixed.getAddress(),
      data: Fixed.interface.encodeFunctionData("withdrawBudget", [people.Treasury.address, BUDGET_WITHDRAWN]),
    },
    {
      target: await distributor.getAddress(),
      data: distributor.interface.encodeFunctionData("endSchedule", [SCHEDULE.daily, people.Sponsor.address]),
    },
  ];
}
