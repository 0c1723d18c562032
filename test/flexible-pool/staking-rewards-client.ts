import { expect } from "chai";
import { Contract, EventLog, type Interface } from "ethers";
import { network } from "hardhat";
import { z } from "zod";

import { DAY, deployFlexiblePool, MAX_UINT256, ONE, PERIOD } from "../helpers/fixtures.ts";
import { signPermit } from "../helpers/permit.ts";
import { publishedBuild } from "../helpers/published.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** What that ABI has and no client needs to work: internals of the pool it was generated from. */
const INTERNALS = ["rewardPerTokenStored", "rewards", "rewardsDistribution", "userRewardPerTokenPaid"];

async function connected() {
  const fixture = await deployFlexiblePool(ethers);
  const { abi } = await publishedBuild("@uniswap/liquidity-staker/build/StakingRewards.json");
  const client = new Contract(await fixture.pool.getAddress(), abi, ethers.provider);
  return { ...fixture, client };
}

describe("A client that knows only the StakingRewards ABI", () => {
  it("finds every function and event of it, unchanged", async () => {
    const { client, pool } = await networkHelpers.loadFixture(connected);
    const abi: Interface = pool.interface;
    const checked: string[] = [];
    client.interface.forEachFunction((published) => {
      if (INTERNALS.includes(published.name)) return;
      const ours = abi.getFunction(published.selector);
      expect(ours?.format("sighash"), published.name).to.equal(published.format("sighash"));
      expect(ours?.outputs.map(({ type }) => type)).to.deep.equal(published.outputs.map(({ type }) => type));
      expect(ours?.stateMutability).to.equal(published.stateMutability);
      checked.push(published.name);
    });
    client.interface.forEachEvent((published) => {
      const ours = abi.getEvent(published.topicHash);
      expect(ours?.format("minimal"), published.name).to.equal(published.format("minimal"));
      checked.push(published.name);
    });
    expect(checked).to.have.lengthOf(22);
  });

  it("stakes, follows the stream, claims, withdraws and exits", async () => {
    const { actors, client, stakingToken, rewardsToken } = await networkHelpers.loadFixture(connected);
    const { alice, bob, funder } = actors;
    const send = (signer: typeof alice, name: string, ...args: unknown[]) =>
      client
        .connect(signer)
        .getFunction(name)
        .send(...args);
    const read = async (name: string, ...args: unknown[]): Promise<bigint> =>
      z.bigint().parse(await client.getFunction(name).staticCall(...args));

    expect(await client.getFunction("stakingToken")()).to.equal(await stakingToken.getAddress());
    expect(await client.getFunction("rewardsToken")()).to.equal(await rewardsToken.getAddress());
    expect(await read("rewardsDuration")).to.equal(PERIOD);

    const staked = await send(alice, "stake", 64n);
    await expect(staked).to.emit(client, "Staked").withArgs(alice, 64n);
    await stakingToken.connect(bob).approve(client, 0n);
    const { v, r, s } = await signPermit(stakingToken, bob, await client.getAddress(), 64n, MAX_UINT256);
    await send(bob, "stakeWithPermit", 64n, MAX_UINT256, v, r, s);
    expect(await read("totalSupply")).to.equal(128n);
    expect(await read("balanceOf", bob)).to.equal(64n);

    await rewardsToken.mint(client, PERIOD * ONE);
    const notified = await send(funder, "notifyRewardAmount", PERIOD * ONE);
    await expect(notified)
      .to.emit(client, "RewardAdded")
      .withArgs(PERIOD * ONE);
    const started = BigInt(await time.latest());
    expect(await read("rewardRate")).to.equal(ONE);
    expect(await read("getRewardForDuration")).to.equal(PERIOD * ONE);
    expect(await read("periodFinish")).to.equal(started + PERIOD);
    expect(await read("lastUpdateTime")).to.equal(started);

    await time.increaseTo(started + DAY);
    expect(await read("lastTimeRewardApplicable")).to.equal(started + DAY);
    expect(await read("rewardPerToken")).to.equal((DAY * ONE * ONE) / 128n);
    expect(await read("earned", alice)).to.equal((DAY * ONE) / 2n);

    await time.setNextBlockTimestamp(started + 2n * DAY);
    await expect(send(alice, "getReward"))
      .to.emit(client, "RewardPaid")
      .withArgs(alice, DAY * ONE);
    await expect(send(alice, "withdraw", 14n))
      .to.emit(client, "Withdrawn")
      .withArgs(alice, 14n);

    await time.increaseTo(started + PERIOD);
    for (const staker of [alice, bob]) await (await send(staker, "exit")).wait();
    expect(await read("totalSupply")).to.equal(0n);
    const paid = (await rewardsToken.balanceOf(alice)) + (await rewardsToken.balanceOf(bob));
    expect(paid).to.be.within(PERIOD * ONE - 3n, PERIOD * ONE);
  });

  it("rebuilds every balance and payment from the events alone", async () => {
    const { actors, client, pool, rewardsToken } = await networkHelpers.loadFixture(connected);
    const { alice, bob, carol, funder } = actors;
    await pool.connect(alice).stake(100n);
    await pool.connect(alice).stakeFor(bob, 50n);
    await rewardsToken.mint(pool, PERIOD * ONE);
    await pool.connect(funder).notifyRewardAmount(PERIOD * ONE);
    await time.increase(DAY);
    await pool.connect(alice).withdraw(30n);
    await pool.connect(carol).getRewardFor(alice);
    await time.increase(DAY);
    await pool.connect(bob).exit();

    const sum = async (event: string, user: string): Promise<bigint> => {
      const logs = await client.queryFilter(client.getEvent(event)(user));
      const amounts = logs.map((log) => (log instanceof EventLog ? z.bigint().parse(log.args[1]) : 0n));
      return amounts.reduce((total, amount) => total + amount, 0n);
    };
    for (const { address } of [alice, bob, carol]) {
      expect((await sum("Staked", address)) - (await sum("Withdrawn", address))).to.equal(
        await pool.balanceOf(address),
      );
      expect(await sum("RewardPaid", address)).to.equal(await rewardsToken.balanceOf(address));
    }
  });
});
