import { expect } from "chai";
import { network } from "hardhat";

import {
  deployFixedTermPool,
  govern,
  MONTH,
  MONTH_ID,
  openPosition,
  rewardOf,
  YEAR_ID,
  FULL_YEAR,
} from "../helpers/fixed-term.ts";
import { MAX_UINT96, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);

async function mature(options: Parameters<typeof deployFixedTermPool>[1] = {}) {
  const fixture = await deployFixedTermPool(ethers, options);
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  const { maturity } = await fixture.pool.position(id);
  await time.increaseTo(maturity);
  return { ...fixture, id, maturity };
}

async function twoTokens() {
  return mature();
}

async function oneToken() {
  return mature({ sameToken: true });
}

/** A mature position that anybody may renew for a year at 10 % or more. */
async function ordered() {
  const fixture = await mature();
  await fixture.pool.connect(fixture.actors.alice).setAutoRenew(fixture.id, YEAR_ID, FULL_YEAR.rate);
  return fixture;
}

/** Room for exactly the compounded position, in the term's caps and in the budget. */
async function exactRoom() {
  const compounded = PRINCIPAL + REWARD;
  const reward = rewardOf(compounded, MONTH);
  const terms = [{ ...MONTH, principalCap: compounded, rewardCap: reward }];
  return mature({ sameToken: true, terms, budget: REWARD + reward });
}

