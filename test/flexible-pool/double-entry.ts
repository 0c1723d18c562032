import { expect } from "chai";
import { network } from "hardhat";

import {
  announce,
  deployAccess,
  deployToken,
  governPool,
  MAX_UINT96,
  namedActors,
  ONE,
  PERIOD,
} from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

describe("FlexiblePool, staking a token that answers at two addresses", () => {
  async function staked() {
    const actors = await namedActors(ethers);
    const access = await deployAccess(ethers, actors);
    const token = await ethers.deployContract("DoubleEntryToken");
    const second = await ethers.getContractAt("SecondEntry", await token.SECOND());
    const pool = await ethers.deployContract("FlexiblePool", [
      {
        authority: await access.getAddress(),
        distributor: actors.funder.address,
        stakingToken: await token.getAddress(),
        rewardsToken: await token.getAddress(),
        rewardsDuration: PERIOD,
        minimumStake: 1n,
        cap: MAX_UINT96,
      },
    ]);
    await governPool(access, pool);
    await token.mint(actors.alice, ONE);
    await token.connect(actors.alice).approve(pool, ONE);
    await pool.connect(actors.alice).stake(ONE);
    return { access, actors, pool, second, token };
  }

  it("reverts when governance rescues principal by the second address", async () => {
    const { access, actors, pool, second, token } = await networkHelpers.loadFixture(staked);
    const call = pool.interface.encodeFunctionData("rescue", [await second.getAddress(), actors.governor.address, ONE]);
    await announce(connection, access, actors.governor, await pool.getAddress(), call);
    await expect(pool.connect(actors.governor).rescue(second, actors.governor, ONE))
      .to.be.revertedWithCustomError(pool, "PoolRescueMovesOwnToken")
      .withArgs(second);
    await expect(pool.connect(actors.alice).exit()).to.changeTokenBalance(ethers, token, actors.alice, ONE);
  });

  for (const role of ["staking", "rewards"] as const) {
    it(`reverts when governance rescues the ${role} token by the second address, the other one being plain`, async () => {
      const { access, actors, second, token } = await networkHelpers.loadFixture(staked);
      const plain = await deployToken(ethers, "PLAIN");
      const [stakingToken, rewardsToken] = role === "staking" ? [token, plain] : [plain, token];
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
      await governPool(access, pool);
      await token.mint(pool, ONE);
      const call = pool.interface.encodeFunctionData("rescue", [
        await second.getAddress(),
        actors.governor.address,
        1n,
      ]);
      await announce(connection, access, actors.governor, await pool.getAddress(), call);
      await expect(pool.connect(actors.governor).rescue(second, actors.governor, 1n))
        .to.be.revertedWithCustomError(pool, "PoolRescueMovesOwnToken")
        .withArgs(second);
    });
  }
});
