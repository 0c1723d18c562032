import { expect } from "chai";
import { network } from "hardhat";

import {
  deployFixedTermPool,
  FULL_YEAR,
  govern,
  MONTH,
  MONTH_ID,
  openPosition,
  rewardOf,
  YEAR_ID,
} from "../helpers/fixed-term.ts";
import { DAY, deployToken, HOUR, MAX_UINT256, MAX_UINT96, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { signPermit } from "../helpers/permit.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function funded() {
  return deployFixedTermPool(ethers);
}

async function capped() {
  return deployFixedTermPool(ethers, {
    terms: [
      { ...MONTH, principalCap: 1_000n * ONE },
      { ...MONTH, rewardCap: ONE },
    ],
  });
}

async function poor() {
  return deployFixedTermPool(ethers, { budget: ONE });
}

/** Room for one opening of a thousand tokens in every respect. */
async function exact() {
  const principal = 1_000n * ONE;
  const reward = rewardOf(principal, MONTH);
  const terms = [{ ...MONTH, minimum: principal, principalCap: principal, rewardCap: reward }];
  return deployFixedTermPool(ethers, { budget: reward, terms });
}

async function charging() {
  const stakingToken = await ethers.deployContract("FeeToken", [100n]);
  return deployFixedTermPool(ethers, {
    stakingToken: await ethers.getContractAt("PlainToken", await stakingToken.getAddress()),
  });
}

