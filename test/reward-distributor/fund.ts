import { expect } from "chai";
import { network } from "hardhat";

import { deploySchedule, WEEK } from "../helpers/distributor.ts";
import { MAX_UINT256 } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const unfunded = () => deploySchedule(ethers);

async function charging() {
  return deploySchedule(ethers, { token: await ethers.deployContract("FeeToken", [100n]) });
}

describe("RewardDistributor", () => {
  describe("fund", () => {
    it("adds the caller's tokens to the schedule's own balance, whoever calls", async () => {
      const { actors, distributor, token } = await networkHelpers.loadFixture(unfunded);
      const { funder, alice } = actors;
      await expect(distributor.connect(funder).fund(0n, 700n))
        .to.emit(distributor, "Funded")
        .withArgs(0n, funder, 700n);
      await token.mint(alice, 300n);
      await token.connect(alice).approve(distributor, 300n);
      const alone = distributor.connect(alice);
      expect(await alone.fund.staticCall(0n, 300n)).to.equal(300n);
      await expect(alone.fund(0n, 300n)).to.changeTokenBalances(ethers, token, [alice, distributor], [-300n, 300n]);
      expect((await distributor.schedule(0n)).balance).to.equal(1_000n);
      expect(await distributor.liabilities(token)).to.equal(1_000n);
    });

    it("takes no more than all epochs together can still use", async () => {
      const { actors, distributor, token } = await networkHelpers.loadFixture(unfunded);
      const funder = distributor.connect(actors.funder);
      await funder.fund(0n, 1n);
      expect(await funder.fund.staticCall(0n, MAX_UINT256)).to.equal(9_999n);
      await expect(funder.fund(0n, MAX_UINT256)).to.changeTokenBalance(ethers, token, distributor, 9_999n);
      expect((await distributor.schedule(0n)).balance).to.equal(10_000n);
    });

    it("is not spoiled by a stranger's single unit before a payment of exactly the rest", async () => {
      const { actors, distributor, token } = await networkHelpers.loadFixture(unfunded);
      await token.mint(actors.stranger, 1n);
      await token.connect(actors.stranger).approve(distributor, 1n);
      await distributor.connect(actors.stranger).fund(0n, 1n);
      await expect(distributor.connect(actors.funder).fund(0n, 10_000n)).to.changeTokenBalance(
        ethers,
        token,
        actors.funder,
        -9_999n,
      );
    });

    it("reverts once the schedule holds everything that it can use, also when it has accrued", async () => {
      const { actors, distributor, flexible, start } = await networkHelpers.loadFixture(unfunded);
      const funder = distributor.connect(actors.funder);
      await funder.fund(0n, 10_000n);
      await expect(funder.fund(0n, 1n))
        .to.be.revertedWithCustomError(distributor, "DistributorFullyFunded")
        .withArgs(0n);
      await time.increaseTo(start + 3n * WEEK);
      await distributor.distribute(0n, flexible);
      await expect(funder.fund(0n, 1n)).to.be.revertedWithCustomError(distributor, "DistributorFullyFunded");
      await time.increaseTo(start + 20n * WEEK);
      await distributor.distribute(0n, flexible);
      await expect(funder.fund(0n, 1n)).to.be.revertedWithCustomError(distributor, "DistributorFullyFunded");
    });

    it("reverts when the amount is zero", async () => {
      const { actors, distributor } = await networkHelpers.loadFixture(unfunded);
      await expect(distributor.connect(actors.funder).fund(0n, 0n)).to.be.revertedWithCustomError(
        distributor,
        "DistributorZeroAmount",
      );
    });

    it("reverts when the schedule was ended", async () => {
      const { actors, distributor } = await networkHelpers.loadFixture(unfunded);
      await distributor.connect(actors.governor).endSchedule(0n, actors.alice);
      await expect(distributor.connect(actors.funder).fund(0n, 1n))
        .to.be.revertedWithCustomError(distributor, "DistributorScheduleEnded")
        .withArgs(0n);
    });

    describe("given a token that charges for transfers", () => {
      it("credits what arrives", async () => {
        const { actors, distributor, token } = await networkHelpers.loadFixture(charging);
        await expect(distributor.connect(actors.funder).fund(0n, 1_000n))
          .to.emit(distributor, "Funded")
          .withArgs(0n, actors.funder, 990n);
        expect((await distributor.schedule(0n)).balance).to.equal(990n);
        expect(await distributor.liabilities(token)).to.equal(990n);
      });

      it("reverts when nothing arrives", async () => {
        const token = await ethers.deployContract("FeeToken", [10_000n]);
        const { actors, distributor } = await deploySchedule(ethers, { token });
        await expect(distributor.connect(actors.funder).fund(0n, 500n))
          .to.be.revertedWithCustomError(distributor, "TokenNothingReceived")
          .withArgs(token, 500n);
      });
    });

    describe("given a token that delivers more than was asked for", () => {
      it("credits no more than the epochs can use; the rest is surplus", async () => {
        const token = await ethers.deployContract("BonusToken", [50n]);
        const { actors, distributor } = await deploySchedule(ethers, { token });
        await distributor.connect(actors.funder).fund(0n, 10_000n);
        expect(await token.balanceOf(distributor)).to.equal(10_050n);
        expect((await distributor.schedule(0n)).balance).to.equal(10_000n);
        await distributor.connect(actors.governor).rescue(token, actors.alice, 50n);
        await expect(distributor.connect(actors.governor).rescue(token, actors.alice, 1n))
          .to.be.revertedWithCustomError(distributor, "DistributorRescueExceedsSurplus")
          .withArgs(token, 1n, 0n);
      });
    });
  });
});
