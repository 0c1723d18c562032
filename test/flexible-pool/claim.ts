import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** Alice alone receives one reward token a second; `started` is when the stream began. */
async function alone() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(64n);
  await fund(fixture, PERIOD * ONE);
  return { ...fixture, started: BigInt(await time.latest()) };
}

/** Payments above 2^80 units: one rewards token of a trillion base units a staked unit and second. */
async function rich() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(64n);
  await fund(fixture, PERIOD * 2n ** 80n);
  return { ...fixture, started: BigInt(await time.latest()) };
}

describe("FlexiblePool", () => {
  describe("getReward", () => {
    it("pays everything that the caller earned", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(alone);
      await time.setNextBlockTimestamp(started + DAY);
      const claimed = pool.connect(actors.alice).getReward();
      await expect(claimed)
        .to.emit(pool, "RewardPaid")
        .withArgs(actors.alice, DAY * ONE);
      await expect(claimed).to.changeTokenBalances(ethers, rewardsToken, [pool, actors.alice], [-DAY * ONE, DAY * ONE]);
      expect(await pool.earned(actors.alice)).to.equal(0n);
      expect(await pool.rewardsOwed()).to.equal((PERIOD - DAY) * ONE);
      expect(await pool.balanceOf(actors.alice)).to.equal(64n);
    });

    it("pays nothing and says nothing when nothing was earned", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(alone);
      const claimed = pool.connect(actors.carol).getReward();
      await expect(claimed).not.to.emit(pool, "RewardPaid");
      await expect(claimed).to.changeTokenBalance(ethers, rewardsToken, actors.carol, 0n);
    });

    it("pays the same in all, whether claimed once or every hour", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(alone);
      for (let hour = 1n; hour <= 48n; hour++) {
        await time.setNextBlockTimestamp(started + hour * 3_600n);
        await pool.connect(actors.alice).getReward();
      }
      expect(await rewardsToken.balanceOf(actors.alice)).to.equal(2n * DAY * ONE);
    });

    it("pays the whole stream once its period is over, and no more", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(alone);
      await time.increase(10n * PERIOD);
      await pool.connect(actors.alice).getReward();
      expect(await rewardsToken.balanceOf(actors.alice)).to.equal(PERIOD * ONE);
      expect(await pool.rewardsOwed()).to.equal(0n);
      await time.increase(PERIOD);
      expect(await pool.earned(actors.alice)).to.equal(0n);
    });

    it("shares exactly while rewards per staked unit outgrow half a slot, again and again", async () => {
      const { actors, pool, started } = await networkHelpers.loadFixture(rich);
      const { alice, bob, carol } = actors;
      const day = DAY * 2n ** 80n;
      await time.setNextBlockTimestamp(started + DAY);
      await pool.connect(bob).stake(64n);
      await time.setNextBlockTimestamp(started + 2n * DAY);
      await pool.connect(carol).stake(128n);
      await time.increaseTo(started + 3n * DAY);
      expect(await pool.earned(alice)).to.equal(day + day / 2n + day / 4n);
      expect(await pool.earned(bob)).to.equal(day / 2n + day / 4n);
      expect(await pool.earned(carol)).to.equal(day / 2n);
      await time.increaseTo(started + PERIOD);
      const streams = await Promise.all([alice, bob, carol].map((account) => pool.earned(account)));
      expect(streams.reduce((sum, earned) => sum + earned, 0n)).to.equal(PERIOD * 2n ** 80n);
      for (const account of [alice, bob, carol]) await pool.connect(account).exit();
      expect(await pool.rewardsOwed()).to.equal(0n);
    });

    it("reverts with the token's error when the token refuses, and keeps the reward", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(alone);
      await time.increase(DAY);
      const address = await pool.getAddress();
      await ethers.provider.send("hardhat_impersonateAccount", [address]);
      await networkHelpers.setBalance(address, ONE);
      await rewardsToken.connect(await ethers.getSigner(address)).transfer(actors.carol, PERIOD * ONE);
      const before = await pool.earned(actors.alice);
      await expect(pool.connect(actors.alice).getReward()).to.be.revertedWithCustomError(
        rewardsToken,
        "ERC20InsufficientBalance",
      );
      expect(await pool.earned(actors.alice)).to.be.greaterThanOrEqual(before);
    });

    describe("given payments above what the period's slot can count", () => {
      it("counts them all, across the boundary and beyond", async () => {
        const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(rich);
        let paid = 0n;
        for (const seconds of [1n, 2n, 1_000n, DAY, PERIOD]) {
          await time.setNextBlockTimestamp(started + seconds);
          const due = seconds * 2n ** 80n - paid;
          await expect(pool.connect(actors.alice).getReward()).to.emit(pool, "RewardPaid").withArgs(actors.alice, due);
          paid += due;
          expect(await pool.rewardsOwed()).to.equal(PERIOD * 2n ** 80n - paid);
        }
        expect(await rewardsToken.balanceOf(actors.alice)).to.equal(PERIOD * 2n ** 80n);
        expect(await pool.rewardsOwed()).to.equal(0n);
      });
    });

    it("counts payments up to 2^80 - 1 units exactly, and one more", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(alone);
      const limit = 2n ** 80n - 1n;
      await rewardsToken.mint(pool, 2n ** 90n);
      await time.increase(PERIOD);
      await pool.connect(actors.alice).getReward();
      await pool.connect(actors.funder).notifyRewardAmount(limit);
      await time.increase(PERIOD);
      await expect(pool.connect(actors.alice).getReward()).to.emit(pool, "RewardPaid").withArgs(actors.alice, limit);
      expect(await pool.rewardsOwed()).to.equal(0n);
      await pool.connect(actors.funder).notifyRewardAmount(limit + 1n);
      await time.increase(PERIOD);
      await expect(pool.connect(actors.alice).getReward())
        .to.emit(pool, "RewardPaid")
        .withArgs(actors.alice, limit + 1n);
      expect(await pool.rewardsOwed()).to.equal(0n);
    });
  });

  describe("getRewardFor", () => {
    it("pays only the account, whoever calls", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(alone);
      const { alice, stranger } = actors;
      await time.setNextBlockTimestamp(started + DAY);
      const claimed = pool.connect(stranger).getRewardFor(alice);
      await expect(claimed)
        .to.emit(pool, "RewardPaid")
        .withArgs(alice, DAY * ONE);
      await expect(claimed).to.changeTokenBalances(ethers, rewardsToken, [alice, stranger], [DAY * ONE, 0n]);
    });

    it("pays nothing to an account that earned nothing", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(alone);
      await expect(pool.connect(actors.alice).getRewardFor(actors.carol)).not.to.emit(pool, "RewardPaid");
    });
  });

  describe("getRewardTo", () => {
    it("pays the caller's reward to the receiver", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(alone);
      const { alice, bob } = actors;
      await time.setNextBlockTimestamp(started + DAY);
      const claimed = pool.connect(alice).getRewardTo(bob);
      await expect(claimed)
        .to.emit(pool, "RewardPaid")
        .withArgs(alice, DAY * ONE);
      await expect(claimed).to.changeTokenBalances(ethers, rewardsToken, [alice, bob], [0n, DAY * ONE]);
    });

    it("reverts for receivers that could never use it", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(alone);
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).getRewardTo(receiver))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
    });
  });
});
