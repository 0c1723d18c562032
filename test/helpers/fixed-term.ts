import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import type { AccessManager, FixedTermPool, FlexiblePool, IFixedTermPool, PlainToken } from "../../types/index.js";
import {
  announce,
  DAY,
  deployAccess,
  deployTokens,
  giveStake,
  MAX_UINT128,
  MAX_UINT256,
  MAX_UINT96,
  namedActors,
  ONE,
  PERIOD,
  Role,
  YEAR,
  ZERO_ADDRESS,
  type Actors,
  type Connection,
} from "./fixtures.ts";

export const BPS = 10_000n;

/** A term as `addTerm` takes it. */
export interface TermInput {
  duration: bigint;
  rate: bigint;
  minimum: bigint;
  principalCap: bigint;
  rewardCap: bigint;
  penalty: { startBps: bigint; endBps: bigint; forfeitedBps: bigint };
}

export interface SplitInput {
  rewardsBps: bigint;
  insuranceBps: bigint;
  treasuryBps: bigint;
  burnBps: bigint;
}

export interface FixedTermPoolOptions {
  sameToken?: boolean;
  stakingToken?: PlainToken;
  rewardsToken?: PlainToken;
  conversion?: bigint;
  split?: SplitInput;
  terms?: TermInput[];
  /** Whether penalties go to the rewards pool; unless given, where there are two tokens and rewards have a share. */
  namesRewardsPool?: boolean;
  /** Base units of budget funded at once; a million tokens of 18 decimals unless given. */
  budget?: bigint;
}

export interface FixedTermPoolFixture {
  actors: Actors;
  insurance: HardhatEthersSigner;
  treasury: HardhatEthersSigner;
  access: AccessManager;
  pool: FixedTermPool;
  /** Pays the staking token and receives the rewards share of penalties; the pool is among its funders. */
  rewardsPool: FlexiblePool;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
}

export const SPLIT: SplitInput = { rewardsBps: 4_000n, insuranceBps: 3_000n, treasuryBps: 2_000n, burnBps: 1_000n };

/** 30 days at 6 % a year; leaving costs 5 % of principal at first and 1 % at the end, and half of what accrued. */
export const MONTH: TermInput = {
  duration: 30n * DAY,
  rate: (6n * ONE) / 100n,
  minimum: 100n,
  principalCap: MAX_UINT96,
  rewardCap: MAX_UINT96,
  penalty: { startBps: 500n, endBps: 100n, forfeitedBps: 5_000n },
};

/** A year at 10 %; leaving costs nothing of the principal and all that accrued. */
export const FULL_YEAR: TermInput = {
  ...MONTH,
  duration: YEAR,
  rate: ONE / 10n,
  penalty: { startBps: 0n, endBps: 0n, forfeitedBps: BPS },
};

/** Ids of the terms that fixtures have unless a test asks for others. */
export const MONTH_ID = 0n;
export const YEAR_ID = 1n;

const GOVERNED = [
  "unpause",
  "rescue",
  "unpauseTerm",
  "addTerm",
  "closeTerm",
  "setRecipients",
  "withdrawBudget",
] as const;

/** Gives the guardian the pauses, and the governor everything else that the pool restricts. */
async function governFixedTermPool(access: AccessManager, pool: FixedTermPool): Promise<void> {
  const pauses = (["pause", "pauseTerm"] as const).map((name) => pool.interface.getFunction(name).selector);
  const governed = GOVERNED.map((name) => pool.interface.getFunction(name).selector);
  await access.setTargetFunctionRole(pool, pauses, Role.guardian);
  await access.setTargetFunctionRole(pool, governed, Role.governor);
}

/**
 * A funded fixed-term pool under an access manager, with a flexible pool for its penalties; alice, bob and carol hold
 * 2^96 units of the staking token each and approved the pool.
 */