describe("FixedTermPool", () => {
  describe("open", () => {
    it("takes principal, reserves the whole reward and mints the position to its receiver", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(funded);
      const { alice, bob } = actors;
      const reward = rewardOf(1_000n * ONE, MONTH);
      const opened = pool.connect(alice).open(MONTH_ID, 1_000n * ONE, bob, reward);
      await expect(opened).to.changeTokenBalances(ethers, stakingToken, [alice, pool], [-1_000n * ONE, 1_000n * ONE]);
      const maturity = BigInt(await time.latest()) + MONTH.duration;
      await expect(opened)
        .to.emit(pool, "Opened")
        .withArgs(1n, bob, MONTH_ID, 1_000n * ONE, reward, maturity);
      await expect(opened).to.emit(pool, "Transfer").withArgs(ZERO_ADDRESS, bob, 1n);

      expect(await pool.ownerOf(1n)).to.equal(bob);
      expect(await pool.positionCount()).to.equal(1n);
      expect(await pool.totalPrincipal()).to.equal(1_000n * ONE);
      expect(await pool.reservedRewards()).to.equal(reward);
      expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - reward);
      const { openPrincipal, reservedReward } = await pool.term(MONTH_ID);
      expect(openPrincipal).to.equal(1_000n * ONE);
      expect(reservedReward).to.equal(reward);
      const position = await pool.position(1n);
      expect(position.owner).to.equal(bob);
      expect(position.termId).to.equal(MONTH_ID);
      expect(position.principal).to.equal(1_000n * ONE);
      expect(position.reward).to.equal(reward);
      expect(position.openedAt).to.equal(maturity - MONTH.duration);
      expect(position.maturity).to.equal(maturity);
      expect(position.autoRenew).to.equal(false);
    });

    it("returns the id, from 1 on", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      const call = () => pool.connect(actors.alice).open.staticCall(MONTH_ID, ONE, actors.alice, 0n);
      expect(await call()).to.equal(1n);
      await openPosition(pool, actors.bob, ONE);
      expect(await call()).to.equal(2n);
    });

    it("promises exactly what previewOpen says in the same block", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      for (const termId of [MONTH_ID, YEAR_ID]) {
        const amount = 123_456_789_012_345_678_901n;
        const id = await openPosition(pool, actors.alice, amount, termId);
        const [reward, maturity] = await pool.previewOpen(termId, amount);
        const position = await pool.position(id);
        expect(position.reward).to.equal(reward);
        expect(position.maturity).to.equal(maturity);
      }
    });

    it("accepts exactly the minimum, the least reward asked for and the whole budget", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(exact);
      await pool.connect(actors.alice).open(MONTH_ID, 1_000n * ONE, actors.alice, rewardOf(1_000n * ONE, MONTH));
      expect(await pool.availableBudget()).to.equal(0n);
      expect(await pool.totalPrincipal()).to.equal(1_000n * ONE);
    });

    it("mints to a contract without asking it", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(funded);
      await pool.connect(actors.alice).open(MONTH_ID, ONE, stakingToken, 0n);
      expect(await pool.ownerOf(1n)).to.equal(stakingToken);
    });

    it("reverts when the amount is zero", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await expect(pool.connect(actors.alice).open(MONTH_ID, 0n, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolZeroAmount")
        .withArgs();
    });

    it("reverts when the receiver could never use the position", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      const { alice } = actors;
      await expect(pool.connect(alice).open(MONTH_ID, ONE, pool, 0n))
        .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
        .withArgs(pool);
      await expect(pool.connect(alice).open(MONTH_ID, ONE, ZERO_ADDRESS, 0n))
        .to.be.revertedWithCustomError(pool, "ERC721InvalidReceiver")
        .withArgs(ZERO_ADDRESS);
    });

    it("reverts when there is no such term", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await expect(pool.connect(actors.alice).open(2n, ONE, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
        .withArgs(2n, 2n);
    });

    it("reverts below the term's minimum", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await expect(pool.connect(actors.alice).open(MONTH_ID, 99n, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolBelowMinimum")
        .withArgs(99n, 100n);
    });

    it("reverts when the reward is below what the caller asks for", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      const reward = rewardOf(ONE, MONTH);
      await expect(pool.connect(actors.alice).open(MONTH_ID, ONE, actors.alice, reward + 1n))
        .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
        .withArgs(reward, reward + 1n);
    });

    it("reverts when so little is staked that the reward is nothing", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await expect(pool.connect(actors.alice).open(MONTH_ID, 100n, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
        .withArgs(0n, 0n);
    });

    it("reverts above the term's cap on principal, and accepts exactly the cap", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(capped);
      const { alice, bob } = actors;
      await openPosition(pool, alice, 900n * ONE);
      await expect(pool.connect(bob).open(0n, 100n * ONE + 1n, bob, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(100n * ONE + 1n, 100n * ONE);
      await openPosition(pool, bob, 100n * ONE);
      expect((await pool.term(0n)).openPrincipal).to.equal(1_000n * ONE);
    });

    it("reverts above the term's cap on reserved reward", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(capped);
      const { alice } = actors;
      await openPosition(pool, alice, 100n * ONE, 1n);
      const left = ONE - rewardOf(100n * ONE, MONTH);
      const reward = rewardOf(200n * ONE, MONTH);
      await expect(pool.connect(alice).open(1n, 200n * ONE, alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolRewardCapExceeded")
        .withArgs(reward, left);
    });

    it("frees the caps again when a position is left", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(capped);
      const { alice } = actors;
      const id = await openPosition(pool, alice, 1_000n * ONE);
      await pool.connect(alice).withdrawEarly(id, 1_000n * ONE, alice, 0n, 0n);
      await openPosition(pool, alice, 1_000n * ONE);
      expect((await pool.term(0n)).openPrincipal).to.equal(1_000n * ONE);
    });

    it("reverts when the budget does not cover the reward", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(poor);
      const reward = rewardOf(1_000n * ONE, MONTH);
      await expect(pool.connect(actors.alice).open(MONTH_ID, 1_000n * ONE, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "PoolBudgetTooSmall")
        .withArgs(reward, ONE, reward - ONE);
    });

    it("reverts when the pool would hold 2^96 units", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await pool.connect(actors.funder).fund(2n ** 100n);
      await openPosition(pool, actors.alice, MAX_UINT96 - 10n);
      await expect(pool.connect(actors.bob).open(MONTH_ID, ONE, actors.bob, 0n))
        .to.be.revertedWithCustomError(pool, "PoolCapExceeded")
        .withArgs(ONE, 10n);
    });

    it("reverts when the maturity does not fit into 32 bits", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(2n ** 32n - MONTH.duration - 10n);
      await openPosition(pool, actors.alice, ONE);
      await time.increaseTo(2n ** 32n - MONTH.duration - 1n);
      await expect(pool.connect(actors.alice).open(MONTH_ID, ONE, actors.alice, 0n))
        .to.be.revertedWithCustomError(pool, "SafeCastOverflowedUintDowncast")
        .withArgs(32n, 2n ** 32n);
      await time.increaseTo(2n ** 32n + DAY);
      await expect(pool.connect(actors.alice).withdraw(1n, actors.alice)).not.to.be.revert(ethers);
    });

    it("reverts when the pool or the term is paused, or the term closed", async () => {
      const { access, actors, pool } = await networkHelpers.loadFixture(funded);
      const { alice, guardian } = actors;
      const open = (termId: bigint) => pool.connect(alice).open(termId, ONE, alice, 0n);
      await pool.connect(guardian).pauseTerm(MONTH_ID);
      await expect(open(MONTH_ID)).to.be.revertedWithCustomError(pool, "PoolTermPaused").withArgs(MONTH_ID);
      await expect(open(YEAR_ID)).not.to.be.revert(ethers);
      const close = pool.interface.encodeFunctionData("closeTerm", [YEAR_ID]);
      await govern(connection, { access, actors, pool }, close);
      await expect(open(YEAR_ID)).to.be.revertedWithCustomError(pool, "PoolTermClosed").withArgs(YEAR_ID);
      await pool.connect(guardian).pause();
      await expect(open(YEAR_ID)).to.be.revertedWithCustomError(pool, "PoolPaused").withArgs();
    });

    describe("given a token that charges for transfers", () => {
      it("promises a reward for what arrived", async () => {
        const { actors, pool } = await networkHelpers.loadFixture(charging);
        const arrived = (ONE * 99n) / 100n;
        const id = await openPosition(pool, actors.alice, ONE);
        const position = await pool.position(id);
        expect(position.principal).to.equal(arrived);
        expect(position.reward).to.equal(rewardOf(arrived, MONTH));
        expect(await pool.totalPrincipal()).to.equal(arrived);
      });

      it("checks the least reward on what arrived", async () => {
        const { actors, pool } = await networkHelpers.loadFixture(charging);
        const asked = rewardOf(ONE, MONTH);
        await expect(pool.connect(actors.alice).open(MONTH_ID, ONE, actors.alice, asked))
          .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
          .withArgs(rewardOf((ONE * 99n) / 100n, MONTH), asked);
      });
    });

    describe("given tokens of different decimals and worth", () => {
      for (const [stake, reward, conversion, principal] of [
        [6, 18, 2n * ONE * 10n ** 12n, 1_000n * 10n ** 6n],
        [18, 6, 3n * 10n ** 6n, 1_000n * ONE],
      ] as const) {
        it(`promises in units of ${String(reward)} decimals for units of ${String(stake)}`, async () => {
          const { actors, pool } = await deployFixedTermPool(ethers, {
            stakingToken: await deployToken(ethers, "STAKE", stake),
            rewardsToken: await deployToken(ethers, "REWARD", reward),
            conversion,
          });
          const id = await openPosition(pool, actors.alice, principal, YEAR_ID);
          // 10 % of a thousand, at the worth that the conversion says.
          const expected = (100n * conversion) / (stake === 6 ? 10n ** 12n : 1n);
          expect((await pool.position(id)).reward).to.equal(expected);
          expect(expected).to.equal(rewardOf(principal, FULL_YEAR, conversion));
        });
      }
    });
  });

  describe("previewOpen", () => {
    it("reverts for an unknown term and for an amount that no pool can hold", async () => {
      const { pool } = await networkHelpers.loadFixture(funded);
      await expect(pool.previewOpen(9n, ONE)).to.be.revertedWithCustomError(pool, "PoolTermUnknown").withArgs(9n, 2n);
      await expect(pool.previewOpen(MONTH_ID, MAX_UINT96 + 1n))
        .to.be.revertedWithCustomError(pool, "PoolAmountOutOfRange")
        .withArgs(MAX_UINT96 + 1n, MAX_UINT96);
      const [reward] = await pool.previewOpen(MONTH_ID, MAX_UINT96);
      expect(reward).to.equal(rewardOf(MAX_UINT96, MONTH));
    });
  });

  describe("openWithPermit", () => {
    async function signed() {
      const fixture = await funded();
      const { actors, pool, stakingToken } = fixture;
      await stakingToken.connect(actors.alice).approve(pool, 0n);
      const deadline = BigInt(await time.latest()) + HOUR;
      const permit = await signPermit(stakingToken, actors.alice, await pool.getAddress(), ONE, deadline);
      return { ...fixture, deadline, permit };
    }

    it("opens without an approval", async () => {
      const { actors, pool, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { v, r, s } = permit;
      await pool.connect(actors.alice).openWithPermit(MONTH_ID, ONE, actors.bob, 0n, deadline, v, r, s);
      expect(await pool.ownerOf(1n)).to.equal(actors.bob);
    });

    it("opens when somebody sent the permit to the token before", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { v, r, s } = permit;
      await stakingToken.connect(actors.stranger).permit(actors.alice, pool, ONE, deadline, v, r, s);
      await pool.connect(actors.alice).openWithPermit(MONTH_ID, ONE, actors.alice, 0n, deadline, v, r, s);
      expect(await pool.ownerOf(1n)).to.equal(actors.alice);
    });

    it("takes nothing from the signer when somebody else uses the permit", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { v, r, s } = permit;
      const before = await stakingToken.balanceOf(actors.alice);
      await expect(pool.connect(actors.stranger).openWithPermit(MONTH_ID, ONE, actors.stranger, 0n, deadline, v, r, s))
        .to.be.revertedWithCustomError(stakingToken, "ERC20InsufficientAllowance")
        .withArgs(pool, 0n, ONE);
      expect(await stakingToken.balanceOf(actors.alice)).to.equal(before);
    });

    it("reverts with the token's error when neither permit nor allowance is good", async () => {
      const { actors, pool, stakingToken } = await networkHelpers.loadFixture(signed);
      await expect(
        pool
          .connect(actors.alice)
          .openWithPermit(MONTH_ID, ONE, actors.alice, 0n, MAX_UINT256, 27, ethers.ZeroHash, ethers.ZeroHash),
      )
        .to.be.revertedWithCustomError(stakingToken, "ERC20InsufficientAllowance")
        .withArgs(pool, 0n, ONE);
    });
  });
});
