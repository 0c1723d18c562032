import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import { network } from "hardhat";

import {
  DAY,
  deployFlexiblePool,
  fund,
  MAX_UINT96,
  ONE,
  PERIOD,
  type FlexiblePoolOptions,
} from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** Where `FlexiblePool` keeps its stakers: snapshots/storage-layout.json. */
const STAKERS = 4n;

/** Alice and bob share a stream of one reward token a second as 3 : 1. */
async function shared(options: FlexiblePoolOptions = {}) {
  const fixture = await deployFlexiblePool(ethers, { minimumStake: 10n, ...options });
  await fixture.pool.connect(fixture.actors.alice).stake(300n);
  await fixture.pool.connect(fixture.actors.bob).stake(100n);
  await fund(fixture, PERIOD * ONE);
  return fixture;
}

async function twoTokens() {
  return shared();
}

async function oneToken() {
  return shared({ sameToken: true });
}

/** A pool whose rewards token has an issuer who blocks alice, after a day of earning. */
async function blocked() {
  const fixture = await deployFlexiblePool(ethers);
  const { access, actors, stakingToken } = fixture;
  const rewardsToken = await ethers.deployContract("BlocklistToken");
  const pool = await ethers.deployContract("FlexiblePool", [
    {
      authority: await access.getAddress(),
      distributor: actors.funder.address,
      stakingToken: await stakingToken.getAddress(),
      rewardsToken: await rewardsToken.getAddress(),
      rewardsDuration: PERIOD,
      minimumStake: 1n,
      cap: MAX_UINT96,
    },
  ]);
  for (const staker of [actors.alice, actors.bob]) {
    await stakingToken.connect(staker).approve(pool, MAX_UINT96);
    await pool.connect(staker).stake(100n);
  }
  await fund({ pool, rewardsToken, actors }, PERIOD);
  await time.increase(DAY);
  await rewardsToken.setBlocked(actors.alice, true);
  return { actors, pool, stakingToken, rewardsToken };
}

