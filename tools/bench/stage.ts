// One EVM, two plain tokens and the people of every measurement.
import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";
import type { Addressable, TransactionResponse } from "ethers";

import type { PlainToken } from "../../types/index.js";

export const DAY = 24n * 3_600n;
export const ONE = 10n ** 18n;
const MAX_UINT256 = 2n ** 256n - 1n;
export const MAX_UINT96 = 2n ** 96n - 1n;

/** An amount with nine significant bytes, as amounts of 18 decimals have: calldata costs depend on it. */
export const AMOUNT = 123_456_789_012_345_678_901n;
/** A period's reward, of which a day's share is far above what anyone's rounding costs. */
export const REWARD = 7_654_321_098_765_432_109_876n;
/** What everybody holds of both tokens beforehand, so that no balance is written from zero or to it. */
const WEALTH = 10n ** 28n;

export interface Stage {
  ethers: HardhatEthers;
  networkHelpers: NetworkHelpers;
  /** Deploys, governs and funds. */
  owner: HardhatEthersSigner;
  /** Whose operations are measured. */
  staker: HardhatEthersSigner;
  /** Ten who staked before. */
  others: HardhatEthersSigner[];
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
}

export async function setStage(ethers: HardhatEthers, networkHelpers: NetworkHelpers): Promise<Stage> {
  const [owner, staker, ...rest] = await ethers.getSigners();
  if (owner === undefined || staker === undefined) throw new Error("The network has no accounts");
  const others = rest.slice(0, 10);
  const stakingToken = await ethers.deployContract("PlainToken", ["Staking token", "STAKE", 18]);
  const rewardsToken = await ethers.deployContract("PlainToken", ["Rewards token", "REWARD", 18]);
  for (const account of [owner, staker, ...others]) {
    await stakingToken.mint(account, WEALTH);
    await rewardsToken.mint(account, WEALTH);
  }
  return { ethers, networkHelpers, owner, staker, others, stakingToken, rewardsToken };
}

/** Gives `pool` an infinite allowance of everybody's tokens and reward tokens of its own. */
export async function admit({ owner, staker, others, stakingToken, rewardsToken }: Stage, pool: Addressable) {
  for (const account of [owner, staker, ...others]) {
    await stakingToken.connect(account).approve(pool, MAX_UINT256);
    await rewardsToken.connect(account).approve(pool, MAX_UINT256);
  }
}

/** Lets a day pass to the second, so that no two runs differ. */
export async function passDay({ networkHelpers }: Stage): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(BigInt(await networkHelpers.time.latest()) + DAY);
}

export async function gasOf(sent: Promise<TransactionResponse>): Promise<bigint> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("The transaction was not mined");
  return receipt.gasUsed;
}
