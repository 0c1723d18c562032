import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, HOUR, ONE, PERIOD, YEAR } from "../helpers/fixtures.ts";

// Tokens arrive and are notified in the same second.
const { ethers, networkHelpers } = await network.create({ override: { allowBlocksWithSameTimestamp: true } });
const { time } = networkHelpers;

/** Alice alone is staked and receives one unit a second; `started` is when the stream began. */
async function running() {
  return streaming(PERIOD);
}

/** Ten units a second and a half. */
async function uneven() {
  return streaming((PERIOD * 21n) / 2n);
}

async function streaming(reward: bigint) {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(64n);
  await fund(fixture, reward);
  return { ...fixture, started: BigInt(await time.latest()) };
}

type Fixture = Awaited<ReturnType<typeof streaming>>;

/**
 * Notifies `reward` units at a time, which must never lower a running rate nor bring the end forward, and owes all of it.
 * Returns the rate before and after; 0 before where nothing was running.
 */
async function fundAt(
  { actors, pool, rewardsToken }: Fixture,
  moment: bigint,
  reward: bigint,
): Promise<[bigint, bigint]> {
  await time.setNextBlockTimestamp(moment);
  await rewardsToken.mint(pool, reward);
  const finish = await pool.periodFinish();
  const [before, owed] = [await pool.getRewardForDuration(), await pool.rewardsOwed()];
  await time.setNextBlockTimestamp(moment);
  // An estimate is made at another time, at which nothing may be carried.
  await pool.connect(actors.funder).notifyRewardAmount(reward, { gasLimit: 1_000_000n });
  const after = await pool.getRewardForDuration();
  const running = finish > moment ? before : 0n;
  expect(after >= running, `a rate of ${running} fell to ${after}`).to.equal(true);
  expect((await pool.periodFinish()) >= finish, "the end came forward").to.equal(true);
  expect(await pool.rewardsOwed()).to.equal(owed + reward);
  expect((await pool.carry()) * PERIOD <= after, "more than a second is carried").to.equal(true);
  return [running, after];
}

