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
  type TermInput,
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

    describe("given a cap that leaves no room for the reward", () => {
      const caps: [string, Partial<TermInput>][] = [
        ["principal", { principalCap: PRINCIPAL + REWARD - 1n }],
        ["reserved reward", { rewardCap: rewardOf(PRINCIPAL + REWARD, MONTH) - 1n }],
      ];
      for (const [what, cap] of caps) {
        it(`renews the principal and owes the reward to the owner: the cap on ${what}`, async () => {
          const { actors, pool, stakingToken, id } = await mature({ sameToken: true, terms: [{ ...MONTH, ...cap }] });
          const { alice, bob } = actors;
          const renewed = pool.connect(alice).renew(id, 0n, 0n);
          await expect(renewed).not.to.emit(stakingToken, "Transfer");
          await expect(renewed).to.emit(pool, "RewardDeferred").withArgs(alice, REWARD);
          await expect(renewed)
            .to.emit(pool, "Renewed")
            .withArgs(id, id + 1n, REWARD);
          const { principal, reward } = await pool.position(id + 1n);
          expect([principal, reward]).to.deep.equal([PRINCIPAL, REWARD]);
          expect(await pool.owed(alice)).to.equal(REWARD);
          expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
          await expect(pool.connect(alice).claimOwed(bob)).to.changeTokenBalance(ethers, stakingToken, bob, REWARD);
        });
      }

      it("does so too at 2^96, the most that a position holds", async () => {
        const fixture = await deployFixedTermPool(ethers, { sameToken: true, budget: 2n ** 100n });
        const { actors, pool, stakingToken } = fixture;
        const { alice } = actors;
        const id = await openPosition(pool, alice, MAX_UINT96);
        const { reward } = await pool.position(id);
        await time.increase(MONTH.duration);
        await pool.connect(alice).renew(id, MONTH_ID, 0n);
        expect((await pool.position(id + 1n)).principal).to.equal(MAX_UINT96);
        expect(await pool.owed(alice)).to.equal(reward);
        expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
      });

      it("reverts where the owner asked for what compounding would earn", async () => {
        const terms = [{ ...MONTH, principalCap: PRINCIPAL }];
        const { actors, pool, id } = await mature({ sameToken: true, terms });
        const minReward = rewardOf(PRINCIPAL + REWARD, MONTH);
        await expect(pool.connect(actors.alice).renew(id, 0n, minReward))
          .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
          .withArgs(REWARD, minReward);
      });
    });

    it("reverts when not even the principal fits below a cap of the other term", async () => {
      const terms = [MONTH, { ...FULL_YEAR, principalCap: PRINCIPAL - 1n }, { ...FULL_YEAR, rewardCap: 1n }];
      for (const sameToken of [true, false]) {
        const { actors, pool, id } = await mature({ sameToken, terms });
        await expect(pool.connect(actors.alice).renew(id, 1n, 0n))
          .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
          .withArgs(PRINCIPAL, PRINCIPAL - 1n);
        await expect(pool.connect(actors.alice).renew(id, 2n, 0n))
          .to.be.revertedWithCustomError(pool, "PoolRewardCapExceeded")
          .withArgs(rewardOf(PRINCIPAL, FULL_YEAR), 1n);
      }
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

    it("reverts for strangers without auto-renew, and for positions that are not there", async () => {
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
  });
});
