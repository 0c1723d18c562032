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
import { DAY, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);
const HOUR = 3_600n;
const WINDOW = 3n * DAY;
const NO_ORDER = [0n, 0n, false];

async function opened(options: Parameters<typeof deployFixedTermPool>[1] = {}) {
  const fixture = await deployFixedTermPool(ethers, options);
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  const { maturity } = await fixture.pool.position(id);
  return { ...fixture, id, maturity };
}

async function twoTokens() {
  return opened();
}

/** A mature position that anybody may renew once for a year, up to three days after its maturity. */
async function once() {
  const fixture = await opened();
  await fixture.pool.connect(fixture.actors.alice).setAutoRenew(fixture.id, YEAR_ID, WINDOW, false);
  await time.increaseTo(fixture.maturity);
  return fixture;
}

/** A mature position that anybody may renew again and again for a month. */
async function repeating() {
  const fixture = await opened();
  await fixture.pool.connect(fixture.actors.alice).setAutoRenew(fixture.id, MONTH_ID, WINDOW, true);
  await time.increaseTo(fixture.maturity);
  return fixture;
}

describe("FixedTermPool", () => {
  describe("renew, given auto-renew", () => {
    it("lets a stranger renew once, for the owner, who is paid", async () => {
      const { actors, pool, rewardsToken, id } = await networkHelpers.loadFixture(once);
      const { alice, stranger } = actors;
      const renewed = pool.connect(stranger).renew(id, YEAR_ID, 0n);
      await expect(renewed).to.changeTokenBalances(ethers, rewardsToken, [alice, stranger], [REWARD, 0n]);
      await expect(renewed).not.to.emit(pool, "AutoRenewSet");
      expect(await pool.ownerOf(id + 1n)).to.equal(alice);
      expect((await pool.position(id + 1n)).autoRenew).to.equal(false);
      expect(await pool.autoRenewOrder(id + 1n)).to.deep.equal(NO_ORDER);
      await time.increase(FULL_YEAR.duration);
      await expect(pool.connect(stranger).renew(id + 1n, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id + 1n);
    });

    it("lets a stranger renew until the last second of the window, and not a second later", async () => {
      const { actors, pool, id, maturity } = await networkHelpers.loadFixture(once);
      const { alice, stranger } = actors;
      const until = maturity + WINDOW;
      const snapshot = await networkHelpers.takeSnapshot();
      await time.increaseTo(until + 1n);
      await expect(pool.connect(stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolAutoRenewLapsed")
        .withArgs(id, until);
      expect((await pool.position(id)).autoRenew).to.equal(false);
      expect(await pool.autoRenewOrder(id)).to.deep.equal([YEAR_ID, WINDOW, false]);
      await pool.connect(alice).withdraw(id, alice);

      await snapshot.restore();
      await time.increaseTo(until);
      expect((await pool.position(id)).autoRenew).to.equal(true);

      await snapshot.restore();
      await time.setNextBlockTimestamp(until);
      await pool.connect(stranger).renew(id, YEAR_ID, 0n);
    });

    it("has lapsed when budget arrives 200 days late: nobody is locked up again who meant to leave", async () => {
      const { actors, pool, id, maturity } = await opened({ budget: REWARD });
      const { alice, funder, stranger } = actors;
      await pool.connect(alice).setAutoRenew(id, YEAR_ID, WINDOW, true);
      await time.increaseTo(maturity);
      await expect(pool.connect(stranger).renew(id, YEAR_ID, 0n)).to.be.revertedWithCustomError(
        pool,
        "PoolBudgetTooSmall",
      );
      await time.increase(200n * DAY);
      await pool.connect(funder).fund(1_000n * ONE);
      await expect(pool.connect(stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolAutoRenewLapsed")
        .withArgs(id, maturity + WINDOW);
      await pool.connect(alice).withdraw(id, alice);
    });

    it("reverts before maturity", async () => {
      const { actors, pool, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      await pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, WINDOW, false);
      await expect(pool.connect(actors.stranger).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotMature")
        .withArgs(id, maturity);
    });

    it("does not let a stranger choose another term", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(once);
      await expect(pool.connect(actors.stranger).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(actors.stranger, id);
    });

    it("gives a stranger no say in the reward: the least that he names only makes it fail", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(repeating);
      await expect(pool.connect(actors.stranger).renew(id, MONTH_ID, REWARD + 1n))
        .to.be.revertedWithCustomError(pool, "PoolRewardBelowMinimum")
        .withArgs(REWARD, REWARD + 1n);
      await pool.connect(actors.stranger).renew(id, MONTH_ID, 0n);
      expect((await pool.position(id + 1n)).reward).to.equal(REWARD);
    });

    it("does not open a paused or closed term for a stranger", async () => {
      const { access, actors, pool, id } = await networkHelpers.loadFixture(once);
      await pool.connect(actors.guardian).pauseTerm(YEAR_ID);
      await expect(pool.connect(actors.stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermPaused")
        .withArgs(YEAR_ID);
      await govern(connection, { access, actors, pool }, pool.interface.encodeFunctionData("closeTerm", [YEAR_ID]));
      await expect(pool.connect(actors.stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermClosed")
        .withArgs(YEAR_ID);
      await pool.connect(actors.alice).withdraw(id, actors.alice);
    });

    it("is not held by a cap that a stranger fills: the reward is owed, and the principal renewed", async () => {
      const terms = [{ ...MONTH, principalCap: 2n * PRINCIPAL }];
      const { actors, pool, id, maturity } = await opened({ sameToken: true, terms });
      const { alice, bob, stranger } = actors;
      await pool.connect(alice).setAutoRenew(id, 0n, WINDOW, true);
      await time.increaseTo(maturity);
      await openPosition(pool, bob, PRINCIPAL, 0n);
      await expect(pool.connect(stranger).renew(id, 0n, 0n))
        .to.emit(pool, "RewardDeferred")
        .withArgs(alice, REWARD);
      expect((await pool.position(id + 2n)).principal).to.equal(PRINCIPAL);
      expect(await pool.owed(alice)).to.equal(REWARD);
      expect(await pool.owed(stranger)).to.equal(0n);
    });

    it("leaves owner and approved every choice, also after it has lapsed", async () => {
      for (const later of [1n, WINDOW + 1n]) {
        const { actors, pool, id } = await networkHelpers.loadFixture(once);
        await time.increase(later);
        await pool.connect(actors.alice).approve(actors.bob, id);
        await pool.connect(actors.bob).renew(id, MONTH_ID, 0n);
        expect((await pool.position(id + 1n)).termId).to.equal(MONTH_ID);
      }
    });

    it("books the reward as owed to the owner when its token refuses them", async () => {
      const token = await ethers.deployContract("BlocklistToken");
      const rewardsToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const { actors, pool, id, maturity } = await opened({ rewardsToken });
      const { alice, stranger } = actors;
      await pool.connect(alice).setAutoRenew(id, MONTH_ID, WINDOW, false);
      await time.increaseTo(maturity);
      await token.setBlocked(alice, true);
      await expect(pool.connect(stranger).renew(id, MONTH_ID, 0n))
        .to.emit(pool, "RewardDeferred")
        .withArgs(alice, REWARD);
      expect(await pool.owed(alice)).to.equal(REWARD);
      expect(await pool.liabilities(rewardsToken)).to.equal(await rewardsToken.balanceOf(pool));
    });

    describe("that repeats", () => {
      it("is carried on from position to position until it is cancelled", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(repeating);
        const { alice, stranger } = actors;
        for (let number = 1n; number <= 3n; number++) {
          await expect(pool.connect(stranger).renew(id + number - 1n, MONTH_ID, 0n))
            .to.emit(pool, "AutoRenewSet")
            .withArgs(id + number, MONTH_ID, WINDOW, true);
          expect(await pool.autoRenewOrder(id + number)).to.deep.equal([MONTH_ID, WINDOW, true]);
          await time.increase(MONTH.duration + WINDOW / 2n);
        }
        await pool.connect(alice).cancelAutoRenew(id + 3n);
        await expect(pool.connect(stranger).renew(id + 3n, MONTH_ID, 0n))
          .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
          .withArgs(stranger, id + 3n);
      });

      it("is carried on in its own term, where the position was opened in another", async () => {
        const { actors, pool, id, maturity } = await networkHelpers.loadFixture(twoTokens);
        await pool.connect(actors.alice).setAutoRenew(id, YEAR_ID, WINDOW, true);
        await time.increaseTo(maturity);
        await pool.connect(actors.stranger).renew(id, YEAR_ID, 0n);
        expect((await pool.position(id + 1n)).termId).to.equal(YEAR_ID);
        expect(await pool.autoRenewOrder(id + 1n)).to.deep.equal([YEAR_ID, WINDOW, true]);
      });

      it("is kept by the owner's own renewal in its term, and dropped by one in another", async () => {
        const { actors, pool, id } = await networkHelpers.loadFixture(repeating);
        const { alice } = actors;
        const snapshot = await networkHelpers.takeSnapshot();
        await pool.connect(alice).renew(id, YEAR_ID, 0n);
        expect(await pool.autoRenewOrder(id + 1n)).to.deep.equal(NO_ORDER);

        await snapshot.restore();
        await time.increase(WINDOW + 1n); // lapsed, but not cancelled
        await expect(pool.connect(alice).renew(id, MONTH_ID, 0n))
          .to.emit(pool, "AutoRenewSet")
          .withArgs(id + 1n, MONTH_ID, WINDOW, true);
        const { autoRenew } = await pool.position(id + 1n);
        expect(autoRenew).to.equal(true);
      });
    });
  });

  describe("setAutoRenew", () => {
    it("is shown with its term, its window and whether it repeats", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      expect(await pool.autoRenewOrder(id)).to.deep.equal(NO_ORDER);
      for (const repeats of [true, false]) {
        await expect(pool.connect(actors.alice).setAutoRenew(id, YEAR_ID, WINDOW, repeats))
          .to.emit(pool, "AutoRenewSet")
          .withArgs(id, YEAR_ID, WINDOW, repeats);
        expect(await pool.autoRenewOrder(id)).to.deep.equal([YEAR_ID, WINDOW, repeats]);
      }
      const { autoRenew, principal, reward, termId } = await pool.position(id);
      expect([autoRenew, principal, reward, termId]).to.deep.equal([true, PRINCIPAL, REWARD, MONTH_ID]);
    });

    it("takes whole hours from one to 720, and refuses what it could not keep", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice } = actors;
      for (const window of [HOUR, 2n * HOUR, 719n * HOUR, 30n * DAY]) {
        await pool.connect(alice).setAutoRenew(id, MONTH_ID, window, false);
        expect(await pool.autoRenewOrder(id)).to.deep.equal([MONTH_ID, window, false]);
      }
      for (const window of [0n, HOUR - 1n, HOUR + 1n, 90n * 60n, 30n * DAY + 1n, 31n * DAY, 2n ** 256n - HOUR]) {
        await expect(pool.connect(alice).setAutoRenew(id, MONTH_ID, window, false))
          .to.be.revertedWithCustomError(pool, "PoolAutoRenewWindowOutOfRange")
          .withArgs(window, HOUR, 30n * DAY);
      }
    });

    it("lets only the owner ask that it repeats", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, bob, carol } = actors;
      await pool.connect(alice).approve(bob, id);
      await pool.connect(alice).setApprovalForAll(carol, true);
      for (const approved of [bob, carol]) {
        await expect(pool.connect(approved).setAutoRenew(id, MONTH_ID, WINDOW, true))
          .to.be.revertedWithCustomError(pool, "PoolNotOwner")
          .withArgs(approved, id);
        await pool.connect(approved).setAutoRenew(id, MONTH_ID, WINDOW, false);
      }
    });

    it("is replaced by a later one", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(once);
      await pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, HOUR, false);
      expect(await pool.autoRenewOrder(id)).to.deep.equal([MONTH_ID, HOUR, false]);
      await expect(pool.connect(actors.stranger).renew(id, YEAR_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(actors.stranger, id);
    });

    it("reverts where its window is over already", async () => {
      const { actors, pool, id, maturity } = await networkHelpers.loadFixture(once);
      await time.increaseTo(maturity + 2n * HOUR);
      await expect(pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, HOUR, false))
        .to.be.revertedWithCustomError(pool, "PoolAutoRenewLapsed")
        .withArgs(id, maturity + HOUR);
      await pool.connect(actors.alice).setAutoRenew(id, MONTH_ID, DAY, false);
    });

    it("reverts in terms that are not open, for strangers, and for positions that are not there", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(twoTokens);
      const { alice, guardian, stranger } = actors;
      await expect(pool.connect(alice).setAutoRenew(id, 7n, WINDOW, false))
        .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
        .withArgs(7n, 2n);
      await expect(pool.connect(alice).setAutoRenew(id, 256n, WINDOW, false))
        .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
        .withArgs(256n, 2n);
      await expect(pool.connect(stranger).setAutoRenew(id, MONTH_ID, WINDOW, true))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      await expect(pool.connect(alice).setAutoRenew(9n, MONTH_ID, WINDOW, false))
        .to.be.revertedWithCustomError(pool, "PoolPositionUnknown")
        .withArgs(9n);
      await pool.connect(guardian).pauseTerm(MONTH_ID);
      await expect(pool.connect(alice).setAutoRenew(id, MONTH_ID, WINDOW, false))
        .to.be.revertedWithCustomError(pool, "PoolTermPaused")
        .withArgs(MONTH_ID);
    });

    it("ends silently with the position", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(once);
      await expect(pool.connect(actors.alice).withdraw(id, actors.alice)).not.to.emit(pool, "AutoRenewCleared");
      expect(await pool.autoRenewOrder(id)).to.deep.equal(NO_ORDER);
    });

    it("stays with the remainder of a partial exit", async () => {
      const { actors, pool, id, maturity } = await networkHelpers.loadFixture(twoTokens);
      const { alice, stranger } = actors;
      await pool.connect(alice).setAutoRenew(id, MONTH_ID, WINDOW, true);
      await expect(pool.connect(alice).withdrawEarly(id, 400n * ONE, alice, 0n, 0n))
        .to.emit(pool, "AutoRenewSet")
        .withArgs(id + 1n, MONTH_ID, WINDOW, true);
      await time.increaseTo(maturity);
      await pool.connect(stranger).renew(id + 1n, MONTH_ID, 0n);
      expect((await pool.position(id + 2n)).principal).to.equal(600n * ONE);
      expect(await pool.autoRenewOrder(id + 2n)).to.deep.equal([MONTH_ID, WINDOW, true]);
    });

    it("ends with a transfer, and stays ended when the position comes back", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(repeating);
      const { alice, bob, stranger } = actors;
      await expect(pool.connect(alice).transferFrom(alice, bob, id))
        .to.emit(pool, "AutoRenewCleared")
        .withArgs(id);
      await expect(pool.connect(bob).transferFrom(bob, alice, id)).not.to.emit(pool, "AutoRenewCleared");
      expect(await pool.autoRenewOrder(id)).to.deep.equal(NO_ORDER);
      await expect(pool.connect(stranger).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
      expect((await pool.position(id)).reward).to.equal(REWARD);
    });
  });

  describe("cancelAutoRenew", () => {
    it("ends what an account set whose approval is over, which does not end it by itself", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(once);
      const { alice, bob } = actors;
      await pool.connect(alice).approve(bob, id);
      await pool.connect(bob).setAutoRenew(id, MONTH_ID, WINDOW, false);
      await pool.connect(alice).approve(ZERO_ADDRESS, id);
      expect((await pool.position(id)).autoRenew).to.equal(true);
      await pool.connect(alice).cancelAutoRenew(id);
      expect((await pool.position(id)).autoRenew).to.equal(false);
    });

    it("ends it, by owner or approved", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(repeating);
      const { alice, bob, stranger } = actors;
      await pool.connect(alice).approve(bob, id);
      await expect(pool.connect(bob).cancelAutoRenew(id)).to.emit(pool, "AutoRenewCleared").withArgs(id);
      expect((await pool.position(id)).autoRenew).to.equal(false);
      await expect(pool.connect(stranger).renew(id, MONTH_ID, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(stranger, id);
    });

    it("reverts for strangers", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(once);
      await expect(pool.connect(actors.stranger).cancelAutoRenew(id))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(actors.stranger, id);
    });
  });
});
