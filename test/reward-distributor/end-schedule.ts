import { expect } from "chai";
import { network } from "hardhat";

import { deploySchedule, WEEK } from "../helpers/distributor.ts";
import { ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function funded() {
  const fixture = await deploySchedule(ethers);
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  return { ...fixture, governor: fixture.distributor.connect(fixture.actors.governor) };
}

describe("RewardDistributor", () => {
  describe("endSchedule", () => {
    it("returns what has not accrued, and keeps payable what has", async () => {
      const { actors, distributor, governor, token, flexible, fixedTerm, start } =
        await networkHelpers.loadFixture(funded);
      await time.increaseTo(start + 2n * WEEK);
      expect(await governor.endSchedule.staticCall(0n, actors.alice)).to.equal(7_000n);
      const ended = governor.endSchedule(0n, actors.alice);
      await expect(ended).to.emit(distributor, "Accrued").withArgs(0n, 3n, 2_700n, 300n);
      await expect(ended).to.emit(distributor, "ScheduleEnded").withArgs(0n, actors.alice, 7_000n);
      await expect(ended).to.changeTokenBalances(ethers, token, [distributor, actors.alice], [-7_000n, 7_000n]);

      await distributor.distribute(0n, flexible);
      await distributor.distribute(0n, fixedTerm);
      await distributor.sweepFees(token);
      expect([await flexible.notified(), await fixedTerm.pulled()]).to.deep.equal([3n * 675n, 3n * 225n]);
      expect(await distributor.liabilities(token)).to.equal(0n);
      expect(await token.balanceOf(distributor)).to.equal(0n);
    });

    it("shows an ended schedule without epochs to come", async () => {
      const { actors, distributor, governor, start } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await governor.endSchedule(0n, actors.alice);
      await time.increaseTo(start + 5n * WEEK);
      const state = await distributor.schedule(0n);
      expect([state.ended, state.accruedEpochs, state.balance]).to.deep.equal([true, 1n, 0n]);
      expect([state.uncoveredEpochs, state.missing, state.nextEpoch]).to.deep.equal([0n, 0n, 0n]);
    });

    it("accrues nothing any more", async () => {
      const { actors, distributor, governor, flexible, start } = await networkHelpers.loadFixture(funded);
      await governor.endSchedule(0n, actors.alice);
      await time.increaseTo(start + 5n * WEEK);
      expect(await distributor.pending(0n, flexible)).to.equal(0n);
      await expect(distributor.distribute(0n, flexible)).to.be.revertedWithCustomError(
        distributor,
        "DistributorNothingDue",
      );
    });

    it("ends an empty schedule without a transfer", async () => {
      const { actors, distributor, token } = await deploySchedule(ethers);
      const ended = distributor.connect(actors.governor).endSchedule(0n, actors.alice);
      await expect(ended).to.emit(distributor, "ScheduleEnded").withArgs(0n, actors.alice, 0n);
      await expect(ended).not.to.emit(token, "Transfer");
    });

    it("reverts a second time", async () => {
      const { actors, distributor, governor } = await networkHelpers.loadFixture(funded);
      await governor.endSchedule(0n, actors.alice);
      await expect(governor.endSchedule(0n, actors.alice))
        .to.be.revertedWithCustomError(distributor, "DistributorScheduleEnded")
        .withArgs(0n);
    });

    it("reverts when the refund would go to the zero address or the distributor", async () => {
      const { distributor, governor } = await networkHelpers.loadFixture(funded);
      for (const wrong of [ZERO_ADDRESS, await distributor.getAddress()]) {
        await expect(governor.endSchedule(0n, wrong))
          .to.be.revertedWithCustomError(distributor, "DistributorInvalidReceiver")
          .withArgs(wrong);
      }
    });
  });
});
