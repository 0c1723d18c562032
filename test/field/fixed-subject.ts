import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import type { IFixedTermPool, PlainToken } from "../../types/index.js";
import {
  deployFixedTermPool,
  govern,
  MONTH,
  MONTH_ID,
  type FixedTermPoolOptions,
  type TermInput,
} from "../helpers/fixed-term.ts";
import {
  deployTokens,
  giveStake,
  MAX_UINT128,
  MAX_UINT256,
  namedActors,
  ONE,
  type Actors,
  type Connection,
} from "../helpers/fixtures.ts";

/** Leaving costs 5 % at any time, and nothing of the reward. */
export const FLAT: TermInput = { ...MONTH, minimum: 1n, penalty: { startBps: 500n, endBps: 500n, forfeitedBps: 0n } };

/** A fixed-term pool with the term `FLAT` and budget, or something that stands in for one with a fault. */
export interface FixedSubject {
  actors: Actors;
  treasury: HardhatEthersSigner;
  pool: IFixedTermPool;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
  /** Whoever may, changes rate and penalty to half and five times: by a new term, in the pool that ships. */
  changeTerm: () => Promise<unknown>;
  /** Whoever may, asks for `amount` of a token; in the pool that ships, governance after its delay. */
  rescue: (token: PlainToken, amount: bigint) => Promise<unknown>;
  /** Whoever may, takes `amount` of the budget. */
  withdrawBudget: (amount: bigint) => Promise<unknown>;
}

const CHANGED: TermInput = {
  ...FLAT,
  rate: FLAT.rate / 2n,
  penalty: { startBps: 2_500n, endBps: 2_500n, forfeitedBps: 0n },
};

/** The pool that ships. */
export async function realPool(connection: Connection, options: FixedTermPoolOptions = {}): Promise<FixedSubject> {
  const fixture = await deployFixedTermPool(connection.ethers, {
    terms: [FLAT],
    split: { rewardsBps: 0n, insuranceBps: 0n, treasuryBps: 10_000n, burnBps: 0n },
    ...options,
  });
  const { actors, pool } = fixture;
  return {
    ...fixture,
    pool: await connection.ethers.getContractAt("IFixedTermPool", await pool.getAddress()),
    changeTerm: async () => {
      await govern(connection, fixture, pool.interface.encodeFunctionData("addTerm", [CHANGED]));
      await govern(connection, fixture, pool.interface.encodeFunctionData("closeTerm", [MONTH_ID]));
    },
    rescue: async (token, amount) => {
      const call = [await token.getAddress(), actors.governor.address, amount] as const;
      return govern(connection, fixture, pool.interface.encodeFunctionData("rescue", [...call]));
    },
    withdrawBudget: async (amount) => {
      const call = [actors.governor.address, amount] as const;
      return govern(connection, fixture, pool.interface.encodeFunctionData("withdrawBudget", [...call]));
    },
  };
}

/** A pool with faults of the field, in the same state as `realPool`. */
export async function naivePool(
  { ethers }: { ethers: HardhatEthers },
  options: FixedTermPoolOptions = {},
): Promise<FixedSubject> {
  const actors = await namedActors(ethers);
  const treasury = (await ethers.getSigners()).at(-1);
  if (!treasury) throw new Error("The network has fewer accounts than the fixtures name");
  const { stakingToken, rewardsToken } = await deployTokens(ethers, options);
  const naive = await ethers.deployContract("NaiveFixedTermPool", [
    stakingToken,
    rewardsToken,
    FLAT.duration,
    FLAT.rate,
    FLAT.penalty.startBps,
    treasury,
  ]);
  await giveStake(actors, stakingToken, naive);
  await rewardsToken.mint(actors.funder, MAX_UINT128);
  await rewardsToken.connect(actors.funder).approve(naive, MAX_UINT256);
  const budget = options.budget ?? 1_000_000n * ONE;
  if (budget !== 0n) await naive.connect(actors.funder).fund(budget);
  return {
    actors,
    treasury,
    pool: await ethers.getContractAt("IFixedTermPool", await naive.getAddress()),
    stakingToken,
    rewardsToken,
    changeTerm: () => naive.setTerm(CHANGED.rate, CHANGED.penalty.startBps),
    rescue: (token, amount) => naive.rescue(token, actors.governor, amount),
    withdrawBudget: (amount) => naive.withdrawBudget(actors.governor, amount),
  };
}
