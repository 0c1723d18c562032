import { expect } from "chai";
import { network } from "hardhat";

import { createSchedule, deploySchedule, WEEK, type DistributorFixture } from "../helpers/distributor.ts";
import { DAY, MAX_UINT128, MAX_UINT256, ONE } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const unfunded = () => deploySchedule(ethers);

/** Schedule 0 with the tokens of all its epochs. */
async function funded(): Promise<DistributorFixture> {
  const fixture = await deploySchedule(ethers);
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  return fixture;
}

describe("RewardDistributor", () => {
  describe("distribute", () => {
    it("pays each pool its share of every epoch, less the fee", async () => {
      const { distributor, token, flexible, fixedTerm, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      const first = distributor.distribute(0n, flexible);
      await expect(first).to.emit(distributor, "Accrued").withArgs(0n, 1n, 900n, 100n);
      await expect(first).to.emit(distributor, "Distributed").withArgs(0n, flexible, 675n);
      const second = distributor.distribute(0n, fixedTerm);
      await expect(second).not.to.emit(distributor, "Accrued");
      await expect(second).to.emit(distributor, "Distributed").withArgs(0n, fixedTerm, 225n);
      expect(await token.balanceOf(flexible)).to.equal(675n);
      expect(await token.balanceOf(fixedTerm)).to.equal(225n);
      expect(await distributor.feesOwed(token)).to.deep.equal([40n, 60n]);
    });

    it("notifies a flexible pool, and has a fixed-term pool pull, leaving no approval", async () => {
      const { distributor, token, flexible, fixedTerm, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      await distributor.distribute(0n, fixedTerm);
      expect([await flexible.notified(), await flexible.pulled()]).to.deep.equal([675n, 0n]);
      expect([await fixedTerm.notified(), await fixedTerm.pulled()]).to.deep.equal([0n, 225n]);
      expect(await token.allowance(distributor, fixedTerm)).to.equal(0n);
    });

    it("returns what it sends, whoever calls, and gives the caller nothing", async () => {
      const { actors, distributor, token, flexible, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      const stranger = distributor.connect(actors.stranger);
      expect(await stranger.distribute.staticCall(0n, flexible)).to.equal(675n);
      await expect(stranger.distribute(0n, flexible)).to.changeTokenBalance(ethers, token, actors.stranger, 0n);
    });

    it("accrues an epoch at its first second, not before", async () => {
      const { distributor, flexible, start } = await networkHelpers.loadFixture(funded);
      for (const epoch of [0n, 1n]) {
        await time.setNextBlockTimestamp(start + epoch * WEEK - 1n);
        await expect(distributor.distribute(0n, flexible))
          .to.be.revertedWithCustomError(distributor, "DistributorNothingDue")
          .withArgs(0n, flexible);
        await time.setNextBlockTimestamp(start + epoch * WEEK);
        await distributor.distribute(0n, flexible);
        expect(await flexible.notified()).to.equal((epoch + 1n) * 675n);
      }
    });

    it("pays nothing twice", async () => {
      const { distributor, flexible, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      await expect(distributor.distribute(0n, flexible))
        .to.be.revertedWithCustomError(distributor, "DistributorNothingDue")
        .withArgs(0n, flexible);
    });

    it("reverts for a pool that the schedule does not know", async () => {
      const { actors, distributor, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await expect(distributor.distribute(0n, actors.alice))
        .to.be.revertedWithCustomError(distributor, "DistributorNothingDue")
        .withArgs(0n, actors.alice);
    });

    it("catches up on all missed epochs at once, and ends with the last", async () => {
      const { distributor, token, flexible, fixedTerm, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start + 1_000n * WEEK);
      await expect(distributor.distribute(0n, flexible))
        .to.emit(distributor, "Accrued")
        .withArgs(0n, 10n, 9_000n, 1_000n);
      await distributor.distribute(0n, fixedTerm);
      expect([await flexible.notified(), await fixedTerm.pulled()]).to.deep.equal([6_750n, 2_250n]);
      expect(await distributor.feesOwed(token)).to.deep.equal([400n, 600n]);
      expect(await distributor.liabilities(token)).to.equal(1_000n);
    });

    it("costs the same after one missed epoch as after 9,999", async () => {
      const budget = 10n ** 6n;
      const { actors, distributor, flexible, start } = await deploySchedule(ethers, { epochs: 10_000n, budget });
      await distributor.connect(actors.funder).fund(0n, 10_000n * budget);
      await time.increaseTo(start);
      const one = await distributor.distribute.estimateGas(0n, flexible);
      await time.increaseTo(start + 9_998n * WEEK);
      const all = await distributor.distribute.estimateGas(0n, flexible);
      expect(all).to.be.lessThan(one + 1_000n);
    });

    it("keeps fractions of a unit for the next epochs", async () => {
      const { actors, distributor, flexible, fixedTerm, start } = await deploySchedule(ethers, {
        budget: 1n,
        feeBps: 0n,
      });
      await distributor.connect(actors.funder).fund(0n, 10n);
      const paid: bigint[] = [];
      for (let epoch = 0n; epoch < 10n; ++epoch) {
        await time.increaseTo(start + epoch * WEEK);
        paid.push(await distributor.pending(0n, flexible));
        if (paid.at(-1) !== 0n) await distributor.distribute(0n, flexible);
      }
      expect(paid).to.deep.equal([0n, 1n, 1n, 1n, 0n, 1n, 1n, 1n, 0n, 1n]); // 0.75 units each
      expect(await flexible.notified()).to.equal(7n);
      expect(await distributor.distribute.staticCall(0n, fixedTerm)).to.equal(2n);
    });

    it("holds the largest budget, and the most epochs, with the smallest and the largest weight", async () => {
      const epochs = 10_000n;
      const { actors, distributor, token, flexible, fixedTerm, start } = await deploySchedule(ethers, {
        budget: MAX_UINT128,
        epochs,
        feeBps: 3_500n,
      });
      await distributor.connect(actors.governor).setWeights(0n, [
        { pool: flexible, weight: 2n ** 32n - 1n },
        { pool: fixedTerm, weight: 1n },
      ]);
      await distributor.connect(actors.funder).fund(0n, MAX_UINT256);
      expect(await token.balanceOf(distributor)).to.equal(epochs * MAX_UINT128);
      await time.increaseTo(start + epochs * WEEK);
      await distributor.distribute(0n, flexible);
      await distributor.distribute(0n, fixedTerm);
      const fee = (epochs * MAX_UINT128 * 3_500n) / 10_000n;
      const net = epochs * MAX_UINT128 - fee;
      expect(await fixedTerm.pulled()).to.equal(net / 2n ** 32n);
      const [insurance, treasury] = await distributor.feesOwed(token);
      expect(insurance + treasury).to.equal(fee);
      // One unit for each pool, and what the cumulative reward's rounding costs: far less than one.
      const left = (await token.balanceOf(distributor)) - fee;
      expect(left).to.equal(await distributor.liabilities(token).then((owed) => owed - fee));
      expect(left).to.be.lessThanOrEqual(2n);
    });
  });

  describe("an epoch that is not covered", () => {
    it("stays due, is shown as such, and accrues once it is funded", async () => {
      const { actors, distributor, flexible, start } = await networkHelpers.loadFixture(unfunded);
      const funder = distributor.connect(actors.funder);
      await funder.fund(0n, 2_500n);
      await time.increaseTo(start + 3n * WEEK + DAY);
      await expect(distributor.distribute(0n, flexible)).to.emit(distributor, "Accrued").withArgs(0n, 2n, 1_800n, 200n);
      const short = await distributor.schedule(0n);
      expect(short.accruedEpochs).to.equal(2n);
      expect(short.uncoveredEpochs).to.equal(2n);
      expect(short.balance).to.equal(500n);
      expect(short.missing).to.equal(1_500n);
      expect(short.nextEpoch).to.equal(start + 4n * WEEK);

      await funder.fund(0n, 1_499n);
      expect((await distributor.schedule(0n)).missing).to.equal(1n);
      await distributor.distribute(0n, flexible);
      expect(await flexible.notified()).to.equal(3n * 675n);
      await funder.fund(0n, 1n);
      await distributor.distribute(0n, flexible);
      expect(await flexible.notified()).to.equal(4n * 675n);
      const whole = await distributor.schedule(0n);
      expect([whole.uncoveredEpochs, whole.missing]).to.deep.equal([0n, 0n]);
    });

    it("is not paid from another schedule's tokens", async () => {
      const fixture = await networkHelpers.loadFixture(funded);
      const { distributor, token, flexible, start } = fixture;
      const terms = { token, epoch: DAY, budget: 10n, start: start + DAY, epochs: 5n, feeBps: 0n };
      const other = await createSchedule(fixture, terms, [{ pool: flexible, weight: 1n }]);
      await time.increaseTo(start + 10n * DAY);
      await expect(distributor.distribute(other, flexible))
        .to.be.revertedWithCustomError(distributor, "DistributorNothingDue")
        .withArgs(other, flexible);
      expect((await distributor.schedule(other)).missing).to.equal(50n);
    });

    it("is not covered by tokens that were sent without funding", async () => {
      const { distributor, token, flexible, start } = await networkHelpers.loadFixture(unfunded);
      await token.mint(distributor, 10_000n);
      await time.increaseTo(start);
      await expect(distributor.distribute(0n, flexible)).to.be.revertedWithCustomError(
        distributor,
        "DistributorNothingDue",
      );
    });
  });

  describe("schedule", () => {
    it("shows a schedule before its start", async () => {
      const { distributor, start } = await networkHelpers.loadFixture(funded);
      const state = await distributor.schedule(0n);
      expect(state.totalWeight).to.equal(4n);
      expect([state.accruedEpochs, state.uncoveredEpochs, state.missing]).to.deep.equal([0n, 0n, 0n]);
      expect([state.balance, state.nextEpoch, state.ended]).to.deep.equal([10_000n, start, false]);
    });

    it("counts covered epochs as accrued before anybody stores them", async () => {
      const { distributor, flexible, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start + 2n * WEEK);
      const before = await distributor.schedule(0n);
      expect([before.accruedEpochs, before.balance, before.nextEpoch]).to.deep.equal([3n, 7_000n, start + 3n * WEEK]);
      await distributor.distribute(0n, flexible);
      expect(await distributor.schedule(0n)).to.deep.equal(before);
    });

    it("has no next epoch after the last one's start", async () => {
      const { distributor, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start + 9n * WEEK - 1n);
      expect((await distributor.schedule(0n)).nextEpoch).to.equal(start + 9n * WEEK);
      await time.increaseTo(start + 9n * WEEK);
      const last = await distributor.schedule(0n);
      expect([last.nextEpoch, last.accruedEpochs, last.balance]).to.deep.equal([0n, 10n, 0n]);
    });
  });

  describe("pending", () => {
    it("is what distribute pays, what has not been stored included", async () => {
      const { distributor, flexible, fixedTerm, start } = await networkHelpers.loadFixture(funded);
      expect(await distributor.pending(0n, flexible)).to.equal(0n);
      await time.increaseTo(start + 4n * WEEK);
      for (const pool of [flexible, fixedTerm]) {
        const due = await distributor.pending(0n, pool);
        expect(due).to.be.greaterThan(0n);
        expect(await distributor.distribute.staticCall(0n, pool)).to.equal(due);
        await distributor.distribute(0n, pool);
        expect(await distributor.pending(0n, pool)).to.equal(0n);
      }
    });

    it("is what distribute pays, to the unit, after another pool was paid", async () => {
      const { actors, distributor, flexible, fixedTerm, start } = await deploySchedule(ethers, {
        budget: ONE,
        feeBps: 0n,
      });
      await distributor.connect(actors.governor).setWeights(0n, [
        { pool: flexible, weight: 3n },
        { pool: fixedTerm, weight: 3n },
      ]);
      await distributor.connect(actors.funder).fund(0n, ONE);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      const half = ONE / 2n - 1n; // a sixth for each of weight is rounded down
      expect(await distributor.pending(0n, fixedTerm)).to.equal(half);
      await distributor.distribute(0n, fixedTerm);
      expect(await fixedTerm.pulled()).to.equal(half);
    });

    // Two shares of about half a unit each: which digit is the last decides whether they make a whole one.
    for (const { before, after, due } of [
      { before: [3_457_033_755n, 3_521_438_068n], after: [2_913_771_402n, 2_860_480_831n], due: 1n },
      { before: [2_560_468_292n, 2_787_186_939n], after: [2_406_708_302n, 2_210_938_997n], due: 0n },
    ] as const) {
      it(`keeps 96 binary digits of a unit: ${due} of weights ${before.join(" : ")}, then ${after.join(" : ")}`, async () => {
        const { actors, distributor, flexible, fixedTerm, start } = await deploySchedule(ethers, {
          budget: 1n,
          epochs: 2n,
          feeBps: 0n,
        });
        const weigh = async ([first, second]: readonly [bigint, bigint]) =>
          distributor.connect(actors.governor).setWeights(0n, [
            { pool: flexible, weight: first },
            { pool: fixedTerm, weight: second },
          ]);
        await distributor.connect(actors.funder).fund(0n, 2n);
        await weigh(before);
        await time.increaseTo(start);
        await weigh(after); // accrues the first epoch
        await time.increaseTo(start + WEEK);
        expect(await distributor.pending(0n, flexible)).to.equal(due);
      });
    }
  });
});
