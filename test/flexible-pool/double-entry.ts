import { expect } from "chai";
import { network } from "hardhat";

import { announce, deployAccess, governPool, MAX_UINT96, namedActors, ONE, PERIOD } from "../helpers/fixtures.ts";

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
});
