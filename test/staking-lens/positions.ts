import { expect } from "chai";
import { network } from "hardhat";

import type { IStakingLens } from "../../types/contracts/StakingLens.js";
import { exitOf, MONTH, MONTH_ID, openPosition, YEAR_ID } from "../helpers/fixed-term.ts";
import { DAY, MAX_UINT256, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function fresh(): Promise<LensFixture> {
  return deployLens(ethers);
}

/** Six ids: bob's 1, 4 and 5, carol's 2; 3 was left in part and continues as 6. */
async function sixPositions(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, fixedTermPool } = fixture;
  await openPosition(fixedTermPool, actors.bob, 1_000n * ONE, MONTH_ID);
  await openPosition(fixedTermPool, actors.carol, 2_000n * ONE, YEAR_ID);
  await openPosition(fixedTermPool, actors.carol, 3_000n * ONE, MONTH_ID);
  await openPosition(fixedTermPool, actors.bob, 4_000n * ONE, YEAR_ID);
  await openPosition(fixedTermPool, actors.bob, 5_000n * ONE, MONTH_ID);
  await fixedTermPool.connect(actors.carol).withdrawEarly(3n, 1n * ONE, actors.carol, 0n, 0n);
  return fixture;
}

function idsOf(page: IStakingLens.PositionViewStructOutput[]): bigint[] {
  return page.map(({ positionId }) => positionId);
}