export async function deployFixedTermPool(
  ethers: HardhatEthers,
  options: FixedTermPoolOptions = {},
): Promise<FixedTermPoolFixture> {
  const actors = await namedActors(ethers);
  const [insurance, treasury] = (await ethers.getSigners()).slice(-2);
  if (!insurance || !treasury) throw new Error("The network has fewer accounts than the fixtures name");
  const access = await deployAccess(ethers, actors);
  const { stakingToken, rewardsToken } = await deployTokens(ethers, options);
  const staking = await stakingToken.getAddress();
  const rewardsPool = await ethers.deployContract("FlexiblePool", [
    {
      authority: await access.getAddress(),
      distributor: ZERO_ADDRESS,
      stakingToken: staking,
      rewardsToken: staking,
      rewardsDuration: PERIOD,
      minimumStake: 1n,
      cap: MAX_UINT96,
    },
  ]);
  const split = options.split ?? SPLIT;
  const named = options.namesRewardsPool ?? (options.sameToken !== true && split.rewardsBps !== 0n);
  const pool = await ethers.deployContract("FixedTermPool", [
    {
      authority: await access.getAddress(),
      stakingToken: staking,
      rewardsToken: await rewardsToken.getAddress(),
      conversion: options.conversion ?? ONE,
      renderer: await (await ethers.deployContract("PositionRenderer")).getAddress(),
      rewardsPool: named ? await rewardsPool.getAddress() : ZERO_ADDRESS,
      insurance: insurance.address,
      treasury: treasury.address,
      split,
      terms: options.terms ?? [MONTH, FULL_YEAR],
    },
  ]);
  await governFixedTermPool(access, pool);
  const setFunder = rewardsPool.interface.getFunction("setFunder").selector;
  await access.setTargetFunctionRole(rewardsPool, [setFunder], await access.ADMIN_ROLE());
  await access.execute(
    rewardsPool,
    rewardsPool.interface.encodeFunctionData("setFunder", [await pool.getAddress(), true]),
  );

  await giveStake(actors, stakingToken, pool);
  await rewardsToken.mint(actors.funder, MAX_UINT128);
  await rewardsToken.connect(actors.funder).approve(pool, MAX_UINT256);
  const budget = options.budget ?? 1_000_000n * ONE;
  if (budget !== 0n) await pool.connect(actors.funder).fund(budget);
  return { actors, insurance, treasury, access, pool, rewardsPool, stakingToken, rewardsToken };
}

/** A pool of as many terms as it can have, all of them `MONTH`; the deployer governs it too, without delay. */
export async function deployFullPool(
  ethers: HardhatEthers,
  options: Omit<FixedTermPoolOptions, "terms"> = {},
): Promise<FixedTermPoolFixture> {
  const terms = Array.from({ length: 96 }, () => MONTH);
  const fixture = await deployFixedTermPool(ethers, { ...options, terms });
  const { access, actors, pool } = fixture;
  await access.grantRole(Role.governor, actors.deployer, 0n);
  for (let id = terms.length; id < 256; id++) await pool.connect(actors.deployer).addTerm(MONTH);
  return fixture;
}

/** Opens a position of `amount` units for the staker and returns its id. */
export async function openPosition(
  pool: FixedTermPool,
  staker: HardhatEthersSigner,
  amount: bigint,
  termId: bigint = MONTH_ID,
): Promise<bigint> {
  await pool.connect(staker).open(termId, amount, staker, 0n);
  return pool.positionCount();
}

/** Schedules a call by the governor, lets its delay pass and makes it. */
export async function govern(
  connection: Connection,
  { access, actors, pool }: Pick<FixedTermPoolFixture, "access" | "actors" | "pool">,
  data: string,
) {
  const target = await pool.getAddress();
  await announce(connection, access, actors.governor, target, data);
  return actors.governor.sendTransaction({ to: target, data });
}

/** Reward promised for `principal` units in `term`, rounded down. */
export function rewardOf(principal: bigint, term: TermInput, conversion = ONE): bigint {
  return (principal * term.rate * conversion * term.duration) / (ONE * ONE * YEAR);
}

/** What leaving with `amount` of a position costs and pays `elapsed` seconds after opening, each value rounded once. */
export function exitOf(
  term: TermInput,
  position: { principal: bigint; reward: bigint },
  amount: bigint,
  elapsed: bigint,
): { principalOut: bigint; rewardOut: bigint; principalPenalty: bigint; forfeitedReward: bigint; remainder: bigint } {
  const { principal, reward } = position;
  const remainder = (reward * (principal - amount)) / principal;
  if (elapsed >= term.duration) {
    const rewardOut = (reward * amount) / principal;
    return { principalOut: amount, rewardOut, principalPenalty: 0n, forfeitedReward: 0n, remainder };
  }
  const { startBps, endBps, forfeitedBps } = term.penalty;
  const weighted = startBps * (term.duration - elapsed) + endBps * elapsed;
  const whole = BPS * term.duration;
  const principalPenalty = (amount * weighted + whole - 1n) / whole;
  const rewardOut = (reward * amount * elapsed * (BPS - forfeitedBps)) / (principal * whole);
  const accrued = (reward * amount * elapsed) / (principal * term.duration);
  return {
    principalOut: amount - principalPenalty,
    rewardOut,
    principalPenalty,
    forfeitedReward: accrued - rewardOut,
    remainder,
  };
}

/** Whether the pool holds at least what it counts, of either token, and the counts are those of its views. */
export async function isSolvent(
  pool: IFixedTermPool,
  stakingToken: PlainToken,
  rewardsToken: PlainToken,
): Promise<boolean> {
  const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
  const staked = (await pool.totalPrincipal()) + rewards + insurance + treasury + burned;
  const promised = (await pool.availableBudget()) + (await pool.reservedRewards()) + (await pool.totalOwed());
  if ((await stakingToken.getAddress()) === (await rewardsToken.getAddress())) {
    return (await stakingToken.balanceOf(pool)) >= staked + promised;
  }
  return (await stakingToken.balanceOf(pool)) >= staked && (await rewardsToken.balanceOf(pool)) >= promised;
}
