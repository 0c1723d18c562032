import { expect } from "chai";
import { network } from "hardhat";

import { deployFixedTermPool, MONTH, MONTH_ID, openPosition, rewardOf, YEAR_ID } from "../helpers/fixed-term.ts";
import { DAY, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);

async function opened(options: { sameToken?: boolean } = {}) {
  const fixture = await deployFixedTermPool(ethers, options);
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  const { maturity } = await fixture.pool.position(id);
  return { ...fixture, id, maturity };
}

async function twoTokens() {
  return opened();
}

async function mature() {
  const fixture = await opened();
  await time.increaseTo(fixture.maturity);
  return fixture;
}

async function matureOneToken() {
  const fixture = await opened({ sameToken: true });
  await time.increaseTo(fixture.maturity);
  return fixture;
}

/** A mature position whose owner the issuer of the rewards token blocks. */
async function blocked() {
  const token = await ethers.deployContract("BlocklistToken");
  const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFixedTermPool(ethers, { rewardsToken });
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  await time.increase(MONTH.duration);
  await token.setBlocked(fixture.actors.alice, true);
  return { ...fixture, id, blocklist: token };
}

describe("FixedTermPool", () => {
  describe("withdraw", () => {
    it("pays principal and the promised reward from the second of maturity on", async () => {
      const { actors, pool, stakingToken, rewardsToken, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      const { alice, carol } = actors;
      await time.setNextBlockTimestamp(maturity);
      const withdrawn = pool.connect(alice).withdraw(id, carol);
      await expect(withdrawn).to.emit(pool, "Withdrawn").withArgs(id, carol, PRINCIPAL, REWARD);
      await expect(withdrawn).to.emit(pool, "Transfer").withArgs(alice, ZERO_ADDRESS, id);
      await expect(withdrawn).to.changeTokenBalances(ethers, stakingToken, [pool, carol], [-PRINCIPAL, PRINCIPAL]);
      await expect(withdrawn).to.changeTokenBalances(ethers, rewardsToken, [pool, carol], [-REWARD, REWARD]);
      expect(await pool.totalPrincipal()).to.equal(0n);
      expect(await pool.reservedRewards()).to.equal(0n);
      expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - REWARD);
      const { openPrincipal, reservedReward } = await pool.term(MONTH_ID);
      expect(openPrincipal).to.equal(0n);
      expect(reservedReward).to.equal(0n);
    });

    it("returns what it pays", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(mature);
      expect(await pool.connect(actors.alice).withdraw.staticCall(id, actors.alice)).to.deep.equal([PRINCIPAL, REWARD]);
    });

    it("pays no more for waiting longer", async () => {
      const { actors, pool, rewardsToken, id } = await networkHelpers.loadFixture(mature);
      await time.increase(10n * 365n * DAY);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice)).to.changeTokenBalance(
        ethers,
        rewardsToken,
        actors.alice,
        REWARD,
      );
    });

    it("pays both in one transfer where the tokens are the same", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(matureOneToken);
      const withdrawn = pool.connect(actors.alice).withdraw(id, actors.alice);
      await expect(withdrawn)
        .to.emit(stakingToken, "Transfer")
        .withArgs(pool, actors.alice, PRINCIPAL + REWARD);
      await expect(withdrawn).to.changeTokenBalance(ethers, stakingToken, actors.alice, PRINCIPAL + REWARD);
      expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
    });

    it("pays whoever the approved or the operator says", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(mature);
      const { alice, bob, carol } = actors;
      const second = await openPosition(pool, alice, ONE);
      await pool.connect(alice).approve(bob, id);
      await expect(pool.connect(bob).withdraw(id, carol)).to.changeTokenBalance(ethers, stakingToken, carol, PRINCIPAL);
      await time.increase(MONTH.duration);
      await pool.connect(alice).setApprovalForAll(carol, true);
      await expect(pool.connect(carol).withdraw(second, bob)).to.changeTokenBalance(ethers, stakingToken, bob, ONE);
    });

    it("reverts one second before maturity", async () => {
      const { actors, pool, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      await time.setNextBlockTimestamp(maturity - 1n);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice))
        .to.be.revertedWithCustomError(pool, "PoolNotMature")
        .withArgs(id, maturity);
    });

    it("reverts for everybody whom the owner did not approve", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(mature);
      for (const caller of [actors.stranger, actors.governor, actors.guardian, actors.bob]) {
        await expect(pool.connect(caller).withdraw(id, caller))
          .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
          .withArgs(caller, id);
      }
    });

    it("reverts for receivers that could never use it", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(mature);
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).withdraw(id, receiver))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
    });

    it("reverts for a position that is closed, and for one that never was", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(mature);
      const { alice } = actors;
      await pool.connect(alice).withdraw(id, alice);
      await expect(pool.connect(alice).withdraw(id, alice))
        .to.be.revertedWithCustomError(pool, "PoolPositionClosed")
        .withArgs(id);
      for (const unknown of [0n, 2n]) {
        await expect(pool.connect(alice).withdraw(unknown, alice))
          .to.be.revertedWithCustomError(pool, "PoolPositionUnknown")
          .withArgs(unknown);
      }
    });

    it("pays while everything is paused and the term closed to newcomers", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(mature);
      await pool.connect(actors.guardian).pause();
      await pool.connect(actors.guardian).pauseTerm(MONTH_ID);
      await pool.connect(actors.guardian).pauseTerm(YEAR_ID);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice)).to.changeTokenBalance(
        ethers,
        stakingToken,
        actors.alice,
        PRINCIPAL,
      );
    });
  });

  describe("claimOwed", () => {
    describe("given a rewards token that refuses the owner", () => {
      it("pays the principal at once and books the reward as owed to the owner", async () => {
        const { actors, pool, stakingToken, rewardsToken, id } = await networkHelpers.loadFixture(blocked);
        const { alice, bob } = actors;
        await pool.connect(alice).approve(bob, id);
        const withdrawn = pool.connect(bob).withdraw(id, alice);
        await expect(withdrawn).to.emit(pool, "RewardDeferred").withArgs(alice, REWARD);
        await expect(withdrawn).to.changeTokenBalance(ethers, stakingToken, alice, PRINCIPAL);
        await expect(withdrawn).to.changeTokenBalance(ethers, rewardsToken, pool, 0n);
        expect(await pool.owed(alice)).to.equal(REWARD);
        expect(await pool.owed(bob)).to.equal(0n);
        expect(await pool.totalOwed()).to.equal(REWARD);
        expect(await pool.reservedRewards()).to.equal(0n);
        expect(await pool.liabilities(rewardsToken)).to.equal(await rewardsToken.balanceOf(pool));
      });

      it("pays what is owed once, to any receiver", async () => {
        const { actors, pool, rewardsToken, id } = await networkHelpers.loadFixture(blocked);
        const { alice, carol } = actors;
        await pool.connect(alice).withdraw(id, alice);
        const claimed = pool.connect(alice).claimOwed(carol);
        await expect(claimed).to.emit(pool, "OwedClaimed").withArgs(alice, carol, REWARD);
        await expect(claimed).to.changeTokenBalances(ethers, rewardsToken, [pool, carol], [-REWARD, REWARD]);
        expect(await pool.owed(alice)).to.equal(0n);
        expect(await pool.totalOwed()).to.equal(0n);
        await expect(pool.connect(alice).claimOwed(carol))
          .to.be.revertedWithCustomError(pool, "PoolNothingOwed")
          .withArgs(alice);
      });

      it("keeps what is owed when the receiver is refused too", async () => {
        const { actors, pool, blocklist, id } = await networkHelpers.loadFixture(blocked);
        const { alice } = actors;
        await pool.connect(alice).withdraw(id, alice);
        await expect(pool.connect(alice).claimOwed(alice))
          .to.be.revertedWithCustomError(blocklist, "AccountBlocked")
          .withArgs(alice);
        expect(await pool.owed(alice)).to.equal(REWARD);
      });

      it("adds up what several exits leave owed", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(blocked);
        const { alice } = actors;
        await pool.connect(alice).withdrawEarly(id, PRINCIPAL / 2n, alice, 0n, 0n);
        await pool.connect(alice).withdraw(id + 1n, alice);
        expect(await pool.owed(alice)).to.be.within(REWARD - 1n, REWARD);
        expect(await pool.totalOwed()).to.equal(await pool.owed(alice));
      });
    });

    it("reverts for receivers that could never use it, and when nothing is owed", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).claimOwed(receiver))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
      await expect(pool.connect(actors.alice).claimOwed(actors.alice))
        .to.be.revertedWithCustomError(pool, "PoolNothingOwed")
        .withArgs(actors.alice);
    });
  });
});
