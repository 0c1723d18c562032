import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { network } from "hardhat";

import type { IFixedTermPool } from "../../types/index.js";
import { BPS, MONTH_ID, rewardOf } from "../helpers/fixed-term.ts";
import { DAY, HOUR, ONE } from "../helpers/fixtures.ts";
import { signPermit } from "../helpers/permit.ts";
import { fieldRow } from "./field-row.ts";
import { FLAT, naivePool, realPool, type FixedSubject } from "./fixed-subject.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, FLAT);

type Options = Parameters<typeof realPool>[1];

/** The same scenario for the pool that ships and for one with the field's faults. */
function row(name: string, scenario: (subject: FixedSubject) => Promise<void>, options: () => Promise<Options>): void {
  fieldRow(
    name,
    scenario,
    async () => realPool(connection, await options()),
    async () => naivePool(connection, await options()),
  );
}

function plain(): Promise<Options> {
  return Promise.resolve({});
}

async function withToken(side: "stakingToken" | "rewardsToken", contract: string, args: unknown[] = []) {
  const token = await ethers.deployContract(contract, args);
  return { [side]: await ethers.getContractAt("PlainToken", await token.getAddress()) };
}

/** Makes a call that may revert: what counts is what it leaves behind. */
async function attempt(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

async function open(pool: IFixedTermPool, staker: HardhatEthersSigner, amount = PRINCIPAL): Promise<bigint> {
  await pool.connect(staker).open(MONTH_ID, amount, staker, 0n);
  return pool.positionCount();
}

/** The principal of a position, or nothing when there is none of that id. */
async function principalOf(pool: IFixedTermPool, id: bigint): Promise<bigint | undefined> {
  return pool.position(id).then(
    ({ principal }) => principal,
    () => undefined,
  );
}

/** Leaves with one unit at a time and returns how often that worked. */
async function leaveByUnits(
  pool: IFixedTermPool,
  staker: HardhatEthersSigner,
  id: bigint,
  times: number,
  unit: bigint,
) {
  let current = id;
  for (let step = 0; step < times; step++) {
    await pool.connect(staker).withdrawEarly(current, unit, staker, 0n, 0n);
    if ((await principalOf(pool, current)) === undefined) current = await pool.positionCount();
  }
}

describe("What has gone wrong in the field: fixed-term pools", () => {
  row(
    "changes of weight, rate, penalty, term: an open position follows them",
    async ({ actors, pool, rewardsToken, changeTerm }) => {
      const id = await open(pool, actors.alice);
      const before = await pool.position(id);
      await changeTerm();
      expect(await pool.position(id)).to.deep.equal(before);
      const [, , penalty] = await pool.previewWithdrawEarly(id, PRINCIPAL);
      expect(penalty).to.equal((PRINCIPAL * FLAT.penalty.startBps) / BPS);
      await time.increaseTo(before.maturity);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice)).to.changeTokenBalance(
        ethers,
        rewardsToken,
        actors.alice,
        REWARD,
      );
    },
    plain,
  );

  row(
    "unfunded promise",
    async ({ actors, pool, rewardsToken }) => {
      await attempt(open(pool, actors.alice));
      await attempt(open(pool, actors.bob));
      let promised = 0n;
      for (let id = 1n; id <= (await pool.positionCount()); id++) promised += (await pool.position(id)).reward;
      expect(await rewardsToken.balanceOf(pool)).to.be.greaterThanOrEqual(promised);
    },
    () => Promise.resolve({ budget: REWARD }),
  );

  row(
    "same token for stake and reward: principal pays rewards",
    async ({ actors, pool }) => {
      const first = await open(pool, actors.alice);
      await attempt(open(pool, actors.bob));
      const second = await pool.positionCount();
      await time.increase(FLAT.duration);
      await expect(pool.connect(actors.alice).withdraw(first, actors.alice)).not.to.be.revert(ethers);
      if (second === first) return;
      await expect(pool.connect(actors.bob).withdraw(second, actors.bob)).not.to.be.revert(ethers);
    },
    () => Promise.resolve({ sameToken: true, budget: REWARD }),
  );

  row(
    "a token that shrank: the budget leaves first, and nothing is left for principal",
    async ({ actors, pool, stakingToken, withdrawBudget }) => {
      const id = await open(pool, actors.alice);
      const token = await ethers.getContractAt("RebasingToken", await stakingToken.getAddress());
      await token.rebase(pool, 5_000n); // 2,000 become 1,000, as much as the budget
      await attempt(withdrawBudget(PRINCIPAL - REWARD));
      await time.increase(FLAT.duration);
      const { principal } = await pool.position(id);
      expect(await stakingToken.balanceOf(pool)).to.be.greaterThanOrEqual(principal);
    },
    async () => ({ ...(await withToken("stakingToken", "RebasingToken")), sameToken: true, budget: PRINCIPAL }),
  );

  row(
    "deposits on behalf of another: one holds up somebody's position",
    async ({ actors, pool }) => {
      const id = await open(pool, actors.alice);
      const { maturity } = await pool.position(id);
      await time.increase(29n * DAY);
      await pool.connect(actors.bob).open(MONTH_ID, 1_000n, actors.alice, 0n);
      expect((await pool.position(id)).maturity).to.equal(maturity);
    },
    plain,
  );

  row(
    "griefing by count: a thousand positions planted on somebody",
    async ({ actors, pool }) => {
      const { alice, bob } = actors;
      const id = await open(pool, alice);
      await pool.connect(bob).open(MONTH_ID, 1_000n, alice, 0n);
      const leave = () => pool.connect(alice).withdrawEarly.estimateGas(id, PRINCIPAL, alice, 0n, 0n);
      const before = await leave();
      for (let planted = 0; planted < 1_000; planted++) await pool.connect(bob).open(MONTH_ID, 1_000n, alice, 0n);
      const after = await leave();
      expect(after).to.be.within((before * 99n) / 100n, (before * 101n) / 100n);
    },
    plain,
  );

  row(
    "a hollowed position: a partial exit empties the id that a buyer looks at",
    async ({ actors, pool }) => {
      const id = await open(pool, actors.alice);
      await pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL - ONE, actors.alice, 0n, 0n);
      expect(await principalOf(pool, id)).to.be.oneOf([undefined, PRINCIPAL]);
    },
    plain,
  );

  row(
    "partial early exit: what is owed is not cleared by its share",
    async ({ actors, pool, stakingToken, rewardsToken }) => {
      const id = await open(pool, actors.alice);
      await time.increase(10n * DAY);
      const owed = async () => Promise.all([pool.liabilities(stakingToken), pool.liabilities(rewardsToken)]);
      const held = async () =>
        Promise.all([stakingToken.balanceOf(actors.alice), rewardsToken.balanceOf(actors.alice)]);
      const [[stakingOwed, rewardsOwed], [staking, rewards]] = await Promise.all([owed(), held()]);
      await pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL / 4n, actors.alice, 0n, 0n);
      const [stakingNow, rewardsNow] = await held();
      expect(await owed()).to.deep.equal([
        stakingOwed - (stakingNow - staking), // the penalty is owed on, to those whom it will be swept to
        rewardsOwed - (rewardsNow - rewards), // what was not paid is budget again
      ]);
    },
    plain,
  );

  row(
    "penalty shape: rounding lets one avoid it",
    async ({ actors, pool, stakingToken }) => {
      const id = await open(pool, actors.alice, 1_000n);
      const before = await stakingToken.balanceOf(actors.alice);
      // 5 % of nineteen units is less than one.
      await leaveByUnits(pool, actors.alice, id, 10, 19n);
      const paid = (await stakingToken.balanceOf(actors.alice)) - before;
      expect(paid).to.be.lessThanOrEqual((190n * 95n) / 100n);
    },
    plain,
  );

  row(
    "same-second alternation: claims and partial exits create units",
    async ({ actors, pool, rewardsToken }) => {
      const id = await open(pool, actors.alice, 10_000n);
      await time.increase(HOUR);
      // A quarter of the principal has earned a hundredth of a unit so far.
      const before = await rewardsToken.balanceOf(actors.alice);
      await leaveByUnits(pool, actors.alice, id, 10, 250n);
      expect(await rewardsToken.balanceOf(actors.alice)).to.equal(before);
    },
    plain,
  );

  row(
    "boundaries: a penalty one second before maturity, none at maturity",
    async ({ actors, pool }) => {
      const id = await open(pool, actors.alice);
      const { maturity } = await pool.position(id);
      await time.increaseTo(maturity - 1n);
      expect((await pool.previewWithdrawEarly(id, PRINCIPAL))[2]).to.equal((PRINCIPAL * 5n) / 100n);
      await time.increaseTo(maturity);
      const [principalOut, rewardOut] = await pool.previewWithdrawEarly(id, PRINCIPAL);
      expect([principalOut, rewardOut]).to.deep.equal([PRINCIPAL, REWARD]);
    },
    plain,
  );

  row(
    "permit front-run",
    async ({ actors, pool, stakingToken }) => {
      const { alice, stranger } = actors;
      await stakingToken.connect(alice).approve(pool, 0n);
      const deadline = BigInt(await time.latest()) + DAY;
      const { v, r, s } = await signPermit(stakingToken, alice, await pool.getAddress(), PRINCIPAL, deadline);
      await stakingToken.connect(stranger).permit(alice, pool, PRINCIPAL, deadline, v, r, s);
      await expect(
        pool.connect(alice).openWithPermit(MONTH_ID, PRINCIPAL, alice, 0n, deadline, v, r, s),
      ).not.to.be.revert(ethers);
    },
    plain,
  );

  row(
    "hostile reward token: principal is held",
    async ({ actors, pool, stakingToken, rewardsToken }) => {
      const id = await open(pool, actors.alice);
      await time.increase(FLAT.duration);
      const token = await ethers.getContractAt("RefusingToken", await rewardsToken.getAddress());
      await token.setRefusal(1);
      const before = await stakingToken.balanceOf(actors.alice);
      await attempt(pool.connect(actors.alice).withdraw(id, actors.alice));
      expect((await stakingToken.balanceOf(actors.alice)) - before).to.equal(PRINCIPAL);
    },
    () => withToken("rewardsToken", "RefusingToken"),
  );

  row(
    "fee-on-transfer, rebasing: the last one out finds nothing",
    async ({ actors, pool }) => {
      const first = await open(pool, actors.alice);
      const second = await open(pool, actors.bob);
      await time.increase(FLAT.duration);
      await pool.connect(actors.alice).withdraw(first, actors.alice);
      await expect(pool.connect(actors.bob).withdraw(second, actors.bob)).not.to.be.revert(ethers);
    },
    () => withToken("stakingToken", "FeeToken", [100n]),
  );

  row(
    "a treasury, insurance fund or burn that reverts or is blocked: exits wait for it",
    async ({ actors, treasury, pool, stakingToken }) => {
      const id = await open(pool, actors.alice);
      const token = await ethers.getContractAt("BlocklistToken", await stakingToken.getAddress());
      await token.setBlocked(treasury, true);
      await expect(pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL, actors.alice, 0n, 0n)).not.to.be.revert(
        ethers,
      );
      await expect(pool.sweepPenalties()).not.to.be.revert(ethers);
      expect(await stakingToken.balanceOf(pool)).to.equal((PRINCIPAL * 5n) / 100n);
    },
    () => withToken("stakingToken", "BlocklistToken"),
  );

  row(
    "transfer of a position: somebody keeps rights to it",
    async ({ actors, pool }) => {
      const { alice, bob, carol } = actors;
      const id = await open(pool, alice);
      await pool.connect(alice).approve(bob, id);
      await pool.connect(alice).transferFrom(alice, carol, id);
      expect(await pool.ownerOf(id)).to.equal(carol);
      await attempt(pool.connect(bob).withdrawEarly(id, PRINCIPAL, bob, 0n, 0n));
      expect(await principalOf(pool, id)).to.equal(PRINCIPAL);
    },
    plain,
  );

  row(
    "a stale rate is drained while its closing waits",
    async ({ actors, pool }) => {
      const id = await open(pool, actors.alice);
      // The guardian acts at once, where a pool has one.
      await attempt(pool.connect(actors.guardian).pauseTerm(MONTH_ID));
      await attempt(open(pool, actors.bob));
      await attempt(pool.connect(actors.bob).openWithPermit(MONTH_ID, ONE, actors.bob, 0n, 0n, 27, ZeroHash, ZeroHash));
      expect(await pool.positionCount()).to.equal(id);
      expect(await principalOf(pool, id)).to.equal(PRINCIPAL);
    },
    plain,
  );

  row(
    "sweeping: an owner takes the staking token",
    async ({ actors, pool, stakingToken, rescue }) => {
      await open(pool, actors.alice);
      await attempt(rescue(stakingToken, PRINCIPAL));
      expect(await stakingToken.balanceOf(pool)).to.equal(PRINCIPAL);
    },
    plain,
  );

  row(
    "reentrancy: a position is paid twice",
    async ({ actors, pool, stakingToken, rewardsToken }) => {
      const token = await ethers.getContractAt("ReenteringToken", await rewardsToken.getAddress());
      await pool.connect(actors.alice).open(MONTH_ID, PRINCIPAL, token, 0n);
      await open(pool, actors.bob);
      await time.increase(FLAT.duration);
      const again = pool.interface.encodeFunctionData("withdraw", [1n, await token.getAddress()]);
      await token.arm(pool, again, true);
      await attempt(token.act(pool, again));
      expect(await stakingToken.balanceOf(token)).to.be.lessThanOrEqual(PRINCIPAL);
      expect(await stakingToken.balanceOf(pool)).to.be.greaterThanOrEqual(PRINCIPAL);
    },
    () => withToken("rewardsToken", "ReenteringToken"),
  );
});
