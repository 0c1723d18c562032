// What reaches a contract by another way while somebody pays in: a token with a callback lets it happen inside the transfer.
import { expect } from "chai";
import type { Addressable } from "ethers";
import { network } from "hardhat";

import type { PlainToken, ReenteringToken } from "../../types/index.js";
import { deploySchedule } from "../helpers/distributor.ts";
import { deployFixedTermPool, FULL_YEAR, MONTH_ID } from "../helpers/fixed-term.ts";
import { deployFlexiblePool, MAX_UINT256, ONE } from "../helpers/fixtures.ts";
import { CLAIM_DELAY, deployInsuranceFund, publish, roundOf } from "../helpers/insurance.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const PAID = 10n * ONE;
const OTHERWISE = 500n * ONE;

async function callbackToken(): Promise<{ token: PlainToken; armed: ReenteringToken }> {
  const armed = await ethers.deployContract("ReenteringToken");
  return { armed, token: await ethers.getContractAt("PlainToken", await armed.getAddress()) };
}

/** From now on each transfer of the token brings `OTHERWISE` units to `receiver` besides. */
async function arm(armed: ReenteringToken, receiver: Addressable): Promise<void> {
  const mint = armed.interface.encodeFunctionData("mint", [await receiver.getAddress(), OTHERWISE]);
  await armed.arm(armed, mint, true);
}

describe("What has gone wrong in the field: credits", () => {
  it("credits a stake of 10 with 10, when a round of the insurance fund that names the pool is claimed inside of it", async () => {
    const { armed, token } = await callbackToken();
    const { actors, pool } = await deployFlexiblePool(ethers, { sameToken: true, stakingToken: token });
    const insurance = await deployInsuranceFund(ethers, { token });
    await token.mint(insurance.fund, OTHERWISE);
    // The builder of rounds refuses a contract of the protocol as an account, which does not know this pool.
    const round = await roundOf({ ethers, fund: insurance.fund, token }, 0n, [
      { account: await pool.getAddress(), amount: OTHERWISE },
    ]);
    await publish(insurance, round);
    await time.increase(CLAIM_DELAY);
    const { index = 0n, account = "", amount = 0n, proof = [] } = round.claims[0] ?? {};
    const claim = insurance.fund.interface.encodeFunctionData("claim", [0n, index, account, amount, [...proof]]);
    await armed.arm(insurance.fund, claim, true);

    await expect(pool.connect(actors.alice).stake(PAID)).to.emit(pool, "Staked").withArgs(actors.alice, PAID);
    expect(await insurance.fund.isClaimed(0n, 0n)).to.equal(true);
    expect(await pool.balanceOf(actors.alice)).to.equal(PAID);
    expect(await token.balanceOf(pool)).to.equal(PAID + OTHERWISE);
    expect(await pool.liabilities(token)).to.equal(PAID);
  });

  it("opens a position of 10 for 10, whatever reaches the pool meanwhile", async () => {
    const { armed, token } = await callbackToken();
    const { actors, pool } = await deployFixedTermPool(ethers, { sameToken: true, stakingToken: token });
    await arm(armed, pool);
    await pool.connect(actors.alice).open(MONTH_ID, PAID, actors.alice, 0n);
    expect((await pool.position(1n)).principal).to.equal(PAID);
    expect(await pool.totalPrincipal()).to.equal(PAID);
  });

  it("adds 10 to the budget for a funding of 10, whatever reaches the pool meanwhile", async () => {
    const { armed, token } = await callbackToken();
    const { actors, pool } = await deployFixedTermPool(ethers, { rewardsToken: token, terms: [FULL_YEAR] });
    const before = await pool.availableBudget();
    await arm(armed, pool);
    await pool.connect(actors.funder).fund(PAID);
    expect(await pool.availableBudget()).to.equal(before + PAID);
  });

  it("adds 10 to a schedule for a funding of 10, whatever reaches the distributor meanwhile", async () => {
    const { armed, token } = await callbackToken();
    const { actors, distributor } = await deploySchedule(ethers, { token, budget: 100n * ONE });
    await token.connect(actors.funder).approve(distributor, MAX_UINT256);
    await token.mint(actors.funder, PAID);
    await arm(armed, distributor);
    await distributor.connect(actors.funder).fund(0n, PAID);
    expect((await distributor.schedule(0n)).balance).to.equal(PAID);
    expect(await distributor.liabilities(token)).to.equal(PAID);
  });
});
