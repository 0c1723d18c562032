import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function limited() {
  return deployFlexiblePool(ethers, { minimumStake: 10n, cap: 1_000n });
}

async function streaming() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(100n * ONE);
  await fund(fixture, 700n * ONE);
  return fixture;
}

async function waiting() {
  const fixture = await deployFlexiblePool(ethers);
  await fund(fixture, PERIOD);
  return fixture;
}

describe("FlexiblePool", () => {
  describe("stake", () => {
    it("moves the tokens and credits the caller", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(limited);
      const { alice } = actors;
      const staked = pool.connect(alice).stake(40n);
      await expect(staked).to.emit(pool, "Staked").withArgs(alice, 40n);
      await expect(staked).to.changeTokenBalances(ethers, stakingToken, [alice, pool], [-40n, 40n]);
      expect(await pool.balanceOf(alice)).to.equal(40n);
      expect(await pool.totalSupply()).to.equal(40n);
    });

    it("adds to what is staked and keeps what is earned", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(streaming);
      await time.increase(DAY);
      const before = await pool.earned(actors.alice);
      await pool.connect(actors.alice).stake(300n * ONE);
      expect(await pool.balanceOf(actors.alice)).to.equal(400n * ONE);
      const oneSecond = (700n * ONE) / PERIOD;
      expect(await pool.earned(actors.alice)).to.be.closeTo(before + oneSecond, 1n);
    });

    it("accepts the minimum and fills the cap to the last unit", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      await pool.connect(actors.alice).stake(10n);
      await pool.connect(actors.bob).stake(990n);
      expect(await pool.totalSupply()).to.equal(1_000n);
    });

    it("reverts when the amount is zero", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      await expect(pool.connect(actors.alice).stake(0n))
        .to.be.revertedWithCustomError(pool, "PoolZeroAmount")
        .withArgs();
    });

    it("reverts when the amount is below the minimum, even for somebody with a stake", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      await pool.connect(actors.alice).stake(10n);
      await expect(pool.connect(actors.alice).stake(9n))
        .to.be.revertedWithCustomError(pool, "PoolBelowMinimum")
        .withArgs(9n, 10n);
    });

    it("reverts when the cap has no room, and says how much is left", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      await pool.connect(actors.alice).stake(400n);
      await expect(pool.connect(actors.bob).stake(601n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(601n, 600n);
    });

    it("reverts with the token's error when the caller approved too little", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(limited);
      await stakingToken.connect(actors.alice).approve(pool, 39n);
      await expect(pool.connect(actors.alice).stake(40n))
        .to.be.revertedWithCustomError(stakingToken, "ERC20InsufficientAllowance")
        .withArgs(pool, 39n, 40n);
    });

    it("rounds what was earned before against whoever joins, and never in their favour", async () => {
      const fixture = await deployFlexiblePool(ethers, { cap: 10n ** 24n });
      const { actors, pool } = fixture;
      await pool.connect(actors.alice).stake(3n * ONE);
      await fund(fixture, PERIOD * ONE); // a whole token a second
      const started = BigInt(await time.latest());
      await time.setNextBlockTimestamp(started + 100n);
      await pool.connect(actors.bob).stake(ONE); // after 100/3 for each unit: no whole number of any digits
      await time.increaseTo(started + 500n);
      expect(await pool.earned(actors.bob)).to.equal(100n * ONE - 1n);
    });

    describe("given a stream that nobody was staked to receive", () => {
      it("starts the clock: the whole stream is still to come", async () => {
        const { actors, pool } = await networkHelpers.loadFixture(waiting);
        await time.increase(3n * PERIOD);
        await pool.connect(actors.alice).stake(1n);
        const started = BigInt(await time.latest());
        expect(await pool.periodFinish()).to.equal(started + PERIOD);
        expect(await pool.lastUpdateTime()).to.equal(started);
        expect(await pool.earned(actors.alice)).to.equal(0n);

        await time.increaseTo(started + PERIOD);
        expect(await pool.earned(actors.alice)).to.equal(PERIOD);
      });
    });

    describe("given that everybody left in the middle of a period", () => {
      it("streams the rest from the next stake on, but for a rounding", async () => {
        const { actors, pool } = await networkHelpers.loadFixture(waiting);
        await pool.connect(actors.alice).stake(ONE);
        const started = BigInt(await time.latest());
        await time.setNextBlockTimestamp(started + 2n * DAY);
        await pool.connect(actors.alice).exit();

        await time.increase(30n * DAY);
        await pool.connect(actors.bob).stake(ONE);
        const resumed = BigInt(await time.latest());
        expect(await pool.periodFinish()).to.equal(resumed + PERIOD - 2n * DAY);
        await time.increaseTo(resumed + PERIOD);
        expect(await pool.earned(actors.bob)).to.be.within(PERIOD - 2n * DAY - 1n, PERIOD - 2n * DAY);
      });
    });

    describe("given a period that ended while somebody was staked", () => {
      it("does not move its end", async () => {
        const { actors, pool } = await networkHelpers.loadFixture(streaming);
        await time.increase(PERIOD);
        const finished = await pool.periodFinish();
        await pool.connect(actors.alice).exit();
        await time.increase(DAY);
        await pool.connect(actors.bob).stake(ONE);
        await time.increase(DAY);
        expect(await pool.periodFinish()).to.equal(finished);
        expect(await pool.earned(actors.bob)).to.equal(0n);
      });
    });
  });

  describe("stakeFor", () => {
    it("takes the caller's tokens and credits the account, who alone can withdraw them", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(limited);
      const { alice, bob } = actors;
      const staked = pool.connect(alice).stakeFor(bob, 50n);
      await expect(staked).to.emit(pool, "Staked").withArgs(bob, 50n);
      await expect(staked).to.changeTokenBalances(ethers, stakingToken, [alice, bob, pool], [-50n, 0n, 50n]);
      expect(await pool.balanceOf(alice)).to.equal(0n);
      await expect(pool.connect(alice).withdraw(50n))
        .to.be.revertedWithCustomError(pool, "PoolInsufficientStake")
        .withArgs(alice, 50n, 0n);
      await expect(pool.connect(bob).withdraw(50n)).to.changeTokenBalance(ethers, stakingToken, bob, 50n);
    });

    it("takes nothing from what the account earned, but for a rounding below 2^-24 units", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(streaming);
      await time.increase(DAY);
      const before = await pool.earned(actors.alice);
      for (let i = 0; i < 20; i++) await pool.connect(actors.bob).stakeFor(actors.alice, 1n);
      expect(await pool.earned(actors.alice)).to.be.greaterThan(before);
    });

    it("reverts for accounts that could never withdraw", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      for (const account of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).stakeFor(account, 50n))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(account);
      }
    });

    it("obeys the limits and the pause as stake does", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(limited);
      const { alice, bob, guardian } = actors;
      const payer = pool.connect(alice);
      await expect(payer.stakeFor(bob, 0n)).to.be.revertedWithCustomError(pool, "PoolZeroAmount").withArgs();
      await expect(payer.stakeFor(bob, 9n)).to.be.revertedWithCustomError(pool, "PoolBelowMinimum").withArgs(9n, 10n);
      await expect(payer.stakeFor(bob, 1_001n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(1_001n, 1_000n);
      await pool.connect(guardian).pause();
      await expect(payer.stakeFor(bob, 50n)).to.be.revertedWithCustomError(pool, "PoolPaused").withArgs();
    });
  });

  describe("a pool without cap", () => {
    it("holds 2^96 - 1 units and returns them all", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(waiting);
      const { alice, bob } = actors;
      const cap = await pool.cap();
      await pool.connect(alice).stake(cap);
      await expect(pool.connect(bob).stake(1n)).to.be.revertedWithCustomError(pool, "PoolCapExceeded").withArgs(1n, 0n);
      await time.increase(PERIOD);
      expect(await pool.earned(alice)).to.be.closeTo(PERIOD, 1n);
      await expect(pool.connect(alice).exit()).to.changeTokenBalance(ethers, stakingToken, alice, cap);
    });
  });
});
