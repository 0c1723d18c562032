import { expect } from "chai";
import { network } from "hardhat";

import {
  deployFixedTermPool,
  isSolvent,
  MONTH,
  openPosition,
  type FixedTermPoolFixture,
  type FixedTermPoolOptions,
  type SplitInput,
} from "../helpers/fixed-term.ts";
import { DAY, MAX_UINT96, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DEAD = "0x000000000000000000000000000000000000dEaD";
/** What leaving at once with a thousand tokens costs at 20 %. */
const PENALTY = 200n * ONE;
const TERM = { ...MONTH, penalty: { startBps: 2_000n, endBps: 2_000n, forfeitedBps: 0n } };

type Burning = "Works" | "Reverts" | "DoesNothing" | "TakesHalf" | "TakesTwice";
const BURNING: Burning[] = ["Works", "Reverts", "DoesNothing", "TakesHalf", "TakesTwice"];

async function penalised(options: FixedTermPoolOptions = {}): Promise<FixedTermPoolFixture> {
  const fixture = await deployFixedTermPool(ethers, { terms: [TERM], ...options });
  const { actors, pool } = fixture;
  const id = await openPosition(pool, actors.alice, 1_000n * ONE);
  await pool.connect(actors.alice).withdrawEarly(id, 1_000n * ONE, actors.alice, 0n, 0n);
  return fixture;
}

async function twoTokens() {
  return penalised();
}

async function oneToken() {
  return penalised({ sameToken: true });
}

async function burnable(burning: Burning) {
  const token = await ethers.deployContract("BurnableToken", [BURNING.indexOf(burning)]);
  return penalised({ stakingToken: await ethers.getContractAt("PlainToken", await token.getAddress()) });
}

async function blockable() {
  const token = await ethers.deployContract("BlocklistToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  return { ...(await penalised({ stakingToken })), blocklist: token };
}

async function refusing() {
  const token = await ethers.deployContract("RefusingToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  return { ...(await penalised({ stakingToken })), refusing: token };
}

describe("FixedTermPool", () => {
  describe("sweepPenalties", () => {
    it("sends each share where it belongs, by anyone", async () => {
      const { actors, insurance, treasury, pool, rewardsPool, stakingToken, rewardsToken } =
        await networkHelpers.loadFixture(twoTokens);
      const swept = pool.connect(actors.stranger).sweepPenalties();
      await expect(swept)
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE);
      await expect(swept).to.changeTokenBalances(
        ethers,
        stakingToken,
        [pool, rewardsPool, insurance, treasury, DEAD],
        [-PENALTY, 80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE],
      );
      await expect(swept)
        .to.emit(rewardsPool, "RewardAdded")
        .withArgs(80n * ONE);
      expect(await rewardsPool.rewardRate()).to.equal((80n * ONE) / PERIOD);
      expect(await pool.unsweptPenalties()).to.deep.equal([0n, 0n, 0n, 0n]);
      expect(await pool.liabilities(stakingToken)).to.equal(0n);
      expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
    });

    it("streams the rewards share where a pool of one token names a rewards pool", async () => {
      const { pool, rewardsPool, stakingToken } = await penalised({ sameToken: true, namesRewardsPool: true });
      const budget = await pool.availableBudget();
      await expect(pool.sweepPenalties())
        .to.emit(rewardsPool, "RewardAdded")
        .withArgs(80n * ONE);
      expect(await pool.availableBudget()).to.equal(budget);
      expect(await stakingToken.balanceOf(rewardsPool)).to.equal(80n * ONE);
      expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
    });

    it("notifies at most the share, whatever else reaches the rewards pool during the transfer", async () => {
      const token = await ethers.deployContract("ReenteringToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const { pool, rewardsPool } = await penalised({ stakingToken });
      const gift = token.interface.encodeFunctionData("mint", [await rewardsPool.getAddress(), 500n * ONE]);
      await token.arm(token, gift, false);
      await expect(pool.sweepPenalties())
        .to.emit(rewardsPool, "RewardAdded")
        .withArgs(80n * ONE);
      expect(await rewardsPool.liabilities(token)).to.equal(80n * ONE);
    });

    it("notifies what arrives of the share, whatever the rewards pool held before", async () => {
      const token = await ethers.deployContract("FeeToken", [0n]);
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const { pool, rewardsPool } = await penalised({ stakingToken });
      await token.mint(rewardsPool, 500n * ONE);
      await token.setFee(1_000n);
      await expect(pool.sweepPenalties())
        .to.emit(rewardsPool, "RewardAdded")
        .withArgs(72n * ONE);
      expect(await rewardsPool.liabilities(token)).to.equal(72n * ONE);
    });

    it("returns the rewards share to the budget where both tokens are the same and no rewards pool is named", async () => {
      const { pool, stakingToken } = await networkHelpers.loadFixture(oneToken);
      const before = await pool.availableBudget();
      await pool.sweepPenalties();
      expect(await pool.availableBudget()).to.equal(before + 80n * ONE);
      expect(await pool.liabilities(stakingToken)).to.equal(await stakingToken.balanceOf(pool));
    });

    it("moves nothing when there is nothing", async () => {
      const { pool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
      await pool.sweepPenalties();
      const again = pool.sweepPenalties();
      await expect(again).to.emit(pool, "PenaltiesSwept").withArgs(0n, 0n, 0n, 0n);
      await expect(again).not.to.emit(stakingToken, "Transfer");
    });

    it("divides what several exits booked as one sum", async () => {
      const { actors, pool } = await deployFixedTermPool(ethers, { terms: [{ ...TERM, minimum: 1n, rate: ONE }] });
      const { alice } = actors;
      // A penalty of one unit cannot be divided; ten of them can.
      const id = await openPosition(pool, alice, 100n);
      for (let exit = 0n; exit < 10n; ++exit) await pool.connect(alice).withdrawEarly(id + exit, 5n, alice, 0n, 0n);
      expect(await pool.unsweptPenalties()).to.deep.equal([4n, 3n, 2n, 1n]);
    });

    it("leaves principal where it is", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
      const id = await openPosition(pool, actors.bob, 50n * ONE);
      await pool.sweepPenalties();
      expect(await stakingToken.balanceOf(pool)).to.equal(50n * ONE);
      await time.increase(TERM.duration);
      await expect(pool.connect(actors.bob).withdraw(id, actors.bob)).to.changeTokenBalance(
        ethers,
        stakingToken,
        actors.bob,
        50n * ONE,
      );
    });

    describe("given a split in which some have no share", () => {
      const splits: [string, SplitInput, bigint[]][] = [
        ["insurance", { rewardsBps: 0n, insuranceBps: 3_333n, treasuryBps: 3_333n, burnBps: 3_334n }, [0n, 1n, 0n, 0n]],
        ["treasury", { rewardsBps: 0n, insuranceBps: 0n, treasuryBps: 5_000n, burnBps: 5_000n }, [0n, 0n, 1n, 0n]],
        ["burn", { rewardsBps: 0n, insuranceBps: 0n, treasuryBps: 0n, burnBps: 10_000n }, [0n, 0n, 0n, 1n]],
      ];
      for (const [first, split, shares] of splits) {
        it(`gives what division leaves to the first that has one: ${first}`, async () => {
          const term = { ...TERM, minimum: 1n, rate: ONE };
          const { actors, pool, stakingToken, rewardsToken } = await deployFixedTermPool(ethers, {
            split,
            terms: [term],
            conversion: 100n * ONE,
          });
          const id = await openPosition(pool, actors.alice, 1n);
          await pool.connect(actors.alice).withdrawEarly(id, 1n, actors.alice, 0n, 0n);
          const budget = await pool.availableBudget();
          expect(await pool.unsweptPenalties()).to.deep.equal(shares);
          await pool.sweepPenalties();
          expect(await pool.availableBudget()).to.equal(budget);
          expect(await stakingToken.balanceOf(pool)).to.equal(0n);
          expect(await pool.liabilities(rewardsToken)).to.equal(await rewardsToken.balanceOf(pool));
        });
      }
    });

    describe("given recipients that cannot be paid", () => {
      it("pays the others, and keeps the share until it can be paid", async () => {
        const { insurance, treasury, pool, stakingToken, blocklist } = await networkHelpers.loadFixture(blockable);
        await blocklist.setBlocked(insurance, true);
        await blocklist.setBlocked(DEAD, true);
        await expect(pool.sweepPenalties())
          .to.emit(pool, "PenaltiesSwept")
          .withArgs(80n * ONE, 0n, 40n * ONE, 0n);
        expect(await pool.unsweptPenalties()).to.deep.equal([0n, 60n * ONE, 0n, 20n * ONE]);
        expect(await pool.liabilities(stakingToken)).to.equal(80n * ONE);
        expect(await stakingToken.balanceOf(pool)).to.equal(80n * ONE);

        await blocklist.setBlocked(insurance, false);
        await blocklist.setBlocked(DEAD, false);
        const swept = pool.sweepPenalties();
        await expect(swept)
          .to.emit(pool, "PenaltiesSwept")
          .withArgs(0n, 60n * ONE, 0n, 20n * ONE);
        await expect(swept).to.changeTokenBalances(ethers, stakingToken, [insurance, treasury], [60n * ONE, 0n]);
        expect(await pool.unsweptPenalties()).to.deep.equal([0n, 0n, 0n, 0n]);
        expect(await pool.liabilities(stakingToken)).to.equal(0n);
      });

      it("counts every share that waits among what it owes", async () => {
        const fixture = await networkHelpers.loadFixture(blockable);
        const { access, actors, insurance, treasury, pool, rewardsPool, stakingToken, blocklist } = fixture;
        const forget = rewardsPool.interface.encodeFunctionData("setFunder", [await pool.getAddress(), false]);
        await access.connect(actors.deployer).execute(rewardsPool, forget);
        for (const account of [insurance, treasury, DEAD]) await blocklist.setBlocked(account, true);
        await pool.sweepPenalties();
        expect(await pool.unsweptPenalties()).to.deep.equal([80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE]);
        expect(await pool.liabilities(stakingToken)).to.equal(PENALTY);
      });

      it("counts none of it any more while it is on its way", async () => {
        const token = await ethers.deployContract("ReenteringToken");
        const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
        const { pool } = await penalised({ stakingToken });
        // The call that fails keeps every share, so that all of them wait.
        await token.arm(pool, pool.interface.encodeFunctionData("sweepPenalties"), false);
        await pool.sweepPenalties();
        expect(await pool.unsweptPenalties()).to.deep.equal([80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE]);

        await token.arm(pool, pool.interface.encodeFunctionData("liabilities", [await token.getAddress()]), false);
        await pool.sweepPenalties();
        const [counted] = pool.interface.decodeFunctionResult("liabilities", await token.lastAnswer());
        expect(counted).to.equal(0n); // after the last transfer, where the pool has nothing left either
        expect(await token.balanceOf(pool)).to.equal(0n);
      });

      it("adds what waits to what exits book later", async () => {
        const { actors, treasury, pool, blocklist } = await networkHelpers.loadFixture(blockable);
        await blocklist.setBlocked(treasury, true);
        await pool.sweepPenalties();
        const id = await openPosition(pool, actors.bob, 1_000n * ONE);
        await pool.connect(actors.bob).withdrawEarly(id, 1_000n * ONE, actors.bob, 0n, 0n);
        expect((await pool.unsweptPenalties()).treasury).to.equal(80n * ONE);
      });

      it("keeps the rewards share while the rewards pool refuses it", async () => {
        const { actors, access, pool, rewardsPool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
        const forget = rewardsPool.interface.encodeFunctionData("setFunder", [await pool.getAddress(), false]);
        await access.connect(actors.deployer).execute(rewardsPool, forget);
        const swept = pool.sweepPenalties();
        await expect(swept)
          .to.emit(pool, "PenaltiesSwept")
          .withArgs(0n, 60n * ONE, 40n * ONE, 20n * ONE);
        await expect(swept).to.changeTokenBalance(ethers, stakingToken, rewardsPool, 0n);
        expect((await pool.unsweptPenalties()).rewards).to.equal(80n * ONE);
        expect(await stakingToken.balanceOf(pool)).to.equal(80n * ONE);
      });

      it("lengthens a running stream, however small the share", async () => {
        const { actors, pool, rewardsPool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
        const { bob, carol } = actors;
        await stakingToken.connect(carol).approve(rewardsPool, ONE);
        await rewardsPool.connect(carol).stake(ONE);
        await pool.sweepPenalties();
        const rate = await rewardsPool.rewardRate();
        await time.increase(3n * DAY);
        const id = await openPosition(pool, bob, 100n * ONE, 0n);
        await pool.connect(bob).withdrawEarly(id, 100n * ONE, bob, 0n, 0n);
        await expect(pool.sweepPenalties())
          .to.emit(pool, "PenaltiesSwept")
          .withArgs(8n * ONE, 6n * ONE, 4n * ONE, 2n * ONE);
        expect(await rewardsPool.rewardRate()).to.equal(rate);
      });
    });

    describe("given the token's burn", () => {
      it("burns where it works", async () => {
        const { pool, stakingToken } = await burnable("Works");
        const swept = pool.sweepPenalties();
        await expect(swept)
          .to.emit(stakingToken, "Transfer")
          .withArgs(pool, ZERO_ADDRESS, 20n * ONE);
        await expect(swept).to.changeTokenBalance(ethers, stakingToken, DEAD, 0n);
      });

      for (const burning of ["Reverts", "DoesNothing"] as const) {
        it(`sends the share to the dead address where it ${burning === "Reverts" ? "reverts" : "does nothing"}`, async () => {
          const { pool, stakingToken } = await burnable(burning);
          await expect(pool.sweepPenalties()).to.changeTokenBalance(ethers, stakingToken, DEAD, 20n * ONE);
        });
      }

      for (const burning of ["TakesHalf", "TakesTwice"] as const) {
        it(`undoes a burn that ${burning === "TakesHalf" ? "takes too little" : "takes too much"}, and the share waits`, async () => {
          const { actors, pool, stakingToken } = await burnable(burning);
          await openPosition(pool, actors.bob, 1_000n * ONE);
          await expect(pool.sweepPenalties())
            .to.emit(pool, "PenaltiesSwept")
            .withArgs(80n * ONE, 60n * ONE, 40n * ONE, 0n);
          expect((await pool.unsweptPenalties()).burned).to.equal(20n * ONE);
          expect(await stakingToken.balanceOf(pool)).to.equal(1_020n * ONE);
        });
      }
    });
  });

  describe("sweepPenalties, given receivers that burn all gas", () => {
    /** What one transaction may use at most (EIP-7825). */
    const MOST_GAS = { gasLimit: 2n ** 24n };
    const BURNS_GAS = 3n;

    it("sends the other shares, and lets the one that burns wait", async () => {
      const { insurance, treasury, pool, stakingToken, refusing: token } = await networkHelpers.loadFixture(refusing);
      await token.setRefusalOf(insurance, BURNS_GAS);
      const swept = pool.sweepPenalties(MOST_GAS);
      await expect(swept)
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(80n * ONE, 0n, 40n * ONE, 20n * ONE);
      await expect(swept).to.changeTokenBalance(ethers, stakingToken, treasury, 40n * ONE);
      expect((await pool.unsweptPenalties()).insurance).to.equal(60n * ONE);
    });

    it("says so where two of them leave too little for the rest, and works once there is one less", async () => {
      const { insurance, treasury, pool, refusing: token } = await networkHelpers.loadFixture(refusing);
      await token.setRefusalOf(insurance, BURNS_GAS);
      await token.setRefusalOf(treasury, BURNS_GAS);
      const due = await pool.unsweptPenalties();
      await expect(pool.sweepPenalties(MOST_GAS))
        .to.be.revertedWithCustomError(pool, "PoolGasTooLow")
        .withArgs((left: bigint) => left < 200_000n, 200_000n);
      expect(await pool.unsweptPenalties()).to.deep.equal(due);
      await token.setRefusalOf(treasury, 0n);
      await pool.sweepPenalties(MOST_GAS);
      expect(await pool.unsweptPenalties()).to.deep.equal([0n, 60n * ONE, 0n, 0n]);
    });

    it("says so of each share that burns what little gas there is", async () => {
      const { insurance, treasury, pool, rewardsPool, refusing: token } = await networkHelpers.loadFixture(refusing);
      for (const receiver of [rewardsPool, insurance, treasury, DEAD]) {
        await token.setRefusalOf(receiver, BURNS_GAS);
        const swept = pool.sweepPenalties({ gasLimit: 3_000_000n });
        await expect(swept).to.be.revertedWithCustomError(pool, "PoolGasTooLow");
        await token.setRefusalOf(receiver, 0n);
      }
      await pool.sweepPenalties({ gasLimit: 3_000_000n });
    });
  });

  describe("movePenalty", () => {
    it("reverts for everybody but the pool itself", async () => {
      const { actors, pool, rewardsPool } = await networkHelpers.loadFixture(twoTokens);
      for (const caller of [actors.stranger, actors.governor]) {
        for (const to of [caller, rewardsPool, DEAD]) {
          await expect(pool.connect(caller).movePenalty(to, 1n))
            .to.be.revertedWithCustomError(pool, "PoolOnlySelf")
            .withArgs(caller);
        }
      }
    });
  });

  describe("given more penalties than their counter holds", () => {
    /** What exits can book before the sum is divided. */
    const COUNTER = 2n ** 88n - 1n;

    async function wealthy() {
      return deployFixedTermPool(ethers, { terms: [{ ...TERM, minimum: 1n }], budget: 2n ** 100n });
    }

    async function unswept(pool: FixedTermPoolFixture["pool"]): Promise<bigint> {
      const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
      return rewards + insurance + treasury + burned;
    }

    it("lets everybody leave, and keeps every unit of the penalties", async () => {
      const { actors, pool, rewardsPool, stakingToken } = await networkHelpers.loadFixture(wealthy);
      const { alice, bob, carol } = actors;
      let booked = 0n;
      // The most that there is at 20 %, then what fills the counter exactly, then a little, then much again.
      for (const [staker, principal] of [
        [alice, MAX_UINT96],
        [bob, COUNTER * 5n],
        [bob, 1_000n],
        [carol, MAX_UINT96],
      ] as const) {
        const id = await openPosition(pool, staker, principal, 0n);
        const penalty = (principal + 4n) / 5n;
        await expect(pool.connect(staker).withdrawEarly(id, principal, staker, 0n, 0n)).to.changeTokenBalance(
          ethers,
          stakingToken,
          staker,
          principal - penalty,
        );
        booked += penalty;
        expect(await unswept(pool)).to.equal(booked);
        expect(await pool.liabilities(stakingToken)).to.equal(booked);
      }
      const due = await pool.unsweptPenalties();
      await expect(pool.sweepPenalties())
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(...due);
      expect(await stakingToken.balanceOf(rewardsPool)).to.equal(due.rewards);
      expect(await stakingToken.balanceOf(pool)).to.equal(0n);
    });

    it("divides what fills the counter together with what comes next, so that nothing is rounded twice", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(wealthy);
      for (const principal of [COUNTER * 5n, 1_025n]) {
        const id = await openPosition(pool, actors.bob, principal, 0n);
        await pool.connect(actors.bob).withdrawEarly(id, principal, actors.bob, 0n, 0n);
      }
      const tenth = (COUNTER + 205n) / 10n;
      expect(tenth * 10n).to.equal(COUNTER + 205n);
      expect(await pool.unsweptPenalties()).to.deep.equal([4n * tenth, 3n * tenth, 2n * tenth, tenth]);
    });

    it("leaves room for openings: penalties count against no cap", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(wealthy);
      const { alice, bob } = actors;
      const id = await openPosition(pool, alice, MAX_UINT96, 0n);
      await pool.connect(alice).withdrawEarly(id, MAX_UINT96, alice, 0n, 0n);
      await openPosition(pool, bob, MAX_UINT96, 0n);
      expect(await pool.totalPrincipal()).to.equal(MAX_UINT96);
    });
  });

  describe("given a token that shrank", () => {
    it("sends no penalty out of what principal needs, until the balance covers everybody again", async () => {
      const token = await ethers.deployContract("RebasingToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const { actors, pool } = await penalised({ stakingToken });
      await openPosition(pool, actors.bob, 1_000n * ONE);
      await token.rebase(pool, 9_000n);
      const [held, needed] = [1_080n * ONE, 1_200n * ONE];
      await expect(pool.sweepPenalties())
        .to.be.revertedWithCustomError(pool, "PoolLiabilitiesUncovered")
        .withArgs(held, needed);
      expect(await token.balanceOf(pool)).to.equal(held);
      await token.mint(pool, needed - held);
      await pool.sweepPenalties();
      expect(await token.balanceOf(pool)).to.equal(1_000n * ONE);
    });
  });
});
