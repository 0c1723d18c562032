import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BaseContract } from "ethers";

import { compilePeer, peersInstalled, SOURCES } from "../../tools/bench/peer-sources.ts";
import { deployBuild, liquidityStaker } from "../../tools/bench/peers.ts";
import type { IStakingRewards, PlainToken } from "../../types/index.js";
import { type Connection, DAY, deployToken, MAX_UINT256, MAX_UINT96 } from "../helpers/fixtures.ts";

/** Uniswap's pool has no other period; the others take it. */
export const ORACLE_PERIOD = 60n * DAY;

/** A pool behind the interface that it shares with every other, and what it pays in. */
export interface Subject {
  name: string;
  pool: IStakingRewards;
  stakingToken: PlainToken;
  /** The subject's own, unless it is the staking token: what an account holds of it is what it was paid. */
  rewardsToken: PlainToken;
}

export interface Tokens {
  owner: HardhatEthersSigner;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
}

export type Deploy = (connection: Connection, tokens: Tokens) => Promise<BaseContract>;

async function addressesOf({ owner, stakingToken, rewardsToken }: Tokens) {
  return { owner: owner.address, staking: await stakingToken.getAddress(), rewards: await rewardsToken.getAddress() };
}

export const deployOurs: Deploy = async ({ ethers }, tokens) => {
  const { owner, staking, rewards } = await addressesOf(tokens);
  return ethers.deployContract("FlexiblePool", [
    {
      authority: owner,
      distributor: owner,
      stakingToken: staking,
      rewardsToken: rewards,
      rewardsDuration: ORACLE_PERIOD,
      minimumStake: 1n,
      cap: MAX_UINT96,
    },
  ]);
};

export const deployUniswap: Deploy = async (_, tokens) => {
  const { owner, staking, rewards } = await addressesOf(tokens);
  return deployBuild(tokens, await liquidityStaker(), [owner, rewards, staking]);
};

/** Needs the peers' own package: `npm ci --prefix tools/peers --ignore-scripts`. */
export const deploySynthetix: Deploy = async (_, tokens) => {
  const { owner, staking, rewards } = await addressesOf(tokens);
  const pool = await deployBuild(tokens, await compilePeer(SOURCES.synthetix), [owner, owner, rewards, staking]);
  await pool.getFunction("setRewardsDuration").send(ORACLE_PERIOD);
  return pool;
};

/** Pools that nobody here wrote, and whether their package is there. */
export const ORACLES: readonly (readonly [name: string, deploy: Deploy, installed: boolean])[] = [
  ["Uniswap's liquidity-staker", deployUniswap, true],
  ["Synthetix's StakingRewards", deploySynthetix, peersInstalled()],
];

/** Deploys a pool with `stakingToken`, and lets `stakers` stake all that they have. */
export async function subject(
  connection: Connection,
  name: string,
  deploy: Deploy,
  {
    owner,
    stakers,
    sameToken = false,
  }: { owner: HardhatEthersSigner; stakers: HardhatEthersSigner[]; sameToken?: boolean },
): Promise<Subject> {
  const { ethers } = connection;
  const stakingToken = await deployToken(ethers, "STAKE");
  const rewardsToken = sameToken ? stakingToken : await deployToken(ethers, "REWARD");
  const deployed = await deploy(connection, { owner, stakingToken, rewardsToken });
  const pool = await ethers.getContractAt("IStakingRewards", await deployed.getAddress());
  for (const staker of stakers) {
    await stakingToken.mint(staker, 2n ** 92n);
    await stakingToken.connect(staker).approve(pool, MAX_UINT256);
  }
  return { name, pool, stakingToken, rewardsToken };
}
