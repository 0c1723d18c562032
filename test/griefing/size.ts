// That everything costs the same however many there are: the same operations, each from the same state but for the crowd, and
// with the same slots warm, cold and zero. Every transaction begins with cold slots. Before and after each operation the account
// has other tokens, the pool has other stakers or positions, and the account other positions, with the crowd and without it; so no
// slot becomes zero, or stops being it, in one world only.
import { AssertionError, expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { network } from "hardhat";

import type { FixedTermPool, PlainToken } from "../../types/index.ts";
import { deploySchedule } from "../helpers/distributor.ts";
import { deployFixedTermPool, MONTH, MONTH_ID, YEAR_ID } from "../helpers/fixed-term.ts";
import { DAY, MAX_UINT96, ONE, PERIOD } from "../helpers/fixtures.ts";
import { faultyPool, realPool, type FlexibleSubject } from "../field/flexible-subject.ts";

// A crowd comes in one transaction.
const connection = await network.create({ override: { blockGasLimit: false, transactionGasCap: false } });
const { ethers, networkHelpers } = connection;
const CROWD_GAS = 2n ** 31n;

type Operations = Readonly<Record<string, () => Promise<ContractTransactionResponse>>>;

/** Gas of each operation, all from the present state. */
async function gasOf(operations: Operations): Promise<Map<string, bigint>> {
  const gas = new Map<string, bigint>();
  for (const [name, operation] of Object.entries(operations)) {
    const snapshot = await networkHelpers.takeSnapshot();
    const receipt = await (await operation()).wait();
    if (!receipt) throw new Error(`${name} is not in a block`);
    gas.set(name, receipt.gasUsed);
    await snapshot.restore();
  }
  return gas;
}

/** Within 1 %, for every operation. */
function expectSame(alone: Map<string, bigint>, crowded: Map<string, bigint>): void {
  expect(alone.size).to.be.greaterThan(0);
  expect([...crowded.keys()]).to.deep.equal([...alone.keys()]);
  for (const [name, gas] of alone) {
    const other = crowded.get(name) ?? 0n;
    const difference = other > gas ? other - gas : gas - other;
    expect(difference * 100n <= gas, `${name}: ${gas} gas alone, ${other} in a crowd`).to.equal(true);
  }
}

async function deployCrowd(token: PlainToken, pool: FlexibleSubject["pool"] | FixedTermPool) {
  const crowd = await ethers.deployContract("Crowd", [token, pool]);
  await token.mint(crowd, MAX_UINT96 / 2n);
  return crowd;
}

/** What it costs to use a flexible pool in which so many others have staked. */
async function flexibleGas(subject: FlexibleSubject, others: number): Promise<Map<string, bigint>> {
  const { actors, pool, stakingToken, rewardsToken } = subject;
  const crowd = await deployCrowd(stakingToken, pool);
  for (let first = 0; first < others; first += 500) {
    await crowd.stake(pool, first, Math.min(others - first, 500), ONE, { gasLimit: CROWD_GAS });
  }
  await pool.connect(actors.alice).stake(5n * ONE);
  await rewardsToken.mint(pool, 700_000n * ONE);
  await pool.connect(actors.funder).notifyRewardAmount(700_000n * ONE);
  await networkHelpers.time.increase(DAY);
  for (const staker of [actors.alice, actors.bob]) await rewardsToken.mint(staker, 1n);
  await pool.connect(actors.alice).getReward();
  await networkHelpers.time.increase(DAY);
  const [alice, bob] = [pool.connect(actors.alice), pool.connect(actors.bob)];
  return gasOf({
    "first stake": () => bob.stake(ONE),
    "later stake": () => alice.stake(ONE),
    "withdrawal in part": () => alice.withdraw(ONE),
    claim: () => alice.getReward(),
    exit: () => alice.exit(),
    "next period": async () => {
      await networkHelpers.time.increase(PERIOD);
      await rewardsToken.mint(pool, 700_000n * ONE);
      return pool.connect(actors.funder).notifyRewardAmount(700_000n * ONE);
    },
  });
}

/** What it costs to use a fixed-term pool for an account that has so many more positions than two. */
async function fixedTermGas(more: number): Promise<Map<string, bigint>> {
  const { actors, pool, stakingToken, rewardsToken } = await deployFixedTermPool(ethers);
  const crowd = await deployCrowd(stakingToken, pool);
  const alice = pool.connect(actors.alice);
  for (const termId of [MONTH_ID, YEAR_ID]) {
    for (const opened of [1, 2]) await alice.open(termId, ONE * BigInt(opened), actors.alice, 0n);
  }
  await pool.connect(actors.bob).open(MONTH_ID, ONE, actors.bob, 0n);
  const id = await pool.positionCount();
  // A position says nothing of who opened it: these are her own ones and planted ones alike.
  await crowd.open(pool, MONTH_ID, ONE, actors.alice, more, { gasLimit: CROWD_GAS });
  await rewardsToken.mint(actors.alice, 1n);
  await networkHelpers.time.increase(DAY);
  await alice.withdrawEarly(3n, ONE / 2n, actors.alice, 0n, 0n); // penalties wait in both worlds
  const matured = (operation: () => Promise<ContractTransactionResponse>) => async () => {
    await networkHelpers.time.increase(MONTH.duration);
    return operation();
  };
  return gasOf({
    open: () => alice.open(MONTH_ID, ONE, actors.alice, 0n),
    "withdrawal at maturity": matured(() => alice.withdraw(1n, actors.alice)),
    "early exit": () => alice.withdrawEarly(1n, ONE, actors.alice, 0n, 0n),
    "early exit in part": () => alice.withdrawEarly(1n, ONE / 2n, actors.alice, 0n, 0n),
    renewal: matured(() => alice.renew(1n, MONTH_ID, 0n)),
    "auto-renew": () => alice.setAutoRenew(1n, MONTH_ID, DAY, true),
    transfer: () => alice.transferFrom(actors.alice, actors.bob, 1n),
    "transfer to the crowded account": () => pool.connect(actors.bob).transferFrom(actors.bob, actors.alice, id),
    sweep: () => pool.sweepPenalties(),
  });
}

/** What a schedule's operations cost when nobody has distributed for so many days. */
async function distributorGas(days: bigint): Promise<Map<string, bigint>> {
  const epochs = 10_000n;
  const budget = 1_000n * ONE;
  const { actors, distributor, flexible, fixedTerm, start, token } = await deploySchedule(ethers, {
    epoch: DAY,
    budget,
    epochs,
  });
  await distributor.connect(actors.funder).fund(0n, budget * (epochs - 1n));
  await networkHelpers.time.increaseTo(start);
  for (const pool of [flexible, fixedTerm]) await distributor.distribute(0n, pool);
  await networkHelpers.time.increase(days * DAY);
  const governor = distributor.connect(actors.governor);
  return gasOf({
    "distribution to a flexible pool": () => distributor.distribute(0n, flexible),
    "distribution to a fixed-term pool": () => distributor.distribute(0n, fixedTerm),
    "change of a weight": () => governor.setWeights(0n, [{ pool: flexible, weight: 5n }]),
    funding: () => distributor.connect(actors.funder).fund(0n, budget),
    end: () => governor.endSchedule(0n, actors.governor),
    "sweep of fees": async () => distributor.sweepFees(token),
  });
}

describe("griefing by size", () => {
  it("10,000 stakers cost a staker of a flexible pool nothing", async () => {
    expectSame(await flexibleGas(await realPool(connection), 1), await flexibleGas(await realPool(connection), 10_000));
  });

  it("is caught where a pool walks through its stakers", async () => {
    const alone = await flexibleGas(await faultyPool(connection, "StakerListPool"), 1);
    const crowded = await flexibleGas(await faultyPool(connection, "StakerListPool"), 100);
    expect(() => {
      expectSame(alone, crowded);
    }).to.throw(AssertionError, "withdrawal in part");
  });

  it("1,000 positions of one's own and 1,000 planted ones cost their owner nothing", async () => {
    expectSame(await fixedTermGas(0), await fixedTermGas(2_000));
  });

  it("five years that nobody distributed cost the next distribution nothing", async () => {
    expectSame(await distributorGas(1n), await distributorGas(5n * 365n));
  });
});