describe("StakingLens", () => {
  describe("positions", () => {
    it("shows what was promised and what leaving now pays and costs", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      await time.increase(10n * DAY);
      const [view] = await lens.positions(fixedTermPool, [1n]);
      if (!view) throw new Error("The page is empty");
      const { state } = view;
      expect(view.exists).to.equal(true);
      expect(state.owner).to.equal(actors.bob.address);
      expect(state.termId).to.equal(MONTH_ID);
      expect(state.principal).to.equal(1_000n * ONE);
      expect(state.maturity).to.equal(state.openedAt + MONTH.duration);
      expect(state.autoRenew).to.equal(false);

      const elapsed = BigInt(await time.latest()) - state.openedAt;
      const { principal, reward } = state;
      const expected = exitOf(MONTH, { principal, reward }, principal, elapsed);
      expect(view.principalOut).to.equal(expected.principalOut);
      expect(view.rewardOut).to.equal(expected.rewardOut);
      expect(view.principalPenalty).to.equal(expected.principalPenalty);
      expect(view.forfeitedReward).to.equal(expected.forfeitedReward);
      expect(view.principalPenalty).to.be.above(0n);
      expect(view.forfeitedReward).to.be.above(0n);
    });

    it("shows from maturity on that leaving pays all of what was promised", async () => {
      const { actors, fixedTermPool, lens, rewardsToken, stakingToken } =
        await networkHelpers.loadFixture(sixPositions);
      const { maturity } = await fixedTermPool.position(1n);
      await time.increaseTo(maturity - 1n);
      const [early] = await lens.positions(fixedTermPool, [1n]);
      expect(early?.principalPenalty).to.be.above(0n);

      await time.increaseTo(maturity);
      const [view] = await lens.positions(fixedTermPool, [1n]);
      if (!view) throw new Error("The page is empty");
      expect(view.principalOut).to.equal(view.state.principal);
      expect(view.rewardOut).to.equal(view.state.reward);
      expect(view.principalPenalty).to.equal(0n);
      expect(view.forfeitedReward).to.equal(0n);

      const leaving = fixedTermPool.connect(actors.bob).withdraw(1n, actors.stranger);
      await expect(leaving).to.changeTokenBalance(ethers, stakingToken, actors.stranger, view.principalOut);
      expect(await rewardsToken.balanceOf(actors.stranger)).to.equal(view.rewardOut);
    });

    it("agrees with the pool's own views, in the order asked for", async () => {
      const { fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      await time.increase(DAY);
      const page = await lens.positions(fixedTermPool, [6n, 2n, 2n, 4n]);
      expect(idsOf(page)).to.deep.equal([6n, 2n, 2n, 4n]);
      for (const { positionId, principalOut, rewardOut, principalPenalty, forfeitedReward, state } of page) {
        expect([...state]).to.deep.equal([...(await fixedTermPool.position(positionId))]);
        expect([principalOut, rewardOut, principalPenalty, forfeitedReward]).to.deep.equal([
          ...(await fixedTermPool.previewWithdrawEarly(positionId, state.principal)),
        ]);
      }
    });

    it("follows a transfer and shows auto-renew", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      const bob = fixedTermPool.connect(actors.bob);
      await bob.transferFrom(actors.bob, actors.stranger, 1n);
      await bob.setAutoRenew(4n, YEAR_ID, DAY, false);
      const [first, fourth] = await lens.positions(fixedTermPool, [1n, 4n]);
      expect(first?.state.owner).to.equal(actors.stranger.address);
      expect(first?.state.autoRenew).to.equal(false);
      expect(fourth?.state.autoRenew).to.equal(true);
    });

    it("marks closed and unknown ids and leaves them empty", async () => {
      const { fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      const page = await lens.positions(fixedTermPool, [0n, 3n, 6n, 7n, MAX_UINT256]);
      expect(idsOf(page)).to.deep.equal([0n, 3n, 6n, 7n, MAX_UINT256]);
      expect(page.map(({ exists }) => exists)).to.deep.equal([false, false, true, false, false]);
      for (const view of page.filter(({ exists }) => !exists)) {
        expect([...view.state]).to.deep.equal([ZERO_ADDRESS, 0n, 0n, 0n, 0n, 0n, false]);
        expect(view.principalOut + view.rewardOut + view.principalPenalty + view.forfeitedReward).to.equal(0n);
      }
    });

    it("returns none for no ids", async () => {
      const { fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      expect(await lens.positions(fixedTermPool, [])).to.deep.equal([]);
    });
  });

  describe("positionsInRange", () => {
    const RANGES: [title: string, cursor: bigint, limit: bigint, ids: bigint[], next: bigint][] = [
      ["all that are open, from 0", 0n, 100n, [1n, 2n, 4n, 5n, 6n], 0n],
      ["the same from 1", 1n, 6n, [1n, 2n, 4n, 5n, 6n], 0n],
      ["a first page and where to go on", 0n, 2n, [1n, 2n], 3n],
      ["a page in which one is closed", 3n, 2n, [4n], 5n],
      ["a page in which all are closed", 3n, 1n, [], 4n],
      ["a page that ends one before the last id", 1n, 5n, [1n, 2n, 4n, 5n], 6n],
      ["the last one", 6n, 1n, [6n], 0n],
      ["none beyond the last id", 7n, 10n, [], 0n],
      ["none from the largest cursor", MAX_UINT256, 10n, [], 0n],
      ["none from the largest cursor with the largest limit", MAX_UINT256, MAX_UINT256, [], 0n],
      ["all for the largest limit", 2n, MAX_UINT256, [2n, 4n, 5n, 6n], 0n],
      ["none for a limit of 0, without moving on", 2n, 0n, [], 2n],
    ];

    for (const [title, cursor, limit, ids, next] of RANGES) {
      it(`returns ${title}`, async () => {
        const { fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
        const range = await lens.positionsInRange(fixedTermPool, cursor, limit, ZERO_ADDRESS);
        expect(idsOf(range.page)).to.deep.equal(ids);
        expect(range.next).to.equal(next);
      });
    }

    it("shows of each position what positions shows", async () => {
      const { fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      await time.increase(DAY);
      const { page } = await lens.positionsInRange(fixedTermPool, 0n, 10n, ZERO_ADDRESS);
      expect(page).to.deep.equal(await lens.positions(fixedTermPool, [1n, 2n, 4n, 5n, 6n]));
    });

    it("finds an owner's positions alone, page by page", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      const found: bigint[] = [];
      const cursors: bigint[] = [];
      let cursor = 0n;
      do {
        const range = await lens.positionsInRange(fixedTermPool, cursor, 2n, actors.bob);
        found.push(...idsOf(range.page));
        cursors.push(range.next);
        cursor = range.next;
      } while (cursor !== 0n);
      expect(found).to.deep.equal([1n, 4n, 5n]);
      expect(cursors).to.deep.equal([3n, 5n, 0n]);
      const ofCarol = await lens.positionsInRange(fixedTermPool, 0n, 10n, actors.carol);
      expect(idsOf(ofCarol.page)).to.deep.equal([2n, 6n]);
    });

    it("returns none for an owner without any, nor for a pool without any", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(sixPositions);
      const none = await lens.positionsInRange(fixedTermPool, 0n, 10n, actors.stranger);
      expect([none.page, none.next]).to.deep.equal([[], 0n]);
      const untouched = await networkHelpers.loadFixture(fresh);
      const empty = await untouched.lens.positionsInRange(untouched.fixedTermPool, 0n, 10n, ZERO_ADDRESS);
      expect([empty.page, empty.next]).to.deep.equal([[], 0n]);
    });
  });
});
