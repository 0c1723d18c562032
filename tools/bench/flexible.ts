// The operations of a flexible pool, in the same state for whoever's pool it is.
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BaseContract } from "ethers";

import type { FlexiblePool } from "../../types/index.js";
import { admit, AMOUNT, DAY, gasOf, MAX_UINT96, passDay, REWARD, type Stage } from "./stage.ts";

export const FLEXIBLE_OPERATIONS = [
  "first stake",
  "second stake",
  "part withdrawal",
  "claim",
  "exit",
  "fund an active period",
] as const;
export type FlexibleOperation = (typeof FLEXIBLE_OPERATIONS)[number];
export type FlexibleGas = Partial<Record<FlexibleOperation, bigint>>;

/** A pool's own words for what every pool does; each resolves to the gas used. */
export interface FlexibleActions {
  stake: (staker: HardhatEthersSigner, amount: bigint) => Promise<bigint>;
  withdraw: (staker: HardhatEthersSigner, amount: bigint) => Promise<bigint>;
  claim: (staker: HardhatEthersSigner) => Promise<bigint>;
  exit: (staker: HardhatEthersSigner, staked: bigint) => Promise<bigint>;
  /** Where rewards come from funding: starts a stream or adds to it. */
  fund?: (reward: bigint) => Promise<bigint>;
}

/** Seconds of a period, long enough for every operation with a day between them. */
export const PERIOD = 7n * DAY;

/** Ten stakers, a running period, then one day between one operation and the next. */
export async function measureFlexible(
  stage: Stage,
  pool: FlexibleActions,
  { amount, reward } = { amount: AMOUNT, reward: REWARD },
): Promise<FlexibleGas> {
  const { others, staker } = stage;
  for (const other of others) await pool.stake(other, amount);
  await pool.fund?.(reward);

  const after = async (operation: () => Promise<bigint>) => {
    await passDay(stage);
    return operation();
  };
  const gas: FlexibleGas = {
    "first stake": await after(() => pool.stake(staker, amount)),
    "second stake": await after(() => pool.stake(staker, amount)),
    "part withdrawal": await after(() => pool.withdraw(staker, amount)),
    claim: await after(() => pool.claim(staker)),
    exit: await after(() => pool.exit(staker, amount)),
  };
  const { fund } = pool;
  if (fund !== undefined) gas["fund an active period"] = await after(() => fund(reward));
  return gas;
}

/** Any contract's function by its name: peers' ABIs are read at run time. */
export function sender(contract: BaseContract) {
  return (from: HardhatEthersSigner, name: string, ...args: unknown[]): Promise<bigint> =>
    gasOf(
      contract
        .connect(from)
        .getFunction(name)
        .send(...args),
    );
}

/** The interface that Synthetix's pool began: rewards arrive first and are notified then. */
export function stakingRewardsActions(stage: Stage, pool: BaseContract): FlexibleActions {
  const send = sender(pool);
  return {
    stake: (staker, amount) => send(staker, "stake", amount),
    withdraw: (staker, amount) => send(staker, "withdraw", amount),
    claim: (staker) => send(staker, "getReward"),
    exit: (staker) => send(staker, "exit"),
    fund: async (reward) => {
      await stage.rewardsToken.connect(stage.owner).transfer(pool, reward);
      return send(stage.owner, "notifyRewardAmount", reward);
    },
  };
}

export async function deployFlexiblePool(stage: Stage, cap = MAX_UINT96): Promise<FlexiblePool> {
  const { ethers, owner, stakingToken, rewardsToken } = stage;
  const pool = await ethers.deployContract("FlexiblePool", [
    {
      authority: owner.address,
      distributor: owner.address,
      stakingToken: await stakingToken.getAddress(),
      rewardsToken: await rewardsToken.getAddress(),
      rewardsDuration: PERIOD,
      minimumStake: 1n,
      cap,
    },
  ]);
  await admit(stage, pool);
  return pool;
}

export async function measureOurs(stage: Stage): Promise<FlexibleGas> {
  return measureFlexible(stage, stakingRewardsActions(stage, await deployFlexiblePool(stage)));
}
