import { expect } from "chai";
import { network } from "hardhat";

import { deployFixedTermPool, govern, MONTH, openPosition, rewardOf } from "../helpers/fixed-term.ts";
import { announce, MAX_UINT256, ONE, Role, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const BUDGET = 1_000n * ONE;
/** Most that a budget can be raised to: with the rewards of 256 terms it stays below 2^112. */
const BUDGET_LIMIT = 2n ** 112n - 1n - 2n ** 104n;

async function fresh() {
  const fixture = await deployFixedTermPool(ethers, { budget: BUDGET });
  await fixture.stakingToken.mint(fixture.actors.stranger, ONE);
  await fixture.stakingToken.connect(fixture.actors.stranger).approve(fixture.pool, MAX_UINT256);
  return fixture;
}

/** A rewards token that gives the pool 500 more with every transfer. */
async function giving() {
  const token = await ethers.deployContract("ReenteringToken");
  const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFixedTermPool(ethers, { rewardsToken, budget: BUDGET });
  const gift = token.interface.encodeFunctionData("mint", [await fixture.pool.getAddress(), 500n * ONE]);
  await token.arm(token, gift, false);
  return { ...fixture, token };
}

/** A pool of one token that can shrink, with penalties that wait and two positions of 500. */
async function shrinking() {
  const token = await ethers.deployContract("RebasingToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFixedTermPool(ethers, { stakingToken, sameToken: true, budget: BUDGET });
  const { actors, pool } = fixture;
  const leaving = await openPosition(pool, actors.alice, 1_000n * ONE);
  await pool.connect(actors.alice).withdrawEarly(leaving, 1_000n * ONE, actors.alice, 0n, 0n);
  const ids = [await openPosition(pool, actors.alice, 500n * ONE), await openPosition(pool, actors.alice, 500n * ONE)];
  return { ...fixture, token, ids };
}

describe("FixedTermPool", () => {
  describe("fund", () => {
    it("adds what arrives to the budget, by anyone, irrevocably", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(fresh);
      await rewardsToken.mint(actors.stranger, ONE);
      await rewardsToken.connect(actors.stranger).approve(pool, ONE);
      expect(await pool.connect(actors.stranger).fund.staticCall(ONE)).to.equal(ONE);
      await expect(pool.connect(actors.stranger).fund(ONE)).to.emit(pool, "Funded").withArgs(actors.stranger, ONE);
      expect(await pool.availableBudget()).to.equal(BUDGET + ONE);
    });

    it("reverts for nothing, and beyond what the pool counts in", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(fresh);
      await expect(pool.connect(actors.funder).fund(0n))
        .to.be.revertedWithCustomError(pool, "PoolZeroAmount")
        .withArgs();
      const room = BUDGET_LIMIT - BUDGET;
      await expect(pool.connect(actors.funder).fund(room + 1n))
        .to.be.revertedWithCustomError(pool, "PoolAmountOutOfRange")
        .withArgs(room + 1n, room);
      await pool.connect(actors.funder).fund(room);
      expect(await pool.availableBudget()).to.equal(BUDGET_LIMIT);
      await expect(pool.connect(actors.funder).fund(1n))
        .to.be.revertedWithCustomError(pool, "PoolAmountOutOfRange")
        .withArgs(1n, 0n);
    });

    it("credits at most what was asked for, whatever else arrives during the transfer", async () => {
      const { actors, pool, token } = await networkHelpers.loadFixture(giving);
      await expect(pool.connect(actors.funder).fund(ONE)).to.emit(pool, "Funded").withArgs(actors.funder, ONE);
      expect(await token.balanceOf(pool)).to.equal(BUDGET + 501n * ONE);
      expect(await pool.availableBudget()).to.equal(BUDGET + ONE);
      expect(await pool.liabilities(token)).to.equal(BUDGET + ONE);
    });

    it("lets everybody leave when it holds the most that it can", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(fresh);
      const { alice, funder } = actors;
      const id = await openPosition(pool, alice, 100n * ONE);
      await pool.connect(funder).fund(BUDGET_LIMIT - (await pool.availableBudget()));
      await pool.connect(alice).withdrawEarly(id, 60n * ONE, alice, 0n, 0n);
      await pool.connect(alice).withdrawEarly(id + 1n, 40n * ONE, alice, 0n, 0n);
      expect(await pool.reservedRewards()).to.equal(0n);
      // What came back is above what can be funded, and below what the pool counts in.
      expect(await pool.availableBudget()).to.be.above(BUDGET_LIMIT);
      expect(await pool.availableBudget()).to.equal(await rewardsToken.balanceOf(pool));
      await expect(pool.connect(funder).fund(1n))
        .to.be.revertedWithCustomError(pool, "PoolAmountOutOfRange")
        .withArgs(1n, 0n);
    });
  });

  describe("withdrawBudget", () => {
    it("pays what is not reserved, by governance after its delay", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { actors, pool, rewardsToken } = fixture;
      const data = pool.interface.encodeFunctionData("withdrawBudget", [actors.carol.address, BUDGET]);
      const sent = govern(connection, fixture, data);
      await expect(sent).to.emit(pool, "BudgetWithdrawn").withArgs(actors.carol, BUDGET);
      await expect(sent).to.changeTokenBalances(ethers, rewardsToken, [pool, actors.carol], [-BUDGET, BUDGET]);
      expect(await pool.availableBudget()).to.equal(0n);
    });

    it("withdraws what is there where more is asked for, and never what is reserved", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { actors, pool, rewardsToken } = fixture;
      await openPosition(pool, actors.alice, 100n * ONE);
      const free = BUDGET - rewardOf(100n * ONE, MONTH);
      const data = pool.interface.encodeFunctionData("withdrawBudget", [actors.carol.address, MAX_UINT256]);
      const sent = govern(connection, fixture, data);
      await expect(sent).to.emit(pool, "BudgetWithdrawn").withArgs(actors.carol, free);
      await expect(sent).to.changeTokenBalance(ethers, rewardsToken, actors.carol, free);
      expect(await pool.availableBudget()).to.equal(0n);
      expect(await rewardsToken.balanceOf(pool)).to.equal(await pool.reservedRewards());
    });

    it("is not stopped by dust that somebody opens before it", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { access, actors, pool, rewardsToken } = fixture;
      const data = pool.interface.encodeFunctionData("withdrawBudget", [actors.carol.address, BUDGET]);
      await announce(connection, access, actors.governor, await pool.getAddress(), data);
      await openPosition(pool, actors.stranger, 1_000n);
      await expect(actors.governor.sendTransaction({ to: pool, data })).to.changeTokenBalance(
        ethers,
        rewardsToken,
        actors.carol,
        BUDGET - rewardOf(1_000n, MONTH),
      );
    });

    it("returns what left", async () => {
      const { access, actors, pool } = await networkHelpers.loadFixture(fresh);
      await access.grantRole(Role.governor, actors.deployer, 0n);
      const { withdrawBudget } = pool.connect(actors.deployer);
      expect(await withdrawBudget.staticCall(actors.carol, 5n)).to.equal(5n);
      expect(await withdrawBudget.staticCall(actors.carol, BUDGET + 1n)).to.equal(BUDGET);
    });

    it("reverts where there is nothing", async () => {
      const fixture = await deployFixedTermPool(ethers, { budget: 0n });
      const data = fixture.pool.interface.encodeFunctionData("withdrawBudget", [fixture.actors.carol.address, 1n]);
      await expect(govern(connection, fixture, data))
        .to.be.revertedWithCustomError(fixture.pool, "PoolZeroAmount")
        .withArgs();
    });

    describe("given a token that shrank", () => {
      it("leaves what principal, reserved and owed rewards and penalties need, in a pool of one token", async () => {
        const fixture = await networkHelpers.loadFixture(shrinking);
        const { actors, pool, token } = fixture;
        await token.rebase(pool, 6_000n);
        const budget = await pool.availableBudget();
        const needed = (await pool.liabilities(token)) - budget;
        const balance = await token.balanceOf(pool);
        expect(balance - budget).to.be.below(needed);
        const all = pool.interface.encodeFunctionData("withdrawBudget", [actors.carol.address, budget]);
        await expect(govern(connection, fixture, all))
          .to.be.revertedWithCustomError(pool, "PoolLiabilitiesUncovered")
          .withArgs(balance - budget, needed);
        const tooMuch = pool.interface.encodeFunctionData("withdrawBudget", [
          actors.carol.address,
          balance - needed + 1n,
        ]);
        await expect(govern(connection, fixture, tooMuch))
          .to.be.revertedWithCustomError(pool, "PoolLiabilitiesUncovered")
          .withArgs(needed - 1n, needed);
        const rest = pool.interface.encodeFunctionData("withdrawBudget", [actors.carol.address, balance - needed]);
        await govern(connection, fixture, rest);
        expect(await token.balanceOf(pool)).to.equal(needed);
        for (const id of fixture.ids)
          await pool.connect(actors.alice).withdrawEarly(id, 500n * ONE, actors.alice, 0n, 0n);
        expect(await pool.totalPrincipal()).to.equal(0n);
      });

      it("leaves what reserved rewards need, in a pool of two tokens", async () => {
        const token = await ethers.deployContract("RebasingToken");
        const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
        const fixture = await deployFixedTermPool(ethers, { rewardsToken, budget: BUDGET });
        const { actors, pool } = fixture;
        await openPosition(pool, actors.alice, 100_000n * ONE);
        const reserved = await pool.reservedRewards();
        await token.rebase(pool, 5_000n);
        const balance = await token.balanceOf(pool);
        const data = pool.interface.encodeFunctionData("withdrawBudget", [
          actors.carol.address,
          balance - reserved + 1n,
        ]);
        await expect(govern(connection, fixture, data))
          .to.be.revertedWithCustomError(pool, "PoolLiabilitiesUncovered")
          .withArgs(reserved - 1n, reserved);
      });
    });

    it("reverts for receivers that could never use it", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      for (const to of [ZERO_ADDRESS, await fixture.pool.getAddress()]) {
        const data = fixture.pool.interface.encodeFunctionData("withdrawBudget", [to, 1n]);
        await expect(govern(connection, fixture, data))
          .to.be.revertedWithCustomError(fixture.pool, "PoolInvalidReceiver")
          .withArgs(to);
      }
    });
  });
});
