import { expect } from "chai";
import { network } from "hardhat";

import type { FixedTermPool, PlainToken, ReenteringToken } from "../../types/index.js";
import {
  deployFixedTermPool,
  govern,
  isSolvent,
  MONTH,
  MONTH_ID,
  openPosition,
  rewardOf,
} from "../helpers/fixed-term.ts";
import { DAY, MAX_UINT256, ONE } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);
/** What one transaction may use at most (EIP-7825). */
const GAS_LIMIT = 2n ** 24n;

const REFUSALS = ["None", "Reverts", "ReturnsFalse", "BurnsGas", "RevertsAtLength"] as const;

async function refusing() {
  const token = await ethers.deployContract("RefusingToken");
  const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFixedTermPool(ethers, { rewardsToken });
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  return { ...fixture, id, refusing: token };
}

/** The token itself owns a mature position, a young one and something owed, so that it may call everything. */
async function reentering(sameToken: boolean) {
  const token = await ethers.deployContract("ReenteringToken");
  const plain: PlainToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  const fixture = await deployFixedTermPool(
    ethers,
    sameToken ? { stakingToken: plain, sameToken } : { rewardsToken: plain },
  );
  const { actors, pool, stakingToken } = fixture;
  await pool.connect(actors.alice).open(MONTH_ID, PRINCIPAL, token, 0n);
  await time.increase(MONTH.duration);
  await pool.connect(actors.alice).open(MONTH_ID, PRINCIPAL, token, 0n);
  const matureId = await openPosition(pool, actors.alice, PRINCIPAL);
  await time.increase(MONTH.duration);
  const youngId = await openPosition(pool, actors.alice, PRINCIPAL);
  await stakingToken.mint(token, PRINCIPAL);
  return { ...fixture, token, matureId, youngId };
}

async function reenteringRewards() {
  return reentering(false);
}

async function reenteringBoth() {
  return reentering(true);
}

/** Every call into the pool that moves tokens, as the token would make it. */
async function reentries(pool: FixedTermPool, token: ReenteringToken): Promise<[string, string][]> {
  const me = await token.getAddress();
  const abi = pool.interface;
  const zero = ethers.ZeroHash;
  return [
    ["open", abi.encodeFunctionData("open", [MONTH_ID, ONE, me, 0n])],
    ["openWithPermit", abi.encodeFunctionData("openWithPermit", [MONTH_ID, ONE, me, 0n, MAX_UINT256, 27, zero, zero])],
    ["withdraw", abi.encodeFunctionData("withdraw", [1n, me])],
    ["withdrawEarly", abi.encodeFunctionData("withdrawEarly", [2n, ONE, me, 0n, 0n])],
    ["renew", abi.encodeFunctionData("renew", [1n, MONTH_ID, 0n])],
    ["claimOwed", abi.encodeFunctionData("claimOwed", [me])],
    ["fund", abi.encodeFunctionData("fund", [1n])],
    ["sweepPenalties", abi.encodeFunctionData("sweepPenalties")],
  ];
}

