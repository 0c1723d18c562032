// An account that has some of everything, so that each page has something to show.
import { RewardDistributor__factory } from "@termstake/sdk/ethers";
import { MaxUint256, type BaseContract, type Wallet } from "ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "./chain.ts";

/** A position that `furnish` opens. */
interface Opened {
  readonly pool: "fixed" | "fixedForDollars";
  readonly termId: number;
  readonly principal: bigint;
  /** Weeks that pass after it was opened. */
  readonly weeksAfter: number;
}

/** After nine weeks the first is mature, the others are not. */
const OPENED: readonly Opened[] = [
  { pool: "fixed", termId: 0, principal: tsk(1_200), weeksAfter: 3 },
  { pool: "fixed", termId: 3, principal: tsk(25_000), weeksAfter: 2 },
  { pool: "fixedForDollars", termId: 0, principal: tsk("4321.5"), weeksAfter: 2 },
  { pool: "fixed", termId: 1, principal: tsk(8_000), weeksAfter: 2 },
];

/**
 * Gives an account a stake that has earned, a mature position and running ones of both pools, one of which auto-renews,
 * and a history with a claim, a withdrawal and an early exit. Others stake too, so that rates and totals are likely ones.
 */
export async function furnish(chain: Chain, account: Wallet): Promise<void> {
  const { flexible, fixed, fixedForDollars, stake } = chain;
  const others = await chain.account(tsk(20_000_000));
  for (const wallet of [others, account])
    for (const pool of [flexible, fixed, fixedForDollars])
      await mined(stake.connect(wallet).approve(await addressOf(pool), MaxUint256));

  await mined(flexible.connect(others).stake(tsk(11_940_000)));
  await mined(fixed.connect(others).open(0, tsk(96_000), others, 0));
  await mined(fixed.connect(others).open(1, tsk(310_000), others, 0));
  await mined(fixed.connect(others).open(2, tsk(742_500), others, 0));
  await mined(fixed.connect(others).open(3, tsk(1_185_000), others, 0));
  await mined(fixedForDollars.connect(others).open(1, tsk(268_000), others, 0));
  await mined(flexible.connect(account).stake(tsk(15_000)));
  for (const { pool, termId, principal, weeksAfter } of OPENED) {
    await mined(chain[pool].connect(account).open(termId, principal, account, 0));
    for (let week = 0; week < weeksAfter; week += 1) {
      await chain.pass(7 * DAY);
      await distribute(chain, flexible);
    }
  }
  const longest = (await chain.positions(fixed, account.address))[1];
  if (longest === undefined) throw new Error("No position was opened");
  await mined(flexible.connect(account).getReward());
  await mined(flexible.connect(account).withdraw(tsk(2_500)));
  await mined(fixed.connect(account).withdrawEarly(longest, tsk(5_000), account, 0, 0));
  const remainder = (await chain.positions(fixed, account.address)).at(-1) ?? 0n;
  await mined(fixed.connect(account).setAutoRenew(remainder, 3, 7 * DAY, false));
  for (const pool of [flexible, fixed, fixedForDollars])
    await mined(stake.connect(account).approve(await addressOf(pool), 0)); // as it is for those who come by the page
  await chain.pass(2 * DAY);
}

/** Pays a pool what the protocol config's schedule owes it, as anybody may. */
async function distribute(chain: Chain, pool: BaseContract): Promise<void> {
  const { RewardDistributor } = chain.deployment.contracts;
  const distributor = RewardDistributor__factory.connect(RewardDistributor, await chain.deployer());
  await mined(distributor.distribute(0, await addressOf(pool)));
}
