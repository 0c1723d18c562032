import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, ONE, PERIOD } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function idle() {
  return deployFlexiblePool(ethers);
}

/** Alice alone is staked and receives one unit a second; `started` is when the stream began. */
async function running() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(64n);
  await fund(fixture, PERIOD);
  return { ...fixture, started: BigInt(await time.latest()) };
}

async function oneToken() {
  const fixture = await deployFlexiblePool(ethers, { sameToken: true });
  await fixture.pool.connect(fixture.actors.alice).stake(100n * ONE);
  return fixture;
}

describe("FlexiblePool", () => {
  describe("notifyRewardAmount", () => {
    it("streams the whole amount over a period, to the unit", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
      const reward = 1_000_003n;
      await pool.connect(actors.alice).stake(64n);
      await rewardsToken.mint(pool, reward);
      await expect(pool.connect(actors.funder).notifyRewardAmount(reward))
        .to.emit(pool, "RewardAdded")
        .withArgs(reward);
      const started = BigInt(await time.latest());
      expect(await pool.periodFinish()).to.equal(started + PERIOD);
      expect(await pool.lastUpdateTime()).to.equal(started);
      expect(await pool.getRewardForDuration()).to.equal(reward);
      expect(await pool.rewardRate()).to.equal(1n);
      expect(await pool.rewardsOwed()).to.equal(reward);
      await time.increaseTo(started + PERIOD);
      // No unit is floored away with the rate; at most one is in the accumulator's rounding.
      expect(await pool.earned(actors.alice)).to.be.within(reward - 1n, reward);
    });

    it("adds what the running period has left, and takes nothing from what was earned", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(running);
      await rewardsToken.mint(pool, PERIOD);
      await time.setNextBlockTimestamp(started + 2n * DAY);
      await pool.connect(actors.funder).notifyRewardAmount(PERIOD);
      expect(await pool.earned(actors.alice)).to.equal(2n * DAY);
      expect(await pool.getRewardForDuration()).to.equal(2n * PERIOD - 2n * DAY);
      expect(await pool.periodFinish()).to.equal(started + 2n * DAY + PERIOD);
      await time.increase(PERIOD);
      expect(await pool.earned(actors.alice)).to.be.within(2n * PERIOD - 1n, 2n * PERIOD);
    });

    it("rounds what the running period has left down", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
      await pool.connect(actors.alice).stake(64n);
      await rewardsToken.mint(pool, 3_000_003n);
      await pool.connect(actors.funder).notifyRewardAmount(1_000_003n);
      await time.setNextBlockTimestamp(BigInt(await time.latest()) + DAY);
      await pool.connect(actors.funder).notifyRewardAmount(2_000_000n);
      expect(await pool.getRewardForDuration()).to.equal(2_000_000n + 857_145n); // 1,000,003 × 6 / 7 = 857,145.4…
    });

    it("starts anew at the period's last second, as after it", async () => {
      const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(running);
      await rewardsToken.mint(pool, 700n);
      await time.setNextBlockTimestamp(started + PERIOD);
      await pool.connect(actors.funder).notifyRewardAmount(700n);
      expect(await pool.earned(actors.alice)).to.equal(PERIOD);
      expect(await pool.getRewardForDuration()).to.equal(700n);
      expect(await pool.periodFinish()).to.equal(started + 2n * PERIOD);
    });

    it("adds up when notified twice in one second", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
      await pool.connect(actors.alice).stake(64n);
      await rewardsToken.mint(pool, 2n * PERIOD);
      await ethers.provider.send("evm_setAutomine", [false]);
      const funder = pool.connect(actors.funder);
      const sent = [await funder.notifyRewardAmount(PERIOD), await funder.notifyRewardAmount(PERIOD)];
      await networkHelpers.mine();
      await ethers.provider.send("evm_setAutomine", [true]);
      await Promise.all(sent.map((transaction) => transaction.wait()));
      expect(await pool.getRewardForDuration()).to.equal(2n * PERIOD);
      await time.increase(PERIOD);
      expect(await pool.earned(actors.alice)).to.equal(2n * PERIOD);
    });

    describe("given that nobody is staked", () => {
      it("starts the period afresh, with everything that nobody received", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
        await rewardsToken.mint(pool, 3n * PERIOD);
        const funder = pool.connect(actors.funder);
        await funder.notifyRewardAmount(PERIOD);
        await time.increase(100n * DAY);
        await funder.notifyRewardAmount(2n * PERIOD);
        expect(await pool.getRewardForDuration()).to.equal(3n * PERIOD);
        expect(await pool.periodFinish()).to.equal(BigInt(await time.latest()) + PERIOD);
        await time.increase(100n * DAY);
        await pool.connect(actors.alice).stake(64n);
        await time.increase(PERIOD);
        expect(await pool.earned(actors.alice)).to.equal(3n * PERIOD);
      });

      it("counts what was left when the last one left in the middle of a period", async () => {
        const { actors, pool, rewardsToken, started } = await networkHelpers.loadFixture(running);
        await time.setNextBlockTimestamp(started + 2n * DAY);
        await pool.connect(actors.alice).exit();
        await time.increase(100n * DAY);
        await rewardsToken.mint(pool, PERIOD);
        await pool.connect(actors.funder).notifyRewardAmount(PERIOD);
        expect(await pool.getRewardForDuration()).to.equal(2n * PERIOD - 2n * DAY);
      });
    });

    describe("when the tokens have not arrived", () => {
      it("reverts, and says what is accounted to nobody", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(running);
        await rewardsToken.mint(pool, PERIOD);
        await expect(pool.connect(actors.funder).notifyRewardAmount(PERIOD + 1n))
          .to.be.revertedWithCustomError(pool, "PoolRewardNotReceived")
          .withArgs(PERIOD + 1n, PERIOD);
      });

      it("never takes principal for a reward, where both tokens are the same", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(oneToken);
        const funder = pool.connect(actors.funder);
        await expect(funder.notifyRewardAmount(1n))
          .to.be.revertedWithCustomError(pool, "PoolRewardNotReceived")
          .withArgs(1n, 0n);
        await rewardsToken.mint(pool, ONE);
        await funder.notifyRewardAmount(ONE);
        await expect(funder.notifyRewardAmount(1n))
          .to.be.revertedWithCustomError(pool, "PoolRewardNotReceived")
          .withArgs(1n, 0n);
      });
    });

    describe("when the amount could leave the supported range", () => {
      it("reverts, and says how much can be notified", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
        const maximum = 2n ** 128n - 2n ** 80n;
        await rewardsToken.mint(pool, 2n ** 130n);
        const funder = pool.connect(actors.funder);
        for (const reward of [maximum + 1n, 2n ** 130n]) {
          await expect(funder.notifyRewardAmount(reward))
            .to.be.revertedWithCustomError(pool, "PoolRewardOutOfRange")
            .withArgs(reward, maximum);
        }
        await expect(funder.notifyRewardAmount(maximum)).not.to.be.revert(ethers);
      });

      it("counts what one staked unit has accumulated, and what is still streaming", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
        const half = 2n ** 127n;
        await rewardsToken.mint(pool, 2n ** 129n);
        await pool.connect(actors.alice).stake(1n);
        const funder = pool.connect(actors.funder);
        await funder.notifyRewardAmount(half);
        await time.increase(2n * PERIOD);
        await pool.connect(actors.alice).getReward(); // nothing is owed any more, but the accumulator stands at 2^127
        await expect(funder.notifyRewardAmount(half))
          .to.be.revertedWithCustomError(pool, "PoolRewardOutOfRange")
          .withArgs(half, half - 1n);
        await funder.notifyRewardAmount(half - 1n);
        await expect(funder.notifyRewardAmount(2n)).to.be.revertedWithCustomError(pool, "PoolRewardOutOfRange");
        await time.increase(2n * PERIOD);
        expect(await pool.earned(actors.alice)).to.equal(half - 1n);
        await expect(pool.connect(actors.alice).exit()).not.to.be.revert(ethers);
      });

      it("counts it to the last digit, which still leaves room for a whole unit", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(idle);
        const { alice, bob } = actors;
        const funder = pool.connect(actors.funder);
        await rewardsToken.mint(pool, 2n ** 129n);
        await pool.connect(alice).stake(1n);
        await funder.notifyRewardAmount(2n ** 127n);
        await time.increase(PERIOD);
        await pool.connect(alice).getReward();
        // In half a period each of 2^95 units accumulates (2^96 − 1) / 2^96: every digit after the point is 1.
        await pool.connect(bob).stake(2n ** 95n - 1n);
        await funder.notifyRewardAmount(2n ** 96n - 1n);
        const middle = BigInt(await time.latest()) + PERIOD / 2n;
        const maximum = 2n ** 127n - 1n - 2n ** 95n; // 2^95 are still streaming
        await time.setNextBlockTimestamp(middle);
        await expect(funder.notifyRewardAmount(maximum + 1n, { gasLimit: 1_000_000n }))
          .to.be.revertedWithCustomError(pool, "PoolRewardOutOfRange")
          .withArgs(maximum + 1n, maximum);
      });
    });

    it("reverts when the amount is zero", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(running);
      await expect(pool.connect(actors.funder).notifyRewardAmount(0n))
        .to.be.revertedWithCustomError(pool, "PoolZeroAmount")
        .withArgs();
    });

    it("reverts for everybody but funders", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(running);
      await rewardsToken.mint(pool, PERIOD);
      for (const caller of [actors.stranger, actors.alice, actors.governor, actors.guardian]) {
        await expect(pool.connect(caller).notifyRewardAmount(PERIOD))
          .to.be.revertedWithCustomError(pool, "PoolNotFunder")
          .withArgs(caller);
      }
    });

    it("reverts once the clock is past 32 bits, where every exit still works", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(running);
      await rewardsToken.mint(pool, 2n * PERIOD);
      await time.increaseTo(2n ** 32n - PERIOD - 1n);
      const funder = pool.connect(actors.funder);
      await expect(funder.notifyRewardAmount(PERIOD))
        .to.be.revertedWithCustomError(pool, "SafeCastOverflowedUintDowncast")
        .withArgs(32n, 2n ** 32n);
      await time.increaseTo(2n ** 32n + DAY);
      await pool.connect(actors.bob).stake(64n);
      await expect(pool.connect(actors.alice).exit()).to.emit(pool, "RewardPaid").withArgs(actors.alice, PERIOD);
      await expect(pool.connect(actors.bob).exit()).not.to.be.revert(ethers);
    });
  });
});
