import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployFlexiblePool, fund, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** Alice and bob share a stream of one reward token a second as 3 : 1. */
async function shared() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(300n);
  await fixture.pool.connect(fixture.actors.bob).stake(100n);
  await fund(fixture, PERIOD * ONE);
  return fixture;
}

/** A pool whose one token's issuer blocks alice, after a day of earning. */
async function blocked() {
  const token = await ethers.deployContract("BlocklistToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFlexiblePool(ethers, { sameToken: true, stakingToken });
  await fixture.pool.connect(fixture.actors.alice).stake(100n * ONE);
  await fund(fixture, PERIOD * ONE);
  await time.increase(DAY);
  await token.setBlocked(fixture.actors.alice, true);
  return { ...fixture, token };
}

/** The rewards token alone refuses carol, to whom alice wants to leave. */
async function refusedReward() {
  const token = await ethers.deployContract("BlocklistToken");
  const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFlexiblePool(ethers, { rewardsToken });
  await fixture.pool.connect(fixture.actors.alice).stake(100n);
  await fund(fixture, PERIOD * ONE);
  await time.increase(DAY);
  await token.setBlocked(fixture.actors.carol, true);
  return fixture;
}

/** One token that calls back and is itself a staker, so that what it does inside of a transfer could succeed. */
async function reentering() {
  const token = await ethers.deployContract("ReenteringToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFlexiblePool(ethers, { sameToken: true, stakingToken });
  const { actors, pool } = fixture;
  await pool.connect(actors.alice).stake(100n);
  await pool.connect(actors.bob).stakeFor(token, 100n);
  await fund(fixture, PERIOD);
  await time.increase(DAY);
  return { ...fixture, token };
}

/** Every call that moves tokens fails as a whole if the token makes this one inside of it. */
async function isRefusedInside(
  { actors, pool, token }: Awaited<ReturnType<typeof reentering>>,
  call: string,
): Promise<void> {
  const { alice, carol } = actors;
  for (const before of [true, false]) {
    await token.arm(pool, call, before);
    for (const outer of [
      () => pool.connect(alice).stake(10n),
      () => pool.connect(alice).withdraw(10n),
      () => pool.connect(alice).withdrawTo(10n, carol),
      () => pool.connect(alice).getReward(),
      () => pool.connect(alice).exitTo(carol),
    ]) {
      await expect(outer()).to.be.revertedWithCustomError(pool, "ReentrancyGuardReentrantCall").withArgs();
    }
  }
  expect(await pool.balanceOf(token)).to.equal(100n);
  expect(await pool.balanceOf(alice)).to.equal(100n);
}

describe("FlexiblePool", () => {
  describe("withdrawTo", () => {
    it("returns principal to the receiver and leaves the caller what they earned", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(shared);
      await time.increase(DAY);
      const earned = await pool.earned(actors.alice);
      const withdrawn = pool.connect(actors.alice).withdrawTo(100n, actors.carol);
      await expect(withdrawn).to.emit(pool, "Withdrawn").withArgs(actors.alice, 100n);
      await expect(withdrawn).to.changeTokenBalances(
        ethers,
        stakingToken,
        [pool, actors.alice, actors.carol],
        [-100n, 0n, 100n],
      );
      expect(await pool.balanceOf(actors.alice)).to.equal(200n);
      expect(await pool.earned(actors.alice)).to.be.greaterThanOrEqual(earned);
      expect(await pool.earned(actors.carol)).to.equal(0n);
    });

    it("gets principal out of a token that has blocked the staker", async () => {
      const { actors, pool, token } = await networkHelpers.loadFixture(blocked);
      await expect(pool.connect(actors.alice).withdraw(ONE)).to.be.revertedWithCustomError(token, "AccountBlocked");
      await expect(pool.connect(actors.alice).withdrawTo(ONE, actors.carol)).to.changeTokenBalance(
        ethers,
        token,
        actors.carol,
        ONE,
      );
    });

    it("takes the caller's stake only", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(shared);
      await expect(pool.connect(actors.stranger).withdrawTo(1n, actors.stranger))
        .to.be.revertedWithCustomError(pool, "PoolInsufficientStake")
        .withArgs(actors.stranger, 1n, 0n);
      await expect(pool.connect(actors.alice).withdrawTo(301n, actors.bob))
        .to.be.revertedWithCustomError(pool, "PoolInsufficientStake")
        .withArgs(actors.alice, 301n, 300n);
    });

    it("reverts when the amount is zero, and first for receivers that could never use it", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(shared);
      await expect(pool.connect(actors.alice).withdrawTo(0n, actors.bob)).to.be.revertedWithCustomError(
        pool,
        "PoolZeroAmount",
      );
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).withdrawTo(0n, receiver))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
    });

    it("reverts inside of every other call, even for a token that is a staker", async () => {
      const fixture = await networkHelpers.loadFixture(reentering);
      const { actors, pool } = fixture;
      await isRefusedInside(fixture, pool.interface.encodeFunctionData("withdrawTo", [10n, actors.carol.address]));
    });
  });

  describe("exitTo", () => {
    it("returns the whole stake and pays everything earned, both to the receiver", async () => {
      const { actors, pool, stakingToken, rewardsToken } = await networkHelpers.loadFixture(shared);
      await time.increase(DAY);
      const exited = pool.connect(actors.alice).exitTo(actors.carol);
      const reward = ((DAY + 1n) * ONE * 3n) / 4n;
      await expect(exited).to.emit(pool, "Withdrawn").withArgs(actors.alice, 300n);
      await expect(exited).to.emit(pool, "RewardPaid").withArgs(actors.alice, reward);
      await expect(exited).to.changeTokenBalances(ethers, stakingToken, [actors.alice, actors.carol], [0n, 300n]);
      await expect(exited).to.changeTokenBalances(ethers, rewardsToken, [actors.alice, actors.carol], [0n, reward]);
      expect(await pool.balanceOf(actors.alice)).to.equal(0n);
      expect(await pool.earned(actors.alice)).to.equal(0n);
    });

    it("gets principal and reward out of a token that has blocked the staker", async () => {
      const { actors, pool, token } = await networkHelpers.loadFixture(blocked);
      const due = (await pool.earned(actors.alice)) + ONE + 100n * ONE; // a second more
      await expect(pool.connect(actors.alice).exitTo(actors.carol)).to.changeTokenBalance(
        ethers,
        token,
        actors.carol,
        due,
      );
    });

    it("leaves a reward that its token refuses earned by the caller", async () => {
      const { actors, pool, stakingToken, rewardsToken } = await networkHelpers.loadFixture(refusedReward);
      const exited = pool.connect(actors.alice).exitTo(actors.carol);
      await expect(exited).to.changeTokenBalance(ethers, stakingToken, actors.carol, 100n);
      const earned = await pool.earned(actors.alice);
      await expect(exited).to.emit(pool, "RewardDeferred").withArgs(actors.alice, earned);
      await expect(pool.connect(actors.alice).getRewardTo(actors.bob)).to.changeTokenBalance(
        ethers,
        rewardsToken,
        actors.bob,
        earned,
      );
    });

    it("reverts without a stake, and first for receivers that could never use it", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(shared);
      await expect(pool.connect(actors.stranger).exitTo(actors.bob)).to.be.revertedWithCustomError(
        pool,
        "PoolZeroAmount",
      );
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(actors.alice).exitTo(receiver))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
    });

    it("reverts inside of every other call, even for a token that is a staker", async () => {
      const fixture = await networkHelpers.loadFixture(reentering);
      const { actors, pool } = fixture;
      await isRefusedInside(fixture, pool.interface.encodeFunctionData("exitTo", [actors.carol.address]));
    });
  });
});
