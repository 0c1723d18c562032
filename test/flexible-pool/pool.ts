import { expect } from "chai";
import { network } from "hardhat";

import { behavesLikePool, type PoolSubject } from "../behaviors/pool.ts";
import {
  announce,
  deployFlexiblePool,
  fund,
  HOUR,
  MAX_UINT96,
  ONE,
  ZERO_ADDRESS,
  type FlexiblePoolFixture,
  type FlexiblePoolOptions,
} from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** The contracts' `PoolKind.Flexible`. */
const FLEXIBLE = 1n;

async function subjectOf(fixture: FlexiblePoolFixture): Promise<PoolSubject> {
  const { actors, pool } = fixture;
  await pool.connect(actors.alice).stake(100n * ONE);
  await fund(fixture, 700n * ONE);
  return {
    ...fixture,
    enter: (staker) => pool.connect(staker).stake(ONE),
    leave: () => pool.connect(actors.alice).withdraw(100n * ONE),
  };
}

async function twoTokens(): Promise<PoolSubject> {
  return subjectOf(await deployFlexiblePool(ethers));
}

async function oneToken(): Promise<PoolSubject> {
  return subjectOf(await deployFlexiblePool(ethers, { sameToken: true }));
}

async function empty(): Promise<FlexiblePoolFixture> {
  return deployFlexiblePool(ethers);
}

describe("FlexiblePool", () => {
  describe("given two tokens", () => {
    behavesLikePool(connection, twoTokens);
  });
  describe("given one token for stake and reward", () => {
    behavesLikePool(connection, oneToken);
  });

  describe("constructor", () => {
    const deploy = (options: FlexiblePoolOptions) => deployFlexiblePool(ethers, options);

    it("publishes what the pool is made of", async () => {
      const { actors, pool } = await deploy({ rewardsDuration: HOUR, minimumStake: 5n, cap: 9n });
      expect(await pool.kind()).to.equal(FLEXIBLE);
      expect(await pool.rewardsDuration()).to.equal(HOUR);
      expect(await pool.minimumStake()).to.equal(5n);
      expect(await pool.cap()).to.equal(9n);
      expect(await pool.isFunder(actors.funder)).to.equal(true);
      expect(await pool.isFunder(actors.deployer)).to.equal(false);
      await expect(pool.deploymentTransaction()).to.emit(pool, "FunderSet").withArgs(actors.funder, true);
    });

    it("names no funder when there is no distributor", async () => {
      const { access, stakingToken } = await networkHelpers.loadFixture(empty);
      const token = await stakingToken.getAddress();
      const pool = await ethers.deployContract("FlexiblePool", [
        {
          authority: await access.getAddress(),
          distributor: ZERO_ADDRESS,
          stakingToken: token,
          rewardsToken: token,
          rewardsDuration: HOUR,
          minimumStake: 1n,
          cap: 1n,
        },
      ]);
      await expect(pool.deploymentTransaction()).not.to.emit(pool, "FunderSet");
      expect(await pool.isFunder(ZERO_ADDRESS)).to.equal(false);
    });

    it("reverts when a token has no code", async () => {
      const { actors, access, pool, stakingToken } = await networkHelpers.loadFixture(empty);
      const library = await ethers.getContractAt("TokenTransfer", await pool.getAddress());
      const token = await stakingToken.getAddress();
      const nobody = actors.stranger.address;
      for (const [staking, rewards] of [
        [nobody, token],
        [token, nobody],
      ]) {
        const deployment = ethers.deployContract("FlexiblePool", [
          {
            authority: await access.getAddress(),
            distributor: ZERO_ADDRESS,
            stakingToken: staking,
            rewardsToken: rewards,
            rewardsDuration: HOUR,
            minimumStake: 1n,
            cap: 1n,
          },
        ]);
        await expect(deployment).to.be.revertedWithCustomError(library, "TokenWithoutCode").withArgs(nobody);
      }
    });

    it("reverts when a period is shorter than an hour or longer than four years", async () => {
      const { pool } = await networkHelpers.loadFixture(empty);
      const longest = 1_461n * 24n * HOUR;
      for (const rewardsDuration of [0n, HOUR - 1n, longest + 1n]) {
        await expect(deploy({ rewardsDuration }))
          .to.be.revertedWithCustomError(pool, "PoolDurationOutOfRange")
          .withArgs(rewardsDuration, HOUR, longest);
      }
      await expect(deploy({ rewardsDuration: longest })).not.to.be.revert(ethers);
    });

    it("reverts when minimum and cap do not satisfy 1 ≤ minimum ≤ cap < 2^96", async () => {
      const { pool } = await networkHelpers.loadFixture(empty);
      for (const [minimumStake, cap] of [
        [0n, 10n],
        [11n, 10n],
        [1n, MAX_UINT96 + 1n],
      ] as const) {
        await expect(deploy({ minimumStake, cap }))
          .to.be.revertedWithCustomError(pool, "PoolLimitsOutOfRange")
          .withArgs(minimumStake, cap, MAX_UINT96);
      }
      await expect(deploy({ minimumStake: 10n, cap: 10n })).not.to.be.revert(ethers);
    });
  });

  describe("setFunder", () => {
    it("lets a funder notify and stops them again, by governance after its delay", async () => {
      const { access, actors, pool, rewardsToken } = await networkHelpers.loadFixture(empty);
      const { governor, carol } = actors;
      const set = async (allowed: boolean) => {
        const call = pool.interface.encodeFunctionData("setFunder", [carol.address, allowed]);
        await announce(connection, access, governor, await pool.getAddress(), call);
        return pool.connect(governor).setFunder(carol, allowed);
      };
      await rewardsToken.mint(pool, 2n * ONE);

      await expect(set(true)).to.emit(pool, "FunderSet").withArgs(carol, true);
      expect(await pool.isFunder(carol)).to.equal(true);
      await expect(pool.connect(carol).notifyRewardAmount(ONE)).to.emit(pool, "RewardAdded").withArgs(ONE);

      await expect(set(false)).to.emit(pool, "FunderSet").withArgs(carol, false);
      await expect(pool.connect(carol).notifyRewardAmount(ONE))
        .to.be.revertedWithCustomError(pool, "PoolNotFunder")
        .withArgs(carol);
    });

    it("reverts for everybody but governance, and for governance unannounced", async () => {
      const { access, actors, pool } = await networkHelpers.loadFixture(empty);
      for (const caller of [actors.stranger, actors.guardian, actors.funder]) {
        await expect(pool.connect(caller).setFunder(caller, true))
          .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
      await expect(pool.connect(actors.governor).setFunder(actors.governor, true)).to.be.revertedWithCustomError(
        access,
        "AccessManagerNotScheduled",
      );
    });
  });
});
