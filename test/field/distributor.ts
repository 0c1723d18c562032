import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { network } from "hardhat";

import type { BlocklistToken, ReceivingPool } from "../../types/index.js";
import { createSchedule, deployDistributor, INSURANCE, receivingPool, TREASURY, WEEK } from "../helpers/distributor.ts";
import { DAY, MAX_UINT256, type Actors } from "../helpers/fixtures.ts";
import { fieldRow } from "./field-row.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

/** Two flexible pools with weights 3 and 1; 1,000 units a week, a tenth of it fees, ten weeks of it funded. */
interface DistributorSubject {
  actors: Actors;
  address: string;
  token: BlocklistToken;
  first: ReceivingPool;
  second: ReceivingPool;
  start: bigint;
  pay: (pool: ReceivingPool) => Promise<ContractTransactionResponse>;
  setWeights: (first: bigint, second: bigint) => Promise<ContractTransactionResponse>;
  rescue: (amount: bigint) => Promise<ContractTransactionResponse>;
}

async function deployToken() {
  const token = await ethers.deployContract("BlocklistToken");
  const first = await receivingPool(ethers, token);
  const second = await receivingPool(ethers, token);
  return { token, first, second, start: BigInt(await time.latest()) + DAY };
}

async function real(): Promise<DistributorSubject> {
  const base = await deployDistributor(ethers);
  const { token, first, second, start } = await deployToken();
  const { actors, distributor } = base;
  const recipients = (...weights: [bigint, bigint]) => [
    { pool: first, weight: weights[0] },
    { pool: second, weight: weights[1] },
  ];
  const terms = { token, epoch: WEEK, budget: 1_000n, start, epochs: 10n, feeBps: 1_000n };
  const id = await createSchedule(base, terms, recipients(3n, 1n));
  await token.mint(actors.funder, 10_000n);
  await token.connect(actors.funder).approve(distributor, MAX_UINT256);
  await distributor.connect(actors.funder).fund(id, 10_000n);
  const governor = distributor.connect(actors.governor);
  return {
    actors,
    address: await distributor.getAddress(),
    token,
    first,
    second,
    start,
    pay: (pool) => distributor.distribute(id, pool),
    setWeights: (...weights) => governor.setWeights(id, recipients(...weights)),
    rescue: (amount) => governor.rescue(token, actors.governor, amount),
  };
}

async function naive(): Promise<DistributorSubject> {
  const { actors } = await deployDistributor(ethers);
  const { token, first, second, start } = await deployToken();
  const pools = [await first.getAddress(), await second.getAddress()];
  const values = [await token.getAddress(), WEEK, 1_000n, start, 1_000n, TREASURY, pools];
  const distributor = await ethers.deployContract("NaiveRewardDistributor", values);
  await distributor.setWeights([3n, 1n]);
  await token.mint(distributor, 10_000n);
  return {
    actors,
    address: await distributor.getAddress(),
    token,
    first,
    second,
    start,
    pay: () => distributor.distribute(),
    setWeights: (...weights) => distributor.setWeights(weights),
    rescue: (amount) => distributor.rescue(actors.governor, amount),
  };
}

describe("what has gone wrong in the field, for distributors", () => {
  fieldRow(
    "one pool that reverts",
    async ({ first, second, start, pay }) => {
      await first.refuse(true);
      await time.increaseTo(start);
      await expect(pay(second)).not.to.be.revert(ethers);
      expect(await second.notified()).to.equal(225n);
    },
    real,
    naive,
  );

  fieldRow(
    "changes of weight, rate, penalty, term: a weight acts on what is past",
    async ({ first, second, start, pay, setWeights }) => {
      await time.increaseTo(start + WEEK);
      await setWeights(0n, 1n);
      await pay(second);
      expect(await second.notified()).to.equal(2n * 225n);
      await pay(first);
      expect(await first.notified()).to.equal(2n * 675n);
    },
    real,
    naive,
  );

  fieldRow(
    "a treasury, insurance fund or burn that reverts or is blocked: fees wait for it",
    async ({ token, first, start, pay }) => {
      await token.setBlocked(TREASURY, true);
      await token.setBlocked(INSURANCE, true);
      await time.increaseTo(start);
      await expect(pay(first)).not.to.be.revert(ethers);
      expect(await first.notified()).to.equal(675n);
    },
    real,
    naive,
  );

  fieldRow(
    "sweeping: what pools are owed is taken",
    async ({ address, token, rescue }) => {
      await token.mint(address, 5n);
      await expect(rescue(6n)).to.be.revert(ethers);
      await rescue(5n);
      expect(await token.balanceOf(address)).to.equal(10_000n);
    },
    real,
    naive,
  );
});
