import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";
import type { Addressable } from "ethers";

import type { AccessManager, FlexiblePool, IFlexiblePool, PlainToken } from "../../types/index.js";

export const HOUR = 3_600n;
export const DAY = 24n * HOUR;
export const YEAR = 365n * DAY;
export const ONE = 10n ** 18n;
export const MAX_UINT96 = 2n ** 96n - 1n;
export const MAX_UINT128 = 2n ** 128n - 1n;
export const MAX_UINT256 = 2n ** 256n - 1n;
export const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/** Roles of the access manager that fixtures deploy. */
export const Role = { governor: 1n, guardian: 2n } as const;

/** What governance waits between asking and acting, in seconds. */
export const GOVERNANCE_DELAY = 2n * DAY;

/** What a test file gets from `network.create()`. */
export interface Connection {
  ethers: HardhatEthers;
  networkHelpers: NetworkHelpers;
}

export interface Actors {
  deployer: HardhatEthersSigner;
  governor: HardhatEthersSigner;
  guardian: HardhatEthersSigner;
  funder: HardhatEthersSigner;
  alice: HardhatEthersSigner;
  bob: HardhatEthersSigner;
  carol: HardhatEthersSigner;
  stranger: HardhatEthersSigner;
}

export interface FlexiblePoolFixture {
  actors: Actors;
  access: AccessManager;
  pool: FlexiblePool;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
}

export interface FlexiblePoolOptions {
  sameToken?: boolean;
  /** Tokens of their own, instead of plain ones. */
  stakingToken?: PlainToken;
  rewardsToken?: PlainToken;
  rewardsDecimals?: number;
  rewardsDuration?: bigint;
  minimumStake?: bigint;
  cap?: bigint;
}

/** Seconds of a flexible pool's period unless a test asks for another. */
export const PERIOD = 7n * DAY;

export async function namedActors(ethers: HardhatEthers): Promise<Actors> {
  const [deployer, governor, guardian, funder, alice, bob, carol, stranger] = await ethers.getSigners();
  if (!deployer || !governor || !guardian || !funder || !alice || !bob || !carol || !stranger) {
    throw new Error("The network has fewer accounts than the fixtures name");
  }
  return { deployer, governor, guardian, funder, alice, bob, carol, stranger };
}

export async function deployToken(ethers: HardhatEthers, symbol: string, decimals = 18): Promise<PlainToken> {
  return ethers.deployContract("PlainToken", [`${symbol} token`, symbol, decimals]);
}

/** An access manager whose governor acts after `GOVERNANCE_DELAY` and whose guardian acts at once. */
export async function deployAccess(ethers: HardhatEthers, actors: Actors): Promise<AccessManager> {
  const access = await ethers.deployContract("AccessManager", [actors.deployer.address]);
  await access.grantRole(Role.governor, actors.governor, GOVERNANCE_DELAY);
  await access.grantRole(Role.guardian, actors.guardian, 0n);
  return access;
}

/** Gives the guardian a pool's pause, and the governor everything else that the pool restricts. */
export async function governPool(
  access: AccessManager,
  pool: IFlexiblePool,
  governed: ("unpause" | "rescue" | "setFunder")[] = ["unpause", "rescue", "setFunder"],
): Promise<void> {
  const selectors = governed.map((name) => pool.interface.getFunction(name).selector);
  await access.setTargetFunctionRole(pool, [pool.interface.getFunction("pause").selector], Role.guardian);
  await access.setTargetFunctionRole(pool, selectors, Role.governor);
}

/** Schedules a call by the governor and lets its delay pass; the governor may then make it. */
export async function announce(
  { networkHelpers }: Connection,
  access: AccessManager,
  governor: HardhatEthersSigner,
  target: string,
  data: string,
): Promise<void> {
  await access.connect(governor).schedule(target, data, 0n);
  await networkHelpers.time.increase(GOVERNANCE_DELAY);
}

/** The tokens that the options name, or plain ones. */
export async function deployTokens(
  ethers: HardhatEthers,
  options: FlexiblePoolOptions,
): Promise<{ stakingToken: PlainToken; rewardsToken: PlainToken }> {
  const stakingToken = options.stakingToken ?? (await deployToken(ethers, "STAKE"));
  if (options.sameToken) return { stakingToken, rewardsToken: stakingToken };
  const rewardsToken = options.rewardsToken ?? (await deployToken(ethers, "REWARD", options.rewardsDecimals ?? 18));
  return { stakingToken, rewardsToken };
}

/** Mints 2^96 units for each of alice, bob and carol, and approves `spender`. */
export async function giveStake(actors: Actors, stakingToken: PlainToken, spender: Addressable): Promise<void> {
  for (const staker of [actors.alice, actors.bob, actors.carol]) {
    await stakingToken.mint(staker, 2n ** 96n);
    await stakingToken.connect(staker).approve(spender, MAX_UINT256);
  }
}

/** A flexible pool under an access manager; alice, bob and carol hold 2^96 units each and approved the pool. */
export async function deployFlexiblePool(
  ethers: HardhatEthers,
  options: FlexiblePoolOptions = {},
): Promise<FlexiblePoolFixture> {
  const actors = await namedActors(ethers);
  const access = await deployAccess(ethers, actors);
  const { stakingToken, rewardsToken } = await deployTokens(ethers, options);
  const pool = await ethers.deployContract("FlexiblePool", [
    {
      authority: await access.getAddress(),
      distributor: actors.funder.address,
      stakingToken: await stakingToken.getAddress(),
      rewardsToken: await rewardsToken.getAddress(),
      rewardsDuration: options.rewardsDuration ?? PERIOD,
      minimumStake: options.minimumStake ?? 1n,
      cap: options.cap ?? MAX_UINT96,
    },
  ]);
  await governPool(access, pool);
  await giveStake(actors, stakingToken, pool);
  return { actors, access, pool, stakingToken, rewardsToken };
}

/** Sends `reward` units to the pool and notifies them. */
export async function fund(
  { pool, rewardsToken, actors }: { pool: IFlexiblePool; rewardsToken: PlainToken; actors: Actors },
  reward: bigint,
): Promise<void> {
  await rewardsToken.mint(pool, reward);
  await pool.connect(actors.funder).notifyRewardAmount(reward);
}