describe("FixedTermPool", () => {
  describe("given a rewards token that refuses transfers", () => {
    for (const refusal of REFUSALS.slice(1)) {
      it(`pays principal at once and the reward later when it ${refusal}`, async () => {
        const {
          actors,
          pool,
          stakingToken,
          rewardsToken,
          id,
          refusing: token,
        } = await networkHelpers.loadFixture(refusing);
        const { alice, carol } = actors;
        await time.increase(MONTH.duration);
        await token.setRefusal(REFUSALS.indexOf(refusal));
        const withdrawn = pool.connect(alice).withdraw(id, alice, { gasLimit: GAS_LIMIT });
        await expect(withdrawn).to.changeTokenBalance(ethers, stakingToken, alice, PRINCIPAL);
        await expect(withdrawn).to.emit(pool, "RewardDeferred").withArgs(alice, REWARD);
        expect(await pool.owed(alice)).to.equal(REWARD);
        await token.setRefusal(0);
        await expect(pool.connect(alice).claimOwed(carol)).to.changeTokenBalance(ethers, rewardsToken, carol, REWARD);
        expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
      });

      it(`lets people leave early when it ${refusal}`, async () => {
        const { actors, pool, stakingToken, id, refusing: token } = await networkHelpers.loadFixture(refusing);
        const { alice } = actors;
        await time.increase(MONTH.duration / 2n);
        await token.setRefusal(REFUSALS.indexOf(refusal));
        const before = await stakingToken.balanceOf(alice);
        await pool.connect(alice).withdrawEarly(id, PRINCIPAL, alice, 0n, 0n, { gasLimit: GAS_LIMIT });
        const received = (await stakingToken.balanceOf(alice)) - before;
        expect(received).to.be.greaterThanOrEqual((PRINCIPAL * 97n) / 100n);
        expect(await pool.totalOwed()).to.equal(await pool.owed(alice));
      });
    }

    it("lets a stranger renew at the owner's order when it refuses", async () => {
      const { actors, pool, id, refusing: token } = await networkHelpers.loadFixture(refusing);
      await pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, DAY, false);
      await time.increase(MONTH.duration);
      await token.setRefusal(REFUSALS.indexOf("Reverts"));
      await pool.connect(actors.stranger).renew(id, MONTH_ID, 0n);
      expect(await pool.owed(actors.alice)).to.equal(REWARD);
      expect(await pool.ownerOf(id + 1n)).to.equal(actors.alice);
    });
  });

  for (const [given, fixture, sameToken] of [
    ["a reentering rewards token", reenteringRewards, false],
    ["a reentering token for stake and reward", reenteringBoth, true],
  ] as const) {
    describe(`given ${given}`, () => {
      it("lets nothing through that the token calls inside, on any path", async () => {
        const reentered = await networkHelpers.loadFixture(fixture);
        const { actors, pool, token, matureId, youngId } = reentered;
        const { alice, funder } = actors;
        const snapshot = await networkHelpers.takeSnapshot();
        // A reward in a token of its own is owed instead of paid; wherever the token is pulled or carries principal, the
        // whole call is undone.
        const withdrawal = pool.interface.encodeFunctionData("withdrawBudget", [alice.address, ONE]);
        const exits = sameToken ? "is undone" : "owes the reward";
        const outer: ["is undone" | "owes the reward", () => Promise<unknown>][] = [
          [exits, () => pool.connect(alice).withdraw(matureId, alice)],
          [exits, () => pool.connect(alice).withdrawEarly(youngId, ONE, alice, 0n, 0n)],
          ["is undone", () => pool.connect(funder).fund(ONE)],
          ["is undone", () => govern(connection, reentered, withdrawal)],
          sameToken
            ? ["is undone", () => pool.connect(alice).open(MONTH_ID, ONE, alice, 0n)]
            : ["owes the reward", () => pool.connect(alice).renew(matureId, MONTH_ID, 0n)],
        ];
        for (const [inner, call] of await reentries(pool, token)) {
          for (const before of [true, false]) {
            for (const [outcome, act] of outer) {
              await token.arm(pool, call, before);
              if (outcome === "is undone") {
                await expect(act(), inner).to.be.revertedWithCustomError(pool, "ReentrancyGuardReentrantCall");
              } else {
                await expect(act(), inner).to.emit(pool, "RewardDeferred");
              }
              for (const id of [1n, 2n]) expect(await pool.ownerOf(id), inner).to.equal(token);
              await snapshot.restore();
            }
          }
        }
      });
    });
  }

  describe("given a token that gives the pool more during the transfer", () => {
    it("credits an opening with at most what was asked for", async () => {
      const token = await ethers.deployContract("ReenteringToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const { actors, pool } = await deployFixedTermPool(ethers, { stakingToken });
      const gift = token.interface.encodeFunctionData("mint", [await pool.getAddress(), 500n * ONE]);
      await token.arm(token, gift, false);
      const id = await openPosition(pool, actors.alice, 10n * ONE);
      expect(await token.balanceOf(pool)).to.equal(510n * ONE);
      expect((await pool.position(id)).principal).to.equal(10n * ONE);
      expect(await pool.totalPrincipal()).to.equal(10n * ONE);
      expect(await pool.liabilities(token)).to.equal(10n * ONE);
    });
  });

  describe("given tokens that refuse to move nothing", () => {
    it("pays neither principal nor reward where there is none, and owes nothing", async () => {
      const [staking, rewards] = [
        await ethers.deployContract("ZeroTransferRefusingToken"),
        await ethers.deployContract("ZeroTransferRefusingToken"),
      ];
      const term = { ...MONTH, minimum: 1n, rate: ONE };
      const { actors, pool } = await deployFixedTermPool(ethers, {
        stakingToken: await ethers.getContractAt("PlainToken", await staking.getAddress()),
        rewardsToken: await ethers.getContractAt("PlainToken", await rewards.getAddress()),
        conversion: 100n * ONE,
        terms: [term],
      });
      // A unit leaves at once: the penalty, rounded up, is all of it, and nothing has accrued.
      const id = await openPosition(pool, actors.alice, 1n);
      await expect(pool.connect(actors.alice).withdrawEarly(id, 1n, actors.alice, 0n, 0n)).not.to.emit(
        pool,
        "RewardDeferred",
      );
      expect(await pool.totalPrincipal()).to.equal(0n);
      expect(await pool.totalOwed()).to.equal(0n);
    });
  });
});
