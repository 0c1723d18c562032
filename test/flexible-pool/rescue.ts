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
const { ethers } = connection;

describe("FlexiblePool", () => {
  describe("rescue", () => {
    it("lets governance rescue all that belongs to nobody, of either token, from an empty pool", async () => {
      const actors = await namedActors(ethers);
      const access = await deployAccess(ethers, actors);
      const tokens = [await deployToken(ethers, "STAKE"), await deployToken(ethers, "REWARD")] as const;
      const [stakingToken, rewardsToken] = tokens;
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
      for (const token of tokens) {
        await token.mint(pool, ONE);
        const call = pool.interface.encodeFunctionData("rescue", [
          await token.getAddress(),
          actors.governor.address,
          ONE,
        ]);
        await announce(connection, access, actors.governor, await pool.getAddress(), call);
        await pool.connect(actors.governor).rescue(token, actors.governor, ONE);
        expect(await token.balanceOf(actors.governor)).to.equal(ONE);
      }
    });
  });
});
