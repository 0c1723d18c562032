import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, ONE, PERIOD } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** Where a pool keeps these: snapshots/storage-layout.json has the same, held against the build. */
const SLOT = { checkpoint: 1, period: 2, ledger: 3 };

async function fresh() {
  return deployFlexiblePool(ethers);
}

/** One unit a second, since `started`, for nobody yet. */
async function waiting() {
  const fixture = await deployFlexiblePool(ethers);
  await fund(fixture, PERIOD);
  return { ...fixture, started: BigInt(await time.latest()) };
}

/** One unit a second, since `started`, for alice and bob as 3 : 1. */
async function shared() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(48n);
  await fixture.pool.connect(fixture.actors.bob).stake(16n);
  await fund(fixture, PERIOD);
  return { ...fixture, started: BigInt(await time.latest()) };
}

describe("FlexiblePool", () => {
  describe("views", () => {
    it("are zero before anything was staked or notified", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(fresh);
      expect(await pool.totalSupply()).to.equal(0n);
      expect(await pool.balanceOf(actors.alice)).to.equal(0n);
      expect(await pool.earned(actors.alice)).to.equal(0n);
      expect(await pool.rewardPerToken()).to.equal(0n);
      expect(await pool.rewardRate()).to.equal(0n);
      expect(await pool.periodFinish()).to.equal(0n);
      expect(await pool.lastUpdateTime()).to.equal(0n);
      expect(await pool.lastTimeRewardApplicable()).to.equal(0n);
      expect(await pool.getRewardForDuration()).to.equal(0n);
      expect(await pool.rewardsOwed()).to.equal(0n);
      expect(await pool.paused()).to.equal(false);
    });

    describe("given a running period", () => {
      it("share the stream by stake and time", async () => {
        const { actors, pool, started } = await networkHelpers.loadFixture(shared);
        await time.increaseTo(started + 2n * DAY);
        expect(await pool.earned(actors.alice)).to.equal((2n * DAY * 3n) / 4n);
        expect(await pool.earned(actors.bob)).to.equal((2n * DAY) / 4n);
        expect(await pool.earned(actors.carol)).to.equal(0n);
        expect(await pool.rewardPerToken()).to.equal((2n * DAY * ONE) / 64n);
        expect(await pool.lastTimeRewardApplicable()).to.equal(started + 2n * DAY);
        expect(await pool.lastUpdateTime()).to.equal(started);
        expect(await pool.periodFinish()).to.equal(started + PERIOD);
      });

      it("stand still from the period's end on", async () => {
        const { actors, pool, started } = await networkHelpers.loadFixture(shared);
        await time.increaseTo(started + PERIOD + 5n * DAY);
        expect(await pool.lastTimeRewardApplicable()).to.equal(started + PERIOD);
        expect(await pool.periodFinish()).to.equal(started + PERIOD);
        expect(await pool.earned(actors.alice)).to.equal((PERIOD * 3n) / 4n);
        expect(await pool.rewardPerToken()).to.equal((PERIOD * ONE) / 64n);
        expect(await pool.rewardRate()).to.equal(1n);
      });
    });

    describe("given that nobody is staked", () => {
      it("show the end moving with the time", async () => {
        const { pool, started } = await networkHelpers.loadFixture(waiting);
        for (const later of [DAY, PERIOD, 50n * PERIOD]) {
          await time.increaseTo(started + later);
          expect(await pool.periodFinish()).to.equal(started + later + PERIOD);
          expect(await pool.lastTimeRewardApplicable()).to.equal(started + later);
          expect(await pool.lastUpdateTime()).to.equal(started);
          expect(await pool.rewardPerToken()).to.equal(0n);
        }
      });

      it("show what is left of the period in which the last one left", async () => {
        const { actors, pool, started } = await networkHelpers.loadFixture(shared);
        await pool.connect(actors.bob).exit();
        await time.setNextBlockTimestamp(started + 3n * DAY);
        await pool.connect(actors.alice).withdraw(48n);
        const earned = await pool.earned(actors.alice);
        const perToken = await pool.rewardPerToken();
        await time.increaseTo(started + 100n * DAY);
        expect(await pool.periodFinish()).to.equal(started + 100n * DAY + PERIOD - 3n * DAY);
        expect(await pool.lastTimeRewardApplicable()).to.equal(started + 100n * DAY);
        expect(await pool.earned(actors.alice)).to.equal(earned);
        expect(await pool.rewardPerToken()).to.equal(perToken);
      });

      it("keep the end of a period that was over before the last one left", async () => {
        const { actors, pool, started } = await networkHelpers.loadFixture(shared);
        await pool.connect(actors.bob).exit();
        await time.increaseTo(started + 2n * PERIOD);
        await pool.connect(actors.alice).exit();
        await time.increase(DAY);
        expect(await pool.periodFinish()).to.equal(started + PERIOD);
        expect(await pool.lastTimeRewardApplicable()).to.equal(started + PERIOD);
      });
    });

    describe("given a cap", () => {
      for (const [cap, digits] of [
        [1n, 24n],
        [255n, 24n],
        [256n, 25n],
        [1_000n, 26n],
        [2n ** 40n - 1n, 56n],
        [2n ** 40n, 57n],
      ] as const) {
        it(`of ${cap}, tell a staked unit's reward to ${digits} binary digits: its bits and 16 more, at least 24`, async () => {
          const fixture = await deployFlexiblePool(ethers, { cap });
          const { actors, pool } = fixture;
          await pool.connect(actors.alice).stake(1n);
          await fund(fixture, 1n);
          await time.increaseTo(BigInt(await time.latest()) + 5n * DAY);
          const accumulated = (5n << digits) / 7n;
          expect(await pool.rewardPerToken()).to.equal((accumulated * ONE) >> digits);
        });
      }
    });

    describe("given an accumulator beyond its low half", () => {
      it("say so in the storage that others read, from the unit on that needs the high half", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(fresh);
        const { alice, bob } = actors;
        const word = async (slot: number) => BigInt(await ethers.provider.getStorage(pool, slot));
        const isWide = async () => (((await word(SLOT.period)) >> 8n) & 1n) === 1n;
        await pool.connect(alice).stake(1n);
        await fund({ actors, pool, rewardsToken }, 2n ** 31n * PERIOD);
        const started = BigInt(await time.latest());
        expect(await isWide()).to.equal(false);
        await time.setNextBlockTimestamp(started + 1n);
        await pool.connect(bob).stake(1n); // stores 2^127, and lets it grow by half of that a second
        expect(await isWide()).to.equal(false);
        await time.setNextBlockTimestamp(started + 3n);
        await pool.connect(bob).withdraw(1n); // stores 2^128
        expect(await isWide()).to.equal(true);
        expect((await word(SLOT.ledger)) >> 128n).to.equal(1n);
        expect(BigInt.asUintN(128, await word(SLOT.checkpoint))).to.equal(0n);
        await pool.connect(alice).getReward();
        await fund({ actors, pool, rewardsToken }, PERIOD);
        expect(await isWide()).to.equal(true);
      });

      it("agree with what is paid, before and after it is stored", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(fresh);
        const { alice, bob } = actors;
        await pool.connect(alice).stake(1n);
        const reward = 2n ** 40n * PERIOD;
        await fund({ actors, pool, rewardsToken }, reward);
        const started = BigInt(await time.latest());

        await time.setNextBlockTimestamp(started + 1_000n);
        await pool.connect(bob).stake(2n ** 40n - 1n); // stores a high half of 1,000 × 2^8
        expect(await pool.earned(alice)).to.equal(1_000n * 2n ** 40n);
        expect(await pool.rewardPerToken()).to.equal(1_000n * 2n ** 40n * ONE);
        expect(await pool.earned(bob)).to.equal(0n);

        await time.setNextBlockTimestamp(started + 2_000n);
        await pool.connect(alice).getReward();
        expect(await rewardsToken.balanceOf(alice)).to.equal(1_000n * 2n ** 40n + 1_000n);
        expect(await pool.earned(bob)).to.be.within(1_000n * (2n ** 40n - 1n) - 1n, 1_000n * (2n ** 40n - 1n));

        await time.setNextBlockTimestamp(started + PERIOD);
        await pool.connect(alice).exit();
        await pool.connect(bob).exit();
        const paid = (await rewardsToken.balanceOf(alice)) + (await rewardsToken.balanceOf(bob));
        expect(paid).to.be.within(reward - 3n, reward);
        expect(await pool.rewardsOwed()).to.equal(reward - paid);
      });
    });
  });
});
