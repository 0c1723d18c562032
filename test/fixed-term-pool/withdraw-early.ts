import { expect } from "chai";
import { network } from "hardhat";

import {
  BPS,
  deployFixedTermPool,
  exitOf,
  FULL_YEAR,
  isSolvent,
  MONTH,
  MONTH_ID,
  openPosition,
  rewardOf,
  SPLIT,
  YEAR_ID,
} from "../helpers/fixed-term.ts";
import { DAY, MAX_UINT96, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);

async function opened(options: { sameToken?: boolean } = {}) {
  const fixture = await deployFixedTermPool(ethers, options);
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  const { openedAt, maturity } = await fixture.pool.position(id);
  return { ...fixture, id, openedAt, maturity };
}

async function twoTokens() {
  return opened();
}

async function oneToken() {
  return opened({ sameToken: true });
}

/** A position of seven units with a reward of five: every share of it is a fraction. */
async function tiny() {
  const term = { ...MONTH, minimum: 1n, rate: ONE };
  const fixture = await deployFixedTermPool(ethers, { terms: [term], conversion: 10n * ONE });
  const id = await openPosition(fixture.pool, fixture.actors.alice, 7n, 0n);
  const { openedAt } = await fixture.pool.position(id);
  return { ...fixture, id, openedAt, term };
}

async function largest() {
  const term = { ...MONTH, rate: ONE, duration: 1_461n * DAY, penalty: { ...MONTH.penalty, startBps: 2_500n } };
  const fixture = await deployFixedTermPool(ethers, { terms: [term], conversion: ONE / 5n, budget: MAX_UINT96 });
  const id = await openPosition(fixture.pool, fixture.actors.alice, MAX_UINT96 - 1n, 0n);
  return { ...fixture, id, term };
}

