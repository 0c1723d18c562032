import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";

import type { FixedTermPool, FlexiblePool, StakingLens } from "../../types/index.js";
import { createFixedTermPool, createFlexiblePool, deployFactory, type FactoryFixture } from "./factory.ts";
import { MAX_UINT256, giveStake } from "./fixtures.ts";

/** Base units of the rewards token, of 6 decimals, in the fixed-term pool's budget. */
export const BUDGET = 10n ** 15n;

export interface LensFixture extends FactoryFixture {
  lens: StakingLens;
  flexiblePool: FlexiblePool;
  fixedTermPool: FixedTermPool;
}

/**
 * A lens, and a factory with two pools by alice: a flexible one, then a funded fixed-term one. alice, bob and carol
 * hold 2^97 units of the staking token and approved both.
 */
export async function deployLens(ethers: HardhatEthers): Promise<LensFixture> {
  const fixture = await deployFactory(ethers);
  const { actors, factory, fixedTerm, flexible, rewardsToken, stakingToken } = fixture;
  const flexiblePool = await createFlexiblePool(ethers, factory, actors.alice, flexible);
  const fixedTermPool = await createFixedTermPool(ethers, factory, actors.alice, fixedTerm);
  for (const pool of [flexiblePool, fixedTermPool]) await giveStake(actors, stakingToken, pool);
  await rewardsToken.mint(actors.funder, BUDGET);
  await rewardsToken.connect(actors.funder).approve(fixedTermPool, MAX_UINT256);
  await fixedTermPool.connect(actors.funder).fund(BUDGET);
  const lens = await ethers.deployContract("StakingLens");
  return { ...fixture, lens, flexiblePool, fixedTermPool };
}
