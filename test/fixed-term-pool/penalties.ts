import { expect } from "chai";
import { network } from "hardhat";

import {
  deployFixedTermPool,
  govern,
  isSolvent,
  MONTH,
  openPosition,
  type FixedTermPoolFixture,
  type FixedTermPoolOptions,
  type SplitInput,
} from "../helpers/fixed-term.ts";
import { DAY, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";

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

    it("returns the rewards share to the budget where both tokens are the same", async () => {
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

      it("keeps a share that would lower the rate of a running stream, until the stream is over", async () => {
        const { actors, pool, rewardsPool, stakingToken } = await networkHelpers.loadFixture(twoTokens);
        const { bob, carol } = actors;
        await stakingToken.connect(carol).approve(rewardsPool, ONE);
        await rewardsPool.connect(carol).stake(ONE);
        await pool.sweepPenalties();
        const finish = await rewardsPool.periodFinish();
        await time.increase(3n * DAY);
        const id = await openPosition(pool, bob, 100n * ONE, 0n);
        await pool.connect(bob).withdrawEarly(id, 100n * ONE, bob, 0n, 0n);
        await expect(pool.sweepPenalties())
          .to.emit(pool, "PenaltiesSwept")
          .withArgs(0n, 6n * ONE, 4n * ONE, 2n * ONE);
        expect(await rewardsPool.periodFinish()).to.equal(finish);
        await time.increaseTo(finish);
        await expect(pool.sweepPenalties())
          .to.emit(rewardsPool, "RewardAdded")
          .withArgs(8n * ONE);
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

  describe("streamPenalty and burnPenalty", () => {
    it("revert for everybody but the pool itself", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      for (const caller of [actors.stranger, actors.governor]) {
        await expect(pool.connect(caller).streamPenalty(1n))
          .to.be.revertedWithCustomError(pool, "PoolOnlySelf")
          .withArgs(caller);
        await expect(pool.connect(caller).burnPenalty(1n))
          .to.be.revertedWithCustomError(pool, "PoolOnlySelf")
          .withArgs(caller);
      }
    });
  });

  describe("setRecipients", () => {
    it("redirects what is swept from now on, by governance after its delay", async () => {
      const fixture = await networkHelpers.loadFixture(twoTokens);
      const { actors, insurance, pool, stakingToken } = fixture;
      const data = pool.interface.encodeFunctionData("setRecipients", [actors.bob.address, actors.carol.address]);
      await expect(govern(connection, fixture, data))
        .to.emit(pool, "RecipientsSet")
        .withArgs(actors.bob, actors.carol);
      expect(await pool.recipients()).to.deep.equal([actors.bob.address, actors.carol.address]);
      await expect(pool.sweepPenalties()).to.changeTokenBalances(
        ethers,
        stakingToken,
        [actors.bob, actors.carol, insurance],
        [60n * ONE, 40n * ONE, 0n],
      );
    });

    it("reverts for recipients that could never use it", async () => {
      const fixture = await networkHelpers.loadFixture(twoTokens);
      const { actors, pool } = fixture;
      const itself = await pool.getAddress();
      for (const [first, second, named] of [
        [ZERO_ADDRESS, actors.bob.address, ZERO_ADDRESS],
        [actors.bob.address, itself, itself],
      ] as const) {
        await expect(govern(connection, fixture, pool.interface.encodeFunctionData("setRecipients", [first, second])))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(named);
      }
    });
  });

  describe("given penalties that wait", () => {
    it("counts them with principal against what the pool can hold", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      await pool.connect(actors.funder).fund(2n ** 100n);
      const left = 2n ** 96n - 1n - PENALTY;
      await expect(pool.connect(actors.bob).open(0n, left + 1n, actors.bob, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(left + 1n, left);
      const id = await openPosition(pool, actors.bob, left);
      await expect(pool.connect(actors.carol).open(0n, 100n, actors.carol, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(100n, 0n);
      await time.increase(DAY);
      await pool.connect(actors.bob).withdrawEarly(id, left, actors.bob, 0n, 0n);
      expect(await pool.totalPrincipal()).to.equal(0n);
    });
  });
});
