import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { Addressable } from "ethers";

import type { AccessManager, PlainToken, ReceivingPool, RewardDistributor } from "../../types/index.js";
import { DAY, deployAccess, deployToken, MAX_UINT256, namedActors, type Actors } from "./fixtures.ts";

/** What a pool is, as the contract numbers it. */
export const Kind = { none: 0n, flexible: 1n, fixedTerm: 2n } as const;

/** Role of the governor in these fixtures, without a delay: delays are tested where roles are. */
const OPERATOR = 3n;

export const WEEK = 7n * DAY;

/** Accounts without code that receive fees. */
export const INSURANCE = "0x1000000000000000000000000000000000000001";
export const TREASURY = "0x2000000000000000000000000000000000000002";

/** Of 100 units of fees, insurance gets 40. */
export const INSURANCE_SHARE_BPS = 4_000n;

export interface Terms {
  token: Addressable | string;
  epoch: bigint;
  budget: bigint;
  start: bigint;
  epochs: bigint;
  feeBps: bigint;
}

export interface Recipient {
  pool: Addressable | string;
  weight: bigint;
}

export interface DistributorFixture {
  actors: Actors;
  access: AccessManager;
  distributor: RewardDistributor;
  token: PlainToken;
  /** Gets three of four units. */
  flexible: ReceivingPool;
  /** Gets one of four units. */
  fixedTerm: ReceivingPool;
  /** Start of the first epoch of schedule 0. */
  start: bigint;
}

/** A distributor whose governance is the governor, at once. */
export async function deployDistributor(
  ethers: HardhatEthers,
): Promise<Pick<DistributorFixture, "actors" | "access" | "distributor">> {
  const actors = await namedActors(ethers);
  const access = await deployAccess(ethers, actors);
  const distributor = await ethers.deployContract("RewardDistributor", [
    await access.getAddress(),
    INSURANCE,
    TREASURY,
    INSURANCE_SHARE_BPS,
  ]);
  const governed = ["createSchedule", "setWeights", "endSchedule", "setRecipients", "rescue"] as const;
  const selectors = governed.map((name) => distributor.interface.getFunction(name).selector);
  await access.grantRole(OPERATOR, actors.governor, 0n);
  await access.setTargetFunctionRole(distributor, selectors, OPERATOR);
  return { actors, access, distributor };
}

/** A pool that counts what it is paid. */
export async function receivingPool(
  ethers: HardhatEthers,
  token: Addressable,
  kind: bigint = Kind.flexible,
): Promise<ReceivingPool> {
  return ethers.deployContract("ReceivingPool", [await token.getAddress(), kind]);
}

/** Schedules have ids in the order of their creation. */
export async function createSchedule(
  { distributor, actors }: Pick<DistributorFixture, "distributor" | "actors">,
  terms: Terms,
  recipients: Recipient[],
): Promise<bigint> {
  const id = await distributor.scheduleCount();
  await distributor.connect(actors.governor).createSchedule(terms, recipients);
  return id;
}

/**
 * Schedule 0 pays 1,000 units a week for ten weeks from tomorrow on, a tenth of it fees, three quarters of the rest to the
 * flexible pool and one to the fixed-term pool. The funder has approved 2^200 units; the schedule holds none.
 */
export async function deploySchedule(
  ethers: HardhatEthers,
  options: Partial<Omit<Terms, "token">> & { token?: PlainToken } = {},
): Promise<DistributorFixture> {
  const base = await deployDistributor(ethers);
  const token = options.token ?? (await deployToken(ethers, "REWARD"));
  const flexible = await receivingPool(ethers, token, Kind.flexible);
  const fixedTerm = await receivingPool(ethers, token, Kind.fixedTerm);
  const latest = await ethers.provider.getBlock("latest");
  if (!latest) throw new Error("The chain has no block");

  const start = BigInt(latest.timestamp) + DAY;
  const terms = { epoch: WEEK, budget: 1_000n, start, epochs: 10n, feeBps: 1_000n, ...options, token };
  await createSchedule(base, terms, [
    { pool: flexible, weight: 3n },
    { pool: fixedTerm, weight: 1n },
  ]);
  await token.mint(base.actors.funder, 2n ** 200n);
  await token.connect(base.actors.funder).approve(base.distributor, MAX_UINT256);
  return { ...base, token, flexible, fixedTerm, start: terms.start };
}