describe("FlexiblePool", () => {
  describe("notifyRewardAmount, given a running period", () => {
    describe("when the amount would lower the rate", () => {
      it("streams it at the running rate, for as long as it lasts", async () => {
        const fixture = await networkHelpers.loadFixture(running);
        const { actors, pool, started } = fixture;
        await fundAt(fixture, started + DAY, DAY - 1n);
        expect(await pool.getRewardForDuration()).to.equal(PERIOD);
        expect(await pool.periodFinish()).to.equal(started + PERIOD + DAY - 1n);
        expect(await pool.carry()).to.equal(0n);
        await time.increaseTo(started + 2n * PERIOD);
        expect(await pool.earned(actors.alice)).to.equal(PERIOD + DAY - 1n);
      });

      it("carries what is less than a second of the stream to the next notification", async () => {
        const fixture = await networkHelpers.loadFixture(uneven);
        const { pool, started } = fixture;
        const owed = await pool.rewardsOwed();
        await fundAt(fixture, started + DAY, 20n); // a second takes 10.5
        expect(await pool.periodFinish()).to.equal(started + PERIOD + 1n);
        expect(await pool.carry()).to.equal(9n); // 20 less 10.5, rounded up
        expect(await pool.rewardsOwed()).to.equal(owed + 20n);
        await fundAt(fixture, started + DAY + 1n, 1n); // 10 do not make a second
        expect(await pool.periodFinish()).to.equal(started + PERIOD + 1n);
        expect(await pool.carry()).to.equal(10n);
        await fundAt(fixture, started + DAY + 2n, 1n);
        expect(await pool.periodFinish()).to.equal(started + PERIOD + 2n);
        expect(await pool.carry()).to.equal(0n);
      });

      it("puts what was carried into the period that begins after the running one", async () => {
        const fixture = await networkHelpers.loadFixture(uneven);
        const { pool, started } = fixture;
        await fundAt(fixture, started + DAY, 10n);
        expect(await pool.carry()).to.equal(10n);
        await fundAt(fixture, started + PERIOD, 7n);
        expect(await pool.carry()).to.equal(0n);
        expect(await pool.getRewardForDuration()).to.equal(17n);
        expect(await pool.periodFinish()).to.equal(started + 2n * PERIOD);
      });

      it("moves the end of a stopped clock, and starts nothing", async () => {
        const fixture = await networkHelpers.loadFixture(running);
        const { actors, pool, started } = fixture;
        await time.setNextBlockTimestamp(started + 2n * DAY);
        await pool.connect(actors.alice).exit();
        await fundAt(fixture, started + 30n * DAY, DAY);
        expect(await pool.getRewardForDuration()).to.equal(PERIOD);
        expect(await pool.periodFinish()).to.equal(started + 30n * DAY + PERIOD - DAY);
        await time.increase(10n * DAY);
        await pool.connect(actors.bob).stake(64n);
        await time.increase(2n * PERIOD);
        expect(await pool.earned(actors.bob)).to.equal(PERIOD - DAY);
      });

      it("keeps the rate where the amount lasts to the second of a whole period, and raises it a unit later", async () => {
        const fixture = await networkHelpers.loadFixture(running);
        const { pool, started } = fixture;
        await fundAt(fixture, started + DAY, DAY);
        expect(await pool.getRewardForDuration()).to.equal(PERIOD);
        expect(await pool.periodFinish()).to.equal(started + DAY + PERIOD);
        await fundAt(fixture, started + 2n * DAY, DAY + 1n);
        expect(await pool.getRewardForDuration()).to.equal(PERIOD + 1n);
        expect(await pool.periodFinish()).to.equal(started + 2n * DAY + PERIOD);
      });

      it("carries what is left where the amount lasts to the second of a whole period", async () => {
        const fixture = await networkHelpers.loadFixture(uneven);
        const { pool, started } = fixture;
        await fundAt(fixture, started + DAY, (DAY * 21n) / 2n + 10n); // 10 do not make a second
        expect(await pool.getRewardForDuration()).to.equal((PERIOD * 21n) / 2n);
        expect(await pool.periodFinish()).to.equal(started + DAY + PERIOD);
        expect(await pool.carry()).to.equal(10n);
      });
    });

    // What the field has met: each refused before, or a lever for somebody with dust.
    it("takes a week's budget on time and a small penalty share every noon, for half a year", async () => {
      const fixture = await networkHelpers.loadFixture(idle);
      const { actors, pool } = fixture;
      await pool.connect(actors.alice).stake(ONE);
      const [budget, share] = [50_000n * ONE, 200n * ONE];
      const start = BigInt(await time.latest()) + HOUR;
      let funded = 0n;
      for (let day = 0n; day < 182n; ++day) {
        if (day % 7n === 0n) {
          await fundAt(fixture, start + day * DAY, budget);
          funded += budget;
        }
        await fundAt(fixture, start + day * DAY + 12n * HOUR, share);
        funded += share;
      }
      const finish = await pool.periodFinish();
      await time.increaseTo(finish);
      const earned = await pool.earned(actors.alice);
      expect(funded - earned - (await pool.carry())).to.be.within(0n, 182n + 26n);
    });

    it("takes two weekly budgets that come three days apart, on time and late", async () => {
      const fixture = await networkHelpers.loadFixture(idle);
      const { actors, pool } = fixture;
      await pool.connect(actors.alice).stake(ONE);
      const start = BigInt(await time.latest()) + HOUR;
      // Half days: epochs at their time, then some of them late, then the one that was on time and refused.
      const moments = [0n, 6n, 14n, 20n, 28n, 34n, 42n, 48n, 57n, 69n, 71n, 83n, 84n, 90n];
      for (const moment of moments) await fundAt(fixture, start + (moment * DAY) / 2n, 25_000n * ONE);
      expect(await pool.rewardsOwed()).to.equal(BigInt(moments.length) * 25_000n * ONE);
    });

    it("takes epochs at days 0.5, 13 and 15, and the next on time at day 21", async () => {
      const fixture = await networkHelpers.loadFixture(idle);
      const { actors, pool } = fixture;
      await pool.connect(actors.alice).stake(ONE);
      const start = BigInt(await time.latest()) + HOUR;
      for (const halfDays of [1n, 26n, 30n, 42n]) await fundAt(fixture, start + (halfDays * DAY) / 2n, 50_000n * ONE);
      expect(await pool.rewardsOwed()).to.equal(200_000n * ONE);
    });

    it("is no ratchet: dust just before the end, again and again, buys seconds and no rate", async () => {
      const fixture = await networkHelpers.loadFixture(running);
      const { pool, started } = fixture;
      for (let second = 1n; second <= 64n; ++second) {
        // One second before the end that the dust before has moved.
        await fundAt(fixture, started + PERIOD + second - 2n, 1n);
        expect(await pool.getRewardForDuration()).to.equal(PERIOD);
        expect(await pool.periodFinish()).to.equal(started + PERIOD + second);
      }
    });

    it("after any history, never lowers the rate at any later moment nor brings the end forward", async () => {
      const step = fc.record({
        wait: fc.bigInt(0n, PERIOD),
        reward: fc.integer({ min: 0, max: 70 }).chain((bits) => fc.bigInt(1n, 2n ** BigInt(bits))),
        leave: fc.boolean(),
      });
      let [prolonged, raised] = [0, 0];
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12, size: "max" }), async (steps) => {
          const fixture = await networkHelpers.loadFixture(running);
          const { actors, pool } = fixture;
          for (const { wait, reward, leave } of steps) {
            const staker = pool.connect(actors.alice);
            if (leave && (await pool.balanceOf(actors.alice)) !== 0n) await staker.withdraw(64n);
            else if (leave) await staker.stake(64n);
            const [running, after] = await fundAt(fixture, BigInt(await time.latest()) + wait, reward);
            if (running !== 0n && after === running) prolonged++;
            if (running !== 0n && after > running) raised++;
          }
        }),
        { numRuns: 20 },
      );
      expect(prolonged, "notifications that prolonged the stream").to.be.greaterThan(0);
      expect(raised, "notifications that raised the rate").to.be.greaterThan(0);
    });

    it("loses less than a unit for each notification over a year of them", async () => {
      const fixture = await networkHelpers.loadFixture(uneven);
      const { actors, pool, started } = fixture;
      let [funded, moment, count] = [(PERIOD * 21n) / 2n, started, 0n];
      while (moment < started + YEAR) {
        count++;
        moment += 3n * DAY + count * 977n;
        const reward = 1n + ((count * 7_919n) % 5_000_000n);
        await fundAt(fixture, moment, reward);
        funded += reward;
      }
      await time.increaseTo(await pool.periodFinish());
      const lost = funded - (await pool.earned(actors.alice)) - (await pool.carry());
      expect(lost).to.be.within(0n, count + 1n);
    });
  });
});

async function idle() {
  return { ...(await deployFlexiblePool(ethers)), started: 0n };
}