describe("FixedTermPool", () => {
  describe("renew", () => {
    it("compounds the reward where both tokens are the same, without moving tokens", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(oneToken);
      const { alice } = actors;
      const compounded = PRINCIPAL + REWARD;
      const promised = rewardOf(compounded, FULL_YEAR);
      const renewed = pool.connect(alice).renew(id, YEAR_ID, promised);
      await expect(renewed).not.to.emit(stakingToken, "Transfer");
      const maturity = BigInt(await time.latest()) + FULL_YEAR.duration;
      await expect(renewed)
        .to.emit(pool, "Renewed")
        .withArgs(id, id + 1n, REWARD);
      await expect(renewed)
        .to.emit(pool, "Opened")
        .withArgs(id + 1n, alice, YEAR_ID, compounded, promised, maturity);
      await expect(pool.position(id)).to.be.revertedWithCustomError(pool, "PoolPositionClosed").withArgs(id);
      expect(await pool.ownerOf(id + 1n)).to.equal(alice);
      expect(await pool.totalPrincipal()).to.equal(compounded);
      expect(await pool.reservedRewards()).to.equal(promised);
      expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - REWARD - promised);
      expect((await pool.term(MONTH_ID)).openPrincipal).to.equal(0n);
      expect((await pool.term(YEAR_ID)).openPrincipal).to.equal(compounded);
      expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
    });

    it("renews the principal and pays the reward to the owner where the tokens differ", async () => {
      const { actors, pool, stakingToken, rewardsToken, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, bob } = actors;
      await pool.connect(alice).approve(bob, id);
      const renewed = pool.connect(bob).renew(id, MONTH_ID, REWARD);
      await expect(renewed).not.to.emit(stakingToken, "Transfer");
      await expect(renewed).to.changeTokenBalances(ethers, rewardsToken, [pool, alice, bob], [-REWARD, REWARD, 0n]);
      await expect(renewed)
        .to.emit(pool, "Renewed")
        .withArgs(id, id + 1n, REWARD);
      const position = await pool.position(id + 1n);
      expect(position.principal).to.equal(PRINCIPAL);
      expect(position.reward).to.equal(REWARD);
      expect(await pool.getApproved(id + 1n)).to.equal(ZERO_ADDRESS);
    });

    it("returns the new id", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      expect(await pool.connect(actors.alice).renew.staticCall(id, MONTH_ID, 0n)).to.equal(id + 1n);
    });

    it("fits where exactly the compounded position has room, though the old one is still counted", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(exactRoom);
      await pool.connect(actors.alice).renew(id, 0n, 0n);
      expect(await pool.availableBudget()).to.equal(0n);
      expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
    });

    it("changes nothing when the budget lacks one unit", async () => {
      const reward = rewardOf(PRINCIPAL + REWARD, MONTH);
      const { actors, pool, id } = await mature({ sameToken: true, budget: REWARD + reward - 1n });
      const before = await pool.position(id);
      await expect(pool.connect(actors.alice).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolBudgetTooSmall")
        .withArgs(reward, reward - 1n, 1n);
      expect(await pool.position(id)).to.deep.equal(before);
      expect(await pool.availableBudget()).to.equal(reward - 1n);
    });

    it("reverts when compounding exceeds the term's cap", async () => {
      const terms = [{ ...MONTH, principalCap: PRINCIPAL }];
      const { actors, pool, id } = await mature({ sameToken: true, terms });
      await expect(pool.connect(actors.alice).renew(id, 0n, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(PRINCIPAL + REWARD, PRINCIPAL);
    });

    it("reverts when compounding exceeds what the pool counts in", async () => {
      const { actors, pool, stakingToken } = await deployFixedTermPool(ethers, { sameToken: true, budget: 2n ** 100n });
      const { alice } = actors;
      const id = await openPosition(pool, alice, MAX_UINT96);
      const { reward } = await pool.position(id);
      await time.increase(MONTH.duration);
      await expect(pool.connect(alice).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(MAX_UINT96 + reward, MAX_UINT96);
      await expect(pool.connect(alice).withdraw(id, alice)).to.changeTokenBalance(
        ethers,
        stakingToken,
        alice,
        MAX_UINT96 + reward,
      );
    });

    it("reverts before maturity, below the least reward, and in terms that are not open", async () => {
      const { access, actors, pool, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      const { alice, guardian } = actors;
      const renew = (termId: bigint, minReward = 0n) => pool.connect(alice).renew(id, termId, minReward);
      await expect(renew(MONTH_ID, REWARD + 1n))
        .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
        .withArgs(REWARD, REWARD + 1n);
      await expect(renew(2n)).to.be.revertedWithCustomError(pool, "PoolTermUnknown").withArgs(2n, 2n);
      await pool.connect(guardian).pauseTerm(MONTH_ID);
      await expect(renew(MONTH_ID)).to.be.revertedWithCustomError(pool, "PoolTermPaused").withArgs(MONTH_ID);
      const close = pool.interface.encodeFunctionData("closeTerm", [YEAR_ID]);
      await govern(connection, { access, actors, pool }, close);
      await expect(renew(YEAR_ID)).to.be.revertedWithCustomError(pool, "PoolTermClosed").withArgs(YEAR_ID);
      await pool.connect(guardian).pause();
      await expect(renew(YEAR_ID)).to.be.revertedWithCustomError(pool, "PoolPaused").withArgs();
      expect((await pool.position(id)).maturity).to.equal(maturity);

      const { pool: young, actors: owners } = await deployFixedTermPool(ethers);
      const early = await openPosition(young, owners.alice, ONE);
      await expect(young.connect(owners.alice).renew(early, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(young, "PoolNotMature")
        .withArgs(early, (await young.position(early)).maturity);
    });

    it("reverts for strangers without a standing order, and for positions that are not there", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, stranger } = actors;
      await expect(pool.connect(stranger).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      await pool.connect(alice).withdraw(id, alice);
      await expect(pool.connect(alice).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolPositionClosed")
        .withArgs(id);
      await expect(pool.connect(alice).renew(9n, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolPositionUnknown")
        .withArgs(9n);
    });

    describe("given a standing order", () => {
      it("lets a stranger renew it once, for the owner, who is paid", async () => {
        const { actors, pool, rewardsToken, id } = await networkHelpers.loadFixture(ordered);
        const { alice, stranger } = actors;
        const renewed = pool.connect(stranger).renew(id, YEAR_ID, 0n);
        await expect(renewed).to.changeTokenBalances(ethers, rewardsToken, [alice, stranger], [REWARD, 0n]);
        expect(await pool.ownerOf(id + 1n)).to.equal(alice);
        expect((await pool.position(id + 1n)).autoRenew).to.equal(false);
        await time.increase(FULL_YEAR.duration);
        await expect(pool.connect(stranger).renew(id + 1n, YEAR_ID, 0n))
          .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
          .withArgs(stranger, id + 1n);
      });

      it("does not let a stranger choose another term", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
        await expect(pool.connect(actors.stranger).renew(id, MONTH_ID, 0n))
          .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
          .withArgs(actors.stranger, id);
      });

      it("leaves the owner every choice", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
        await pool.connect(actors.alice).renew(id, MONTH_ID, 0n);
        expect((await pool.position(id + 1n)).termId).to.equal(MONTH_ID);
      });

      it("books the reward as owed to the owner when its token refuses them", async () => {
        const token = await ethers.deployContract("BlocklistToken");
        const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
        const { actors, pool, id } = await mature({ rewardsToken });
        const { alice, stranger } = actors;
        await pool.connect(alice).setAutoRenew(id, MONTH_ID, 0n);
        await token.setBlocked(alice, true);
        await expect(pool.connect(stranger).renew(id, MONTH_ID, 0n))
          .to.emit(pool, "RewardDeferred")
          .withArgs(alice, REWARD);
        expect(await pool.owed(alice)).to.equal(REWARD);
        expect(await pool.liabilities(rewardsToken)).to.equal(await rewardsToken.balanceOf(pool));
      });
    });
  });

  describe("setAutoRenew", () => {
    it("ends silently with the position", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice)).not.to.emit(pool, "AutoRenewCleared");
      expect(await pool.autoRenewOrder(id)).to.deep.equal([0n, 0n]);
    });

    it("is shown with its term and least rate", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      expect(await pool.autoRenewOrder(id)).to.deep.equal([0n, 0n]);
      await expect(pool.connect(actors.alice).setAutoRenew(id, YEAR_ID, 5n))
        .to.emit(pool, "AutoRenewSet")
        .withArgs(id, YEAR_ID, 5n);
      expect(await pool.autoRenewOrder(id)).to.deep.equal([YEAR_ID, 5n]);
      const { autoRenew, principal, reward, termId } = await pool.position(id);
      expect([autoRenew, principal, reward, termId]).to.deep.equal([true, PRINCIPAL, REWARD, MONTH_ID]);
    });

    it("is replaced by a later one", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      await pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, 0n);
      expect(await pool.autoRenewOrder(id)).to.deep.equal([MONTH_ID, 0n]);
      await expect(pool.connect(actors.stranger).renew(id, YEAR_ID, 0n)).to.be.revertedWithCustomError(
        pool,
        "PoolNotAuthorized",
      );
    });

    it("reverts above the term's rate, in terms that are not open, and for strangers", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, guardian, stranger } = actors;
      await expect(pool.connect(alice).setAutoRenew(id, MONTH_ID, MONTH.rate + 1n))
        .to.be.revertedWithCustomError(pool, "PoolRateBelowMinimum")
        .withArgs(MONTH.rate, MONTH.rate + 1n);
      await expect(pool.connect(alice).setAutoRenew(id, 7n, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
        .withArgs(7n, 2n);
      await expect(pool.connect(stranger).setAutoRenew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      await pool.connect(guardian).pauseTerm(MONTH_ID);
      await expect(pool.connect(alice).setAutoRenew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermPaused")
        .withArgs(MONTH_ID);
    });

    it("ends with a transfer, and stays ended when the position comes back", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      const { alice, bob, stranger } = actors;
      await expect(pool.connect(alice).transferFrom(alice, bob, id))
        .to.emit(pool, "AutoRenewCleared")
        .withArgs(id);
      await expect(pool.connect(bob).transferFrom(bob, alice, id)).not.to.emit(pool, "AutoRenewCleared");
      expect(await pool.autoRenewOrder(id)).to.deep.equal([0n, 0n]);
      await expect(pool.connect(stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      expect((await pool.position(id)).reward).to.equal(REWARD);
    });
  });

  describe("cancelAutoRenew", () => {
    it("ends the order of somebody whose approval is over, which does not end it by itself", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      const { alice, bob } = actors;
      await pool.connect(alice).approve(bob, id);
      await pool.connect(bob).setAutoRenew(id, MONTH_ID, 0n);
      await pool.connect(alice).approve(ethers.ZeroAddress, id);
      expect((await pool.position(id)).autoRenew).to.equal(true);
      await pool.connect(alice).cancelAutoRenew(id);
      expect((await pool.position(id)).autoRenew).to.equal(false);
    });

    it("ends the order, by owner or approved", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      const { alice, bob, stranger } = actors;
      await pool.connect(alice).approve(bob, id);
      await expect(pool.connect(bob).cancelAutoRenew(id)).to.emit(pool, "AutoRenewCleared").withArgs(id);
      expect((await pool.position(id)).autoRenew).to.equal(false);
      await expect(pool.connect(stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
    });

    it("reverts for strangers", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(ordered);
      await expect(pool.connect(actors.stranger).cancelAutoRenew(id))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(actors.stranger, id);
    });
  });
});