describe("FlexiblePool", () => {
  describe("withdraw", () => {
    it("returns principal to the caller and leaves what they earned", async () => {
      const { actors, pool, stakingToken, rewardsToken } = await networkHelpers.loadFixture(twoTokens);
      const { alice } = actors;
      await time.increase(DAY);
      const before = await pool.earned(alice);
      const withdrawn = pool.connect(alice).withdraw(100n);
      await expect(withdrawn).to.emit(pool, "Withdrawn").withArgs(alice, 100n);
      await expect(withdrawn).to.changeTokenBalances(ethers, stakingToken, [pool, alice], [-100n, 100n]);
      await expect(withdrawn).to.changeTokenBalance(ethers, rewardsToken, alice, 0n);
      expect(await pool.balanceOf(alice)).to.equal(200n);
      expect(await pool.totalSupply()).to.equal(300n);
      expect(await pool.earned(alice)).to.be.closeTo(before + (ONE * 3n) / 4n, 1n);
    });

    it("shares what streams later by what is staked then", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await time.increase(DAY);
      await pool.connect(actors.alice).withdraw(200n);
      const alice = await pool.earned(actors.alice);
      const bob = await pool.earned(actors.bob);
      await time.increase(100n);
      expect((await pool.earned(actors.alice)) - alice).to.equal(50n * ONE);
      expect((await pool.earned(actors.bob)) - bob).to.equal(50n * ONE);
    });

    it("returns everything, and pays what was earned later", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(twoTokens);
      await time.increase(DAY);
      await pool.connect(actors.alice).withdraw(300n);
      const earned = await pool.earned(actors.alice);
      await time.increase(PERIOD);
      expect(await pool.earned(actors.alice)).to.equal(earned);
      await expect(pool.connect(actors.alice).getReward()).to.changeTokenBalance(
        ethers,
        rewardsToken,
        actors.alice,
        earned,
      );
    });

    it("leaves less than the minimum staked", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await pool.connect(actors.alice).withdraw(299n);
      expect(await pool.balanceOf(actors.alice)).to.equal(1n);
    });

    it("reverts when the amount is zero", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await expect(pool.connect(actors.alice).withdraw(0n))
        .to.be.revertedWithCustomError(pool, "PoolZeroAmount")
        .withArgs();
    });

    it("reverts when the amount is above the caller's stake", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await expect(pool.connect(actors.alice).withdraw(301n))
        .to.be.revertedWithCustomError(pool, "PoolInsufficientStake")
        .withArgs(actors.alice, 301n, 300n);
    });
  });

  describe("exit", () => {
    for (const [given, fixture] of [
      ["two tokens", twoTokens],
      ["one token", oneToken],
    ] as const) {
      it(`returns the whole stake and pays everything earned, with ${given}`, async () => {
        const { actors, pool, stakingToken, rewardsToken } = await networkHelpers.loadFixture(fixture);
        const { alice } = actors;
        const started = BigInt(await time.latest());
        await time.setNextBlockTimestamp(started + DAY);
        const exited = pool.connect(alice).exit();
        const reward = (DAY * ONE * 3n) / 4n;
        await expect(exited).to.emit(pool, "Withdrawn").withArgs(alice, 300n);
        await expect(exited).to.emit(pool, "RewardPaid").withArgs(alice, reward);
        if (stakingToken === rewardsToken) {
          await expect(exited).to.changeTokenBalance(ethers, stakingToken, alice, 300n + reward);
        } else {
          await expect(exited).to.changeTokenBalance(ethers, stakingToken, alice, 300n);
          await expect(exited).to.changeTokenBalance(ethers, rewardsToken, alice, reward);
        }
        expect(await pool.balanceOf(alice)).to.equal(0n);
        expect(await pool.earned(alice)).to.equal(0n);
        expect(await pool.totalSupply()).to.equal(100n);
        expect(await pool.rewardsOwed()).to.equal(PERIOD * ONE - reward);
      });
    }

    it("clears the staker's slot, fractions of a unit included", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      const slot = keccak256(
        AbiCoder.defaultAbiCoder().encode(["address", "uint256"], [actors.alice.address, STAKERS]),
      );
      expect(await ethers.provider.getStorage(pool, slot)).not.to.equal(ethers.ZeroHash);
      await pool.connect(actors.alice).exit();
      expect(await ethers.provider.getStorage(pool, slot)).to.equal(ethers.ZeroHash);
    });

    it("pays no reward when nothing was earned", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
      await pool.connect(actors.carol).stake(10n);
      await time.increase(PERIOD);
      await pool.connect(actors.alice).exit();
      await pool.connect(actors.alice).stake(10n);
      const exited = pool.connect(actors.alice).exit();
      await expect(exited).not.to.emit(pool, "RewardPaid");
      await expect(exited).to.changeTokenBalance(ethers, stakingToken, actors.alice, 10n);
    });

    it("pays what was earned before a withdrawal as well", async () => {
      const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(twoTokens);
      await time.increase(DAY);
      await pool.connect(actors.alice).withdraw(299n);
      await time.increase(PERIOD);
      const earned = await pool.earned(actors.alice);
      expect(earned).to.be.greaterThan((DAY * ONE * 3n) / 4n);
      await expect(pool.connect(actors.alice).exit()).to.changeTokenBalance(ethers, rewardsToken, actors.alice, earned);
    });

    it("reverts when the caller has no stake", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await expect(pool.connect(actors.carol).exit()).to.be.revertedWithCustomError(pool, "PoolZeroAmount").withArgs();
    });

    describe("given a rewards token that refuses the caller", () => {
      it("returns the principal and keeps the reward earned", async () => {
        const { actors, pool, stakingToken } = await networkHelpers.loadFixture(blocked);
        const { alice } = actors;
        const owed = await pool.rewardsOwed();
        const exited = await pool.connect(alice).exit();
        const reward = await pool.earned(alice);
        expect(reward).to.be.greaterThanOrEqual(DAY / 2n);
        await expect(exited).to.emit(pool, "RewardDeferred").withArgs(alice, reward);
        await expect(exited).not.to.emit(pool, "RewardPaid");
        await expect(exited).to.changeTokenBalance(ethers, stakingToken, alice, 100n);
        expect(await pool.balanceOf(alice)).to.equal(0n);
        expect(await pool.rewardsOwed()).to.equal(owed);
      });

      it("pays the deferred reward later, to any receiver, and once", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(blocked);
        const { alice, carol } = actors;
        await pool.connect(alice).exit();
        const reward = await pool.earned(alice);
        await expect(pool.connect(alice).getRewardTo(carol)).to.changeTokenBalance(ethers, rewardsToken, carol, reward);
        expect(await pool.earned(alice)).to.equal(0n);
        await expect(pool.connect(alice).getRewardTo(carol)).to.changeTokenBalance(ethers, rewardsToken, carol, 0n);
      });

      it("adds the deferred reward to what a new stake earns", async () => {
        const { actors, pool, rewardsToken } = await networkHelpers.loadFixture(blocked);
        const { alice, bob } = actors;
        await pool.connect(alice).exit();
        const deferred = await pool.earned(alice);
        await pool.connect(bob).stakeFor(alice, 100n);
        expect(await pool.earned(alice)).to.be.within(deferred - 1n, deferred);
        await time.increase(PERIOD);
        await rewardsToken.setBlocked(alice, false);
        const total = await pool.earned(alice);
        expect(total).to.be.greaterThan(deferred + (5n * DAY) / 2n);
        await expect(pool.connect(alice).exit()).to.changeTokenBalance(ethers, rewardsToken, alice, total);
      });

      it("returns the principal even when the pool owes the most that it can", async () => {
        const { actors, pool, rewardsToken, stakingToken } = await networkHelpers.loadFixture(blocked);
        const { alice, bob } = actors;
        // Bob's stake is so large that alice's reward is counted in the period's slot, beside a full ledger.
        await pool.connect(bob).stake(2n ** 90n);
        const most = 2n ** 128n - 2n ** 80n - (await pool.rewardsOwed());
        await rewardsToken.mint(pool, most + 1n);
        await expect(pool.connect(actors.funder).notifyRewardAmount(most + 1n))
          .to.be.revertedWithCustomError(pool, "PoolRewardOutOfRange")
          .withArgs(most + 1n, most);
        await pool.connect(actors.funder).notifyRewardAmount(most);
        await expect(pool.connect(alice).exit()).to.changeTokenBalance(ethers, stakingToken, alice, 100n);
        expect(await pool.earned(alice)).to.be.greaterThan(0n);
        expect(await pool.rewardsOwed()).to.equal(2n ** 128n - 2n ** 80n);
      });
    });

    describe("given a rewards token that reenters", () => {
      it("returns the principal once and keeps the reward earned", async () => {
        const rewardsToken = await ethers.deployContract("ReenteringToken");
        const plain = await ethers.getContractAt("PlainToken", await rewardsToken.getAddress());
        const { actors, pool, stakingToken } = await deployFlexiblePool(ethers, { rewardsToken: plain });
        const { alice, bob } = actors;
        await pool.connect(alice).stake(100n);
        await pool.connect(bob).stakeFor(rewardsToken, 100n);
        await fund({ pool, rewardsToken: plain, actors }, PERIOD);
        await time.increase(DAY);
        await rewardsToken.arm(pool, pool.interface.encodeFunctionData("withdraw", [100n]), false);

        const exited = await pool.connect(alice).exit();
        await expect(exited).to.emit(pool, "RewardDeferred");
        await expect(exited).to.changeTokenBalances(ethers, stakingToken, [alice, rewardsToken], [100n, 0n]);
        expect(await plain.balanceOf(alice)).to.equal(0n);
        expect(await pool.earned(alice)).to.be.greaterThanOrEqual(DAY / 2n);
        expect(await pool.rewardsOwed()).to.equal(PERIOD);
      });
    });
  });
});