describe("FixedTermPool", () => {
  describe("withdrawEarly", () => {
    for (const [given, fixture] of [
      ["two tokens", twoTokens],
      ["one token", oneToken],
    ] as const) {
      it(`pays what accrued less forfeiture, and principal less penalty, with ${given}`, async () => {
        const { actors, pool, stakingToken, rewardsToken, id, openedAt } = await networkHelpers.loadFixture(fixture);
        const { alice, carol } = actors;
        await time.setNextBlockTimestamp(openedAt + 10n * DAY);
        const exit = exitOf(MONTH, { principal: PRINCIPAL, reward: REWARD }, PRINCIPAL, 10n * DAY);
        const { principalOut, rewardOut, principalPenalty, forfeitedReward } = exit;
        const left = pool.connect(alice).withdrawEarly(id, PRINCIPAL, carol, principalOut, rewardOut);
        await expect(left)
          .to.emit(pool, "WithdrawnEarly")
          .withArgs(id, carol, principalOut, rewardOut, principalPenalty, forfeitedReward, 0n);
        if (stakingToken === rewardsToken) {
          await expect(left).to.changeTokenBalance(ethers, stakingToken, carol, principalOut + rewardOut);
        } else {
          await expect(left).to.changeTokenBalance(ethers, stakingToken, carol, principalOut);
          await expect(left).to.changeTokenBalance(ethers, rewardsToken, carol, rewardOut);
        }
        // After ten of thirty days: 5 % − (4 % / 3) of the principal, half of a third of the reward.
        expect(principalPenalty).to.equal((PRINCIPAL * 11n + 299n) / 300n);
        expect(rewardOut).to.equal(REWARD / 6n);
        expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - rewardOut);
        expect(await pool.reservedRewards()).to.equal(0n);
        expect(await pool.totalPrincipal()).to.equal(0n);
        expect(await pool.positionCount()).to.equal(id);
        expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
      });
    }

    it("books the penalty by the split, and moves it nowhere", async () => {
      const { actors, insurance, treasury, pool, stakingToken, id, openedAt } =
        await networkHelpers.loadFixture(twoTokens);
      await time.setNextBlockTimestamp(openedAt + 15n * DAY);
      const left = pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL, actors.alice, 0n, 0n);
      await expect(left).to.changeTokenBalances(ethers, stakingToken, [insurance, treasury], [0n, 0n]);
      const penalty = 30n * ONE;
      const { rewards, insurance: insured, treasury: kept, burned } = await pool.unsweptPenalties();
      expect([rewards, insured, kept, burned]).to.deep.equal(
        [SPLIT.rewardsBps, SPLIT.insuranceBps, SPLIT.treasuryBps, SPLIT.burnBps].map((bps) => (penalty * bps) / BPS),
      );
      expect(await pool.liabilities(stakingToken)).to.equal(penalty);
      expect(await stakingToken.balanceOf(pool)).to.equal(penalty);
    });

    it("pays exactly what the preview says in the same block, at every time and for every part", async () => {
      const { actors, pool, id, openedAt, maturity } = await networkHelpers.loadFixture(twoTokens);
      const snapshot = await networkHelpers.takeSnapshot();
      for (const at of [
        openedAt + 1n,
        openedAt + 12_345n,
        openedAt + 20n * DAY,
        maturity - 1n,
        maturity,
        maturity + DAY,
      ]) {
        for (const amount of [1n, 7n, PRINCIPAL / 3n, PRINCIPAL - 1n, PRINCIPAL]) {
          await time.increaseTo(at);
          const preview = await pool.previewWithdrawEarly(id, amount);
          const exit = exitOf(MONTH, { principal: PRINCIPAL, reward: REWARD }, amount, at - openedAt);
          const { principalOut, rewardOut, principalPenalty, forfeitedReward } = exit;
          expect(preview).to.deep.equal([principalOut, rewardOut, principalPenalty, forfeitedReward]);
          const exitCall = pool.connect(actors.alice).withdrawEarly;
          // On the latest block a call runs at that block's time, as the preview does.
          const paid = await exitCall.staticCall(id, amount, actors.alice, 0n, 0n, { blockTag: "latest" });
          expect(paid).to.deep.equal([principalOut, rewardOut]);
          await snapshot.restore();
        }
      }
    });

    describe("given a part of the principal", () => {
      it("closes the position and mints the rest under a new id, with the same term, opening and maturity", async () => {
        const { actors, pool, id, openedAt, maturity } = await networkHelpers.loadFixture(twoTokens);
        const { alice, bob } = actors;
        await pool.connect(alice).approve(bob, id);
        await pool.connect(alice).setAutoRenew(id, MONTH_ID, DAY, false);
        const amount = PRINCIPAL / 3n;
        const left = pool.connect(bob).withdrawEarly(id, amount, bob, 0n, 0n);
        const remainder = (REWARD * (PRINCIPAL - amount)) / PRINCIPAL;
        await expect(left)
          .to.emit(pool, "Opened")
          .withArgs(id + 1n, alice, MONTH_ID, PRINCIPAL - amount, remainder, maturity);
        await expect(pool.position(id)).to.be.revertedWithCustomError(pool, "PoolPositionClosed").withArgs(id);
        await expect(pool.ownerOf(id)).to.be.revertedWithCustomError(pool, "ERC721NonexistentToken").withArgs(id);
        const position = await pool.position(id + 1n);
        expect(position.owner).to.equal(alice);
        expect(position.termId).to.equal(MONTH_ID);
        expect(position.principal).to.equal(PRINCIPAL - amount);
        expect(position.reward).to.equal(remainder);
        expect(position.openedAt).to.equal(openedAt);
        expect(position.maturity).to.equal(maturity);
        expect(position.autoRenew).to.equal(true);
        expect(await pool.getApproved(id + 1n)).to.equal(ZERO_ADDRESS);
        await expect(pool.connect(bob).withdrawEarly(id + 1n, 1n, bob, 0n, 0n))
          .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
          .withArgs(bob, id + 1n);
      });

      it("keeps every count right, and returns the rest of the reward to the budget", async () => {
        const { actors, pool, stakingToken, rewardsToken, id } = await networkHelpers.loadFixture(twoTokens);
        const amount = PRINCIPAL / 7n;
        await pool.connect(actors.alice).withdrawEarly(id, amount, actors.alice, 0n, 0n);
        const { reward } = await pool.position(id + 1n);
        const paid = await rewardsToken.balanceOf(actors.alice);
        expect(await pool.reservedRewards()).to.equal(reward);
        expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - reward - paid);
        expect(await pool.totalPrincipal()).to.equal(PRINCIPAL - amount);
        const { openPrincipal, reservedReward } = await pool.term(MONTH_ID);
        expect(openPrincipal).to.equal(PRINCIPAL - amount);
        expect(reservedReward).to.equal(reward);
        for (const token of [stakingToken, rewardsToken]) {
          expect(await pool.liabilities(token)).to.equal(await token.balanceOf(pool));
        }
      });

      it("leaves a remainder below the term's minimum", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
        await pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL - 1n, actors.alice, 0n, 0n);
        expect((await pool.position(id + 1n)).principal).to.equal(1n);
        await time.increase(MONTH.duration);
        await pool.connect(actors.alice).withdraw(id + 1n, actors.alice);
        expect(await pool.totalPrincipal()).to.equal(0n);
      });
    });

    describe("given exits of one unit at a time", () => {
      it("never pays more than leaving at once, at any time", async () => {
        const { actors, pool, stakingToken, rewardsToken, id, openedAt, term } = await networkHelpers.loadFixture(tiny);
        const { alice } = actors;
        const { reward } = await pool.position(id);
        expect(reward).to.equal(5n);
        const snapshot = await networkHelpers.takeSnapshot();
        for (const elapsed of [DAY, 10n * DAY, 29n * DAY, 31n * DAY]) {
          const whole = exitOf(term, { principal: 7n, reward }, 7n, elapsed + 7n);
          const before = [await stakingToken.balanceOf(alice), await rewardsToken.balanceOf(alice)] as const;
          await time.setNextBlockTimestamp(openedAt + elapsed);
          for (let current = id; current < id + 7n; current++) {
            await pool.connect(alice).withdrawEarly(current, 1n, alice, 0n, 0n);
          }
          expect((await stakingToken.balanceOf(alice)) - before[0]).to.be.lessThanOrEqual(whole.principalOut);
          expect((await rewardsToken.balanceOf(alice)) - before[1]).to.be.lessThanOrEqual(whole.rewardOut);
          expect(await pool.totalPrincipal()).to.equal(0n);
          expect(await pool.reservedRewards()).to.equal(0n);
          for (const token of [stakingToken, rewardsToken]) {
            expect(await pool.liabilities(token)).to.equal(await token.balanceOf(pool));
          }
          await snapshot.restore();
        }
      });

      it("pays no principal when the penalty's rounding takes the only unit, and still closes", async () => {
        const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(tiny);
        const left = pool.connect(actors.alice).withdrawEarly(id, 1n, actors.alice, 0n, 0n);
        await expect(left).to.changeTokenBalance(ethers, stakingToken, actors.alice, 0n);
        expect((await pool.unsweptPenalties()).rewards).to.equal(1n);
      });
    });

    it("rounds the reward once: never more than one unit below the exact share", async () => {
      const { actors, pool, id, openedAt, term } = await networkHelpers.loadFixture(tiny);
      const { reward, principal } = await pool.position(id);
      for (let day = 1n; day < 30n; day++) {
        await time.increaseTo(openedAt + day * DAY);
        for (let amount = 1n; amount <= principal; amount++) {
          const [, rewardOut] = await pool.previewWithdrawEarly(id, amount);
          const exact = reward * amount * day * DAY * (BPS - term.penalty.forfeitedBps);
          const scale = principal * term.duration * BPS;
          expect(rewardOut * scale).to.be.lessThanOrEqual(exact);
          expect((rewardOut + 1n) * scale).to.be.greaterThan(exact);
        }
      }
      expect(await pool.ownerOf(id)).to.equal(actors.alice);
    });

    it("charges nothing from maturity on", async () => {
      const { actors, pool, rewardsToken, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      await time.setNextBlockTimestamp(maturity);
      const left = pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL, actors.alice, PRINCIPAL, REWARD);
      await expect(left).to.emit(pool, "WithdrawnEarly").withArgs(id, actors.alice, PRINCIPAL, REWARD, 0n, 0n, 0n);
      await expect(left).to.changeTokenBalance(ethers, rewardsToken, actors.alice, REWARD);
    });

    it("forfeits all that accrued where the term says so, and no principal", async () => {
      const { actors, pool } = await networkHelpers.loadFixture(twoTokens);
      const id = await openPosition(pool, actors.bob, PRINCIPAL, YEAR_ID);
      await time.increase(200n * DAY);
      const [principalOut, rewardOut, principalPenalty, forfeited] = await pool.previewWithdrawEarly(id, PRINCIPAL);
      expect([principalOut, rewardOut, principalPenalty]).to.deep.equal([PRINCIPAL, 0n, 0n]);
      expect(forfeited).to.equal((rewardOf(PRINCIPAL, FULL_YEAR) * 200n) / 365n);
      await pool.connect(actors.bob).withdrawEarly(id, PRINCIPAL, actors.bob, PRINCIPAL, 0n);
      expect(await pool.availableBudget()).to.equal(1_000_000n * ONE - REWARD);
    });

    it("lets the largest position leave, in parts, at any time", async () => {
      const { actors, pool, stakingToken, rewardsToken, id, term } = await networkHelpers.loadFixture(largest);
      const { alice } = actors;
      for (let step = 0n; step < 4n; step++) {
        await pool.connect(alice).withdrawEarly(id + step, MAX_UINT96 / 5n, alice, 0n, 0n);
        await time.increase(term.duration / 5n);
      }
      const { principal } = await pool.position(id + 4n);
      await pool.connect(alice).withdrawEarly(id + 4n, principal, alice, 0n, 0n);
      expect(await pool.totalPrincipal()).to.equal(0n);
      expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
    });

    it("reverts when it would pay less than asked for, of either token", async () => {
      const { actors, pool, id, openedAt } = await networkHelpers.loadFixture(twoTokens);
      const { alice } = actors;
      const at = openedAt + 10n * DAY;
      const { principalOut, rewardOut } = exitOf(MONTH, { principal: PRINCIPAL, reward: REWARD }, PRINCIPAL, 10n * DAY);
      for (const [minPrincipal, minReward] of [
        [principalOut + 1n, rewardOut],
        [principalOut, rewardOut + 1n],
      ] as const) {
        await networkHelpers.loadFixture(twoTokens);
        await time.setNextBlockTimestamp(at);
        await expect(pool.connect(alice).withdrawEarly(id, PRINCIPAL, alice, minPrincipal, minReward))
          .to.be.revertedWithCustomError(pool, "PoolPayoutBelowMinimum")
          .withArgs(principalOut, minPrincipal, rewardOut, minReward);
      }
    });

    it("reverts for no amount and for more than the principal, as the preview does", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice } = actors;
      for (const call of [
        (amount: bigint) => pool.connect(alice).withdrawEarly(id, amount, alice, 0n, 0n),
        (amount: bigint) => pool.previewWithdrawEarly(id, amount),
      ]) {
        await expect(call(0n)).to.be.revertedWithCustomError(pool, "PoolZeroAmount").withArgs();
        await expect(call(PRINCIPAL + 1n))
          .to.be.revertedWithCustomError(pool, "PoolAmountAbovePrincipal")
          .withArgs(PRINCIPAL + 1n, PRINCIPAL);
      }
    });

    it("reverts for strangers, for bad receivers and for positions that are not there", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, stranger } = actors;
      await expect(pool.connect(stranger).withdrawEarly(id, 1n, stranger, 0n, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      for (const receiver of [ZERO_ADDRESS, await pool.getAddress()]) {
        await expect(pool.connect(alice).withdrawEarly(id, 1n, receiver, 0n, 0n))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(receiver);
      }
      await pool.connect(alice).withdrawEarly(id, PRINCIPAL, alice, 0n, 0n);
      for (const call of [
        (unknown: bigint) => pool.connect(alice).withdrawEarly(unknown, 1n, alice, 0n, 0n),
        (unknown: bigint) => pool.previewWithdrawEarly(unknown, 1n),
      ]) {
        await expect(call(id)).to.be.revertedWithCustomError(pool, "PoolPositionClosed").withArgs(id);
        await expect(call(9n)).to.be.revertedWithCustomError(pool, "PoolPositionUnknown").withArgs(9n);
      }
    });

    it("pays while everything is paused", async () => {
      const { actors, pool, stakingToken, id } = await networkHelpers.loadFixture(twoTokens);
      await pool.connect(actors.guardian).pause();
      await pool.connect(actors.guardian).pauseTerm(MONTH_ID);
      const before = await stakingToken.balanceOf(actors.alice);
      await pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL, actors.alice, 0n, 0n);
      expect((await stakingToken.balanceOf(actors.alice)) - before).to.be.greaterThanOrEqual((PRINCIPAL * 95n) / 100n);
    });
  });
});
