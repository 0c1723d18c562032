import { expect } from "chai";
import { network } from "hardhat";

import {
  createSchedule,
  deployDistributor,
  deploySchedule,
  INSURANCE,
  receivingPool,
  TREASURY,
  WEEK,
} from "../helpers/distributor.ts";
import { DAY, MAX_UINT256, MAX_UINT96, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { deployFixedTermPool } from "../helpers/fixed-term.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** A schedule of ten weeks that pays a flexible and a fixed-term pool, both real, and is fully funded. */
async function realPools() {
  const { pool: fixedTerm, stakingToken, rewardsToken: token } = await deployFixedTermPool(ethers, { budget: 0n });
  const base = await deployDistributor(ethers);
  const flexible = await ethers.deployContract("FlexiblePool", [
    {
      authority: await base.access.getAddress(),
      distributor: await base.distributor.getAddress(),
      stakingToken: await stakingToken.getAddress(),
      rewardsToken: await token.getAddress(),
      rewardsDuration: WEEK,
      minimumStake: 1n,
      cap: MAX_UINT96,
    },
  ]);
  const start = BigInt(await time.latest()) + DAY;
  const budget = WEEK * ONE;
  await createSchedule(base, { token, epoch: WEEK, budget, start, epochs: 10n, feeBps: 0n }, [
    { pool: flexible, weight: 1n },
    { pool: fixedTerm, weight: 1n },
  ]);
  await token.connect(base.actors.funder).approve(base.distributor, MAX_UINT256);
  await base.distributor.connect(base.actors.funder).fund(0n, MAX_UINT256);
  await stakingToken.connect(base.actors.alice).approve(flexible, MAX_UINT256);
  return { ...base, token, flexible, fixedTerm, start, half: budget / 2n };
}

/** All epochs of schedule 0 funded, the first one due. */
async function due() {
  const fixture = await deploySchedule(ethers);
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  await time.increaseTo(fixture.start);
  return fixture;
}

/** As `due`, with a token that calls back and is governor as well. */
async function reentering() {
  const token = await ethers.deployContract("ReenteringToken");
  const fixture = await deploySchedule(ethers, { token });
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  await fixture.access.grantRole(3n, token, 0n);
  await time.increaseTo(fixture.start);
  return { ...fixture, token, governor: fixture.distributor.connect(fixture.actors.governor) };
}

describe("RewardDistributor", () => {
  describe("given the pools of this protocol", () => {
    it("streams to a flexible pool week after week, at the same rate", async () => {
      const { actors, distributor, flexible, half, start } = await networkHelpers.loadFixture(realPools);
      await flexible.connect(actors.alice).stake(ONE);
      for (let week = 0n; week < 3n; ++week) {
        await time.setNextBlockTimestamp(start + week * WEEK);
        await expect(distributor.distribute(0n, flexible)).to.emit(flexible, "RewardAdded").withArgs(half);
        expect(await flexible.rewardRate()).to.equal(half / WEEK);
      }
      await time.increaseTo(start + 3n * WEEK);
      expect(await flexible.earned(actors.alice)).to.be.within(3n * half - 1n, 3n * half);
    });

    it("has no payment refused, however late, early or large", async () => {
      const { distributor, flexible, half, start } = await networkHelpers.loadFixture(realPools);
      for (const moment of [0n, WEEK + 3n * DAY, 2n * WEEK, 6n * WEEK - 1n, 6n * WEEK, 20n * WEEK]) {
        await time.setNextBlockTimestamp(start + moment);
        await distributor.distribute(0n, flexible);
      }
      expect(await flexible.rewardsOwed()).to.equal(10n * half);
    });

    it("streams an epoch at the rate of several missed ones that were paid before it, for as long as it lasts", async () => {
      const { actors, distributor, flexible, half, start } = await networkHelpers.loadFixture(realPools);
      await flexible.connect(actors.alice).stake(ONE);
      const caughtUp = start + 2n * WEEK + 3n * DAY; // three epochs at once
      await time.setNextBlockTimestamp(caughtUp);
      await distributor.distribute(0n, flexible);
      const rate = await flexible.getRewardForDuration();
      await time.setNextBlockTimestamp(start + 3n * WEEK);
      await expect(distributor.distribute(0n, flexible)).to.emit(flexible, "RewardAdded").withArgs(half);
      expect(await flexible.getRewardForDuration()).to.equal(rate);
      expect(await flexible.periodFinish()).to.be.closeTo(caughtUp + WEEK + WEEK / 3n, 1n);
      expect(await flexible.rewardsOwed()).to.equal(4n * half);
    });

    it("adds to a fixed-term pool's budget", async () => {
      const { distributor, token, fixedTerm, half, start } = await networkHelpers.loadFixture(realPools);
      await time.increaseTo(start + WEEK);
      await expect(distributor.distribute(0n, fixedTerm))
        .to.emit(fixedTerm, "Funded")
        .withArgs(distributor, 2n * half);
      expect(await fixedTerm.availableBudget()).to.equal(2n * half);
      expect(await token.allowance(distributor, fixedTerm)).to.equal(0n);
    });

    it("cannot pay a flexible pool that does not know it, which keeps its claim until it does", async () => {
      const { access, distributor, flexible, half, start } = await networkHelpers.loadFixture(realPools);
      await access.execute(flexible, flexible.interface.encodeFunctionData("setFunder", [distributor.target, false]));
      await time.increaseTo(start);
      await expect(distributor.distribute(0n, flexible))
        .to.be.revertedWithCustomError(flexible, "PoolNotFunder")
        .withArgs(distributor);
      await access.execute(flexible, flexible.interface.encodeFunctionData("setFunder", [distributor.target, true]));
      await expect(distributor.distribute(0n, flexible)).to.emit(flexible, "RewardAdded").withArgs(half);
    });
  });

  describe("given a pool that refuses", () => {
    it("reverts its own payment only, and keeps its claim", async () => {
      const { distributor, flexible, fixedTerm, start } = await networkHelpers.loadFixture(due);
      await flexible.refuse(true);
      await expect(distributor.distribute(0n, flexible))
        .to.be.revertedWithCustomError(flexible, "PaymentRefused")
        .withArgs(675n);
      await distributor.distribute(0n, fixedTerm);
      expect(await fixedTerm.pulled()).to.equal(225n);

      await time.increaseTo(start + WEEK);
      await distributor.distribute(0n, fixedTerm);
      await flexible.refuse(false);
      await distributor.distribute(0n, flexible);
      expect(await flexible.notified()).to.equal(2n * 675n);
    });
  });

  describe("given a fixed-term pool that leaves some of its payment", () => {
    it("reverts, so that neither its claim is lost nor an approval stays", async () => {
      const { distributor, token, fixedTerm } = await networkHelpers.loadFixture(due);
      await fixedTerm.leaveUntaken(1n);
      await expect(distributor.distribute(0n, fixedTerm))
        .to.be.revertedWithCustomError(distributor, "DistributorNotTaken")
        .withArgs(fixedTerm, 1n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(225n);
      expect(await token.allowance(distributor, fixedTerm)).to.equal(0n);
    });
  });

  describe("given a pool that calls back", () => {
    it("reverts whatever moves tokens, for either kind", async () => {
      const { actors, distributor, token, flexible, fixedTerm } = await networkHelpers.loadFixture(due);
      const abi = distributor.interface;
      const calls = [
        abi.encodeFunctionData("distribute", [0n, fixedTerm.target]),
        abi.encodeFunctionData("distribute", [0n, flexible.target]),
        abi.encodeFunctionData("fund", [0n, 1n]),
        abi.encodeFunctionData("sweepFees", [token.target]),
      ];
      for (const pool of [flexible, fixedTerm]) {
        for (const call of calls) {
          await pool.arm(distributor, call);
          await expect(distributor.connect(actors.stranger).distribute(0n, pool)).to.be.revertedWithCustomError(
            distributor,
            "ReentrancyGuardReentrantCall",
          );
        }
      }
    });
  });

  describe("given a token that calls back, even as governor", () => {
    it("reverts whatever it calls, before and after the balances move", async () => {
      const { actors, distributor, governor, token, flexible, fixedTerm } =
        await networkHelpers.loadFixture(reentering);
      await distributor.distribute(0n, flexible);
      await token.mint(distributor, 1n);
      const abi = distributor.interface;
      const calls = [
        abi.encodeFunctionData("distribute", [0n, fixedTerm.target]),
        abi.encodeFunctionData("fund", [0n, 1n]),
        abi.encodeFunctionData("sweepFees", [token.target]),
        abi.encodeFunctionData("rescue", [token.target, actors.stranger.address, 1n]),
        abi.encodeFunctionData("endSchedule", [0n, actors.stranger.address]),
        abi.encodeFunctionData("setWeights", [0n, []]),
        abi.encodeFunctionData("setRecipients", [actors.stranger.address, actors.stranger.address, []]),
      ];
      for (const before of [true, false]) {
        for (const call of calls) {
          await token.arm(distributor, call, before);
          for (const attempt of [
            () => distributor.distribute(0n, fixedTerm),
            () => governor.rescue(token, actors.alice, 1n),
            () => governor.endSchedule(0n, actors.alice),
          ]) {
            await expect(attempt()).to.be.revertedWithCustomError(distributor, "ReentrancyGuardReentrantCall");
          }
          // A share of fees that fails waits, with no other effect.
          await expect(distributor.sweepFees(token)).to.emit(distributor, "FeesSwept").withArgs(token, 0n, 0n);
          await token.arm(ZERO_ADDRESS, "0x", before);
        }
      }
      expect(await distributor.liabilities(token)).to.equal((await token.balanceOf(distributor)) - 1n);
      expect(await token.balanceOf(actors.stranger)).to.equal(0n);
      expect(await distributor.recipients()).to.deep.equal([INSURANCE, TREASURY]);
    });
  });

  describe("given a token that charges for transfers", () => {
    it("notifies a flexible pool of what arrived", async () => {
      const token = await ethers.deployContract("FeeToken", [1_000n]);
      const { actors, distributor, flexible, fixedTerm, start } = await deploySchedule(ethers, { token, feeBps: 0n });
      await distributor.connect(actors.funder).fund(0n, 2_000n);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      await distributor.distribute(0n, fixedTerm);
      expect(await flexible.notified()).to.equal(675n); // 750 less a tenth
      expect(await token.balanceOf(flexible)).to.equal(675n);
      expect(await token.balanceOf(fixedTerm)).to.equal(225n);
      expect(await distributor.liabilities(token)).to.equal(await token.balanceOf(distributor));
    });
  });

  describe("given a token of which more arrives than was sent", () => {
    it("notifies a flexible pool of no more than was sent: the rest belongs to nobody", async () => {
      const token = await ethers.deployContract("BonusToken", [500n]);
      const { actors, distributor, flexible, start } = await deploySchedule(ethers, { token, feeBps: 0n });
      await distributor.connect(actors.funder).fund(0n, 2_000n);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      expect(await flexible.notified()).to.equal(750n);
      expect(await token.balanceOf(flexible)).to.equal(1_250n);
    });
  });

  describe("given two schedules of one token", () => {
    it("keeps them apart to the unit", async () => {
      const fixture = await networkHelpers.loadFixture(due);
      const { actors, distributor, token, flexible, fixedTerm, start } = fixture;
      const terms = { token, epoch: DAY, budget: 11n, start: start + DAY, epochs: 7n, feeBps: 3_500n };
      const other = await createSchedule(fixture, terms, [{ pool: flexible, weight: 8n }]);
      await distributor.connect(actors.funder).fund(other, 77n);
      await time.increaseTo(start + 100n * WEEK);
      await distributor.connect(actors.governor).endSchedule(0n, actors.bob);
      expect(await token.balanceOf(actors.bob)).to.equal(0n);
      expect(await distributor.pending(other, flexible)).to.equal(51n); // 77 less 26 of 26.95
      expect(await distributor.pending(0n, flexible)).to.equal(6_750n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(2_250n);
      await distributor.distribute(other, flexible);
      expect(await distributor.pending(0n, flexible)).to.equal(6_750n);
    });

    it("lets a blocked recipient of one token's fees hold nothing of another's", async () => {
      const fixture = await networkHelpers.loadFixture(due);
      const { actors, distributor, flexible, start } = fixture;
      const blocking = await ethers.deployContract("BlocklistToken");
      await blocking.setBlocked(INSURANCE, true);
      const terms = { token: blocking, epoch: DAY, budget: 100n, start: start + DAY, epochs: 1n, feeBps: 1_000n };
      const pool = await receivingPool(ethers, blocking);
      const other = await createSchedule(fixture, terms, [{ pool, weight: 1n }]);
      await blocking.mint(actors.funder, 100n);
      await blocking.connect(actors.funder).approve(distributor, 100n);
      await distributor.connect(actors.funder).fund(other, 100n);
      await time.increaseTo(start + DAY);
      await distributor.distribute(other, pool);
      await distributor.distribute(0n, flexible);
      await distributor.sweepFees(blocking);
      await expect(distributor.sweepFees(fixture.token))
        .to.emit(distributor, "FeesSwept")
        .withArgs(fixture.token, 40n, 60n);
      expect(await distributor.feesOwed(blocking)).to.deep.equal([4n, 0n]);
    });
  });

  describe("given a token that refuses transfers", () => {
    it("pays what is due once it works again", async () => {
      const token = await ethers.deployContract("RefusingToken");
      const { actors, distributor, flexible, start } = await deploySchedule(ethers, { token });
      await distributor.connect(actors.funder).fund(0n, 1_000n);
      await time.increaseTo(start);
      for (const refusal of [1n, 2n, 3n, 4n]) {
        await token.setRefusal(refusal);
        await expect(distributor.distribute(0n, flexible)).to.be.revert(ethers);
      }
      await token.setRefusal(0n);
      await distributor.distribute(0n, flexible);
      for (const refusal of [1n, 2n]) {
        await token.setRefusal(refusal);
        await expect(distributor.sweepFees(token)).to.emit(distributor, "FeesSwept").withArgs(token, 0n, 0n);
      }
      await token.setRefusal(0n);
      await expect(distributor.sweepFees(token)).to.emit(distributor, "FeesSwept").withArgs(token, 40n, 60n);
    });
  });

  describe("given a token that nobody can approve zero of", () => {
    it("pays a fixed-term pool all the same", async () => {
      const token = await ethers.deployContract("ZeroApprovalRefusingToken");
      const { actors, distributor, fixedTerm, start } = await deploySchedule(ethers, { token });
      await distributor.connect(actors.funder).fund(0n, 2_000n);
      for (const moment of [start, start + WEEK]) {
        await time.increaseTo(moment);
        await distributor.distribute(0n, fixedTerm);
      }
      expect(await fixedTerm.pulled()).to.equal(2n * 225n);
    });
  });
});
