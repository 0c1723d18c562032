import { expect } from "chai";
import { network } from "hardhat";

import { deploySchedule, INSURANCE, TREASURY, WEEK } from "../helpers/distributor.ts";
import { deployToken, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { answer, Behaviour, turnHostile } from "../helpers/scripted.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

/** A share may use 300,000, of which the call keeps a 63rd back, and 20,000 are left to go on with. */
const GAS_TO_SEND = 324_761n;

/** One epoch has accrued and is stored: 40 units of fees for insurance, 60 for the treasury. */
async function accrued() {
  const token = await ethers.deployContract("BlocklistToken");
  const fixture = await deploySchedule(ethers, { token });
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  await time.increaseTo(fixture.start);
  await fixture.distributor.distribute(0n, fixture.flexible);
  return { ...fixture, token, governor: fixture.distributor.connect(fixture.actors.governor) };
}

describe("RewardDistributor", () => {
  describe("the fee", () => {
    it("is rounded down over what accrues at once, never above its share", async () => {
      for (const [budget, feeBps, fee] of [
        [1n, 3_500n, 0n],
        [3n, 3_500n, 1n],
        [9_999n, 1n, 0n],
        [10_000n, 1n, 1n],
      ] as const) {
        const { actors, distributor, token, flexible, start } = await deploySchedule(ethers, { budget, feeBps });
        await distributor.connect(actors.funder).fund(0n, budget);
        await time.increaseTo(start);
        if ((await distributor.pending(0n, flexible)) === 0n)
          await distributor.connect(actors.governor).setWeights(0n, []);
        else await distributor.distribute(0n, flexible);
        const [insurance, treasury] = await distributor.feesOwed(token);
        expect(insurance + treasury).to.equal(fee);
      }
    });

    it("differs by less than a unit an epoch however often somebody makes it accrue", async () => {
      const epochs = 10n;
      const exact = (epochs * 999n * 3_500n) / 10_000n;
      const fees: bigint[] = [];
      for (const steps of [1n, epochs]) {
        const { actors, distributor, token, flexible, start } = await deploySchedule(ethers, {
          budget: 999n,
          feeBps: 3_500n,
        });
        await distributor.connect(actors.funder).fund(0n, epochs * 999n);
        for (let step = 1n; step <= steps; ++step) {
          await time.increaseTo(start + ((epochs * step) / steps - 1n) * WEEK);
          await distributor.distribute(0n, flexible);
        }
        const [insurance, treasury] = await distributor.feesOwed(token);
        fees.push(insurance + treasury);
      }
      expect(fees[0]).to.equal(exact);
      expect(fees[1]).to.be.within(exact - epochs, exact);
    });

    it("gives treasury the unit that cannot be split", async () => {
      const { actors, distributor, token, flexible, start } = await deploySchedule(ethers, {
        budget: 11n,
        feeBps: 1_000n,
      });
      await distributor.connect(actors.funder).fund(0n, 11n);
      await time.increaseTo(start);
      await distributor.distribute(0n, flexible);
      expect(await distributor.feesOwed(token)).to.deep.equal([0n, 1n]);
    });
  });

  describe("sweepFees", () => {
    it("sends both shares, whoever calls", async () => {
      const { actors, distributor, token } = await networkHelpers.loadFixture(accrued);
      const swept = distributor.connect(actors.stranger).sweepFees(token);
      await expect(swept).to.emit(distributor, "FeesSwept").withArgs(token, 40n, 60n);
      await expect(swept).to.changeTokenBalances(ethers, token, [distributor, INSURANCE, TREASURY], [-100n, 40n, 60n]);
      expect(await distributor.feesOwed(token)).to.deep.equal([0n, 0n]);
      expect(await distributor.liabilities(token)).to.equal(10_000n - 675n - 100n);
    });

    it("sends nothing when there is nothing", async () => {
      const { distributor, token } = await networkHelpers.loadFixture(accrued);
      await distributor.sweepFees(token);
      const again = distributor.sweepFees(token);
      await expect(again).to.emit(distributor, "FeesSwept").withArgs(token, 0n, 0n);
      await expect(again).not.to.emit(token, "Transfer");
    });

    it("reverts with less gas than a share needs, and says how much that is", async () => {
      const { distributor, token } = await networkHelpers.loadFixture(accrued);
      for (const gasLimit of [100_000n, GAS_TO_SEND]) {
        await expect(distributor.sweepFees(token, { gasLimit }))
          .to.be.revertedWithCustomError(distributor, "DistributorGasTooLow")
          .withArgs((left: bigint) => left < gasLimit, GAS_TO_SEND);
      }
      expect(await distributor.feesOwed(token)).to.deep.equal([40n, 60n]);
      await expect(distributor.sweepFees(token, { gasLimit: GAS_TO_SEND + 200_000n }))
        .to.emit(distributor, "FeesSwept")
        .withArgs(token, 40n, 60n);
    });

    it("sends to the recipients of today what was not named when they changed", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      await governor.setRecipients(actors.alice, actors.bob, []);
      await expect(distributor.sweepFees(token)).to.changeTokenBalances(
        ethers,
        token,
        [actors.alice, actors.bob, INSURANCE],
        [40n, 60n, 0n],
      );
    });

    for (const [name, blocked, paid, waiting] of [
      ["insurance", INSURANCE, [0n, 60n], [40n, 0n]],
      ["treasury", TREASURY, [40n, 0n], [0n, 60n]],
    ] as const) {
      describe(`given that ${name} is blocked by the token`, () => {
        it("pays the other, and keeps the share until it can be paid", async () => {
          const { distributor, token } = await networkHelpers.loadFixture(accrued);
          await token.setBlocked(blocked, true);
          await expect(distributor.sweepFees(token))
            .to.emit(distributor, "FeesSwept")
            .withArgs(token, ...paid);
          expect(await distributor.feesOwed(token)).to.deep.equal(waiting);
          expect(await distributor.liabilities(token)).to.equal(await token.balanceOf(distributor));
          await token.setBlocked(blocked, false);
          await expect(distributor.sweepFees(token))
            .to.emit(distributor, "FeesSwept")
            .withArgs(token, ...waiting);
        });
      });
    }
  });

  describe("setRecipients", () => {
    it("first sends what was booked to the recipients of its time, of the tokens that are named", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      const other = await deployToken(ethers, "OTHER");
      const changed = governor.setRecipients(actors.alice, actors.bob, [other, token, token]);
      await expect(changed).to.changeTokenBalances(
        ethers,
        token,
        [INSURANCE, TREASURY, actors.alice, actors.bob],
        [40n, 60n, 0n, 0n],
      );
      await expect(changed).to.emit(distributor, "FeesSwept").withArgs(token, 40n, 60n);
      await expect(changed).to.emit(distributor, "RecipientsSet").withArgs(actors.alice, actors.bob);
      expect(await distributor.feesOwed(token)).to.deep.equal([0n, 0n]);
    });

    it("leaves what cannot leave to the new recipients", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      await token.setBlocked(INSURANCE, true);
      await expect(governor.setRecipients(actors.alice, actors.bob, [token])).to.changeTokenBalances(
        ethers,
        token,
        [TREASURY, actors.alice, actors.bob],
        [60n, 0n, 0n],
      );
      expect(await distributor.feesOwed(token)).to.deep.equal([40n, 0n]);
      await expect(distributor.sweepFees(token)).to.changeTokenBalance(ethers, token, actors.alice, 40n);
    });

    describe("given a token that burns all gas when its recipients are paid", () => {
      /** As `accrued`, with code in the token's place that burns all gas that a transfer is given. */
      async function burning() {
        const fixture = await accrued();
        await answer(await turnHostile(connection, fixture.token), "transfer(address,uint256)", {
          behaviour: Behaviour.burnGas,
        });
        return fixture;
      }

      it("changes both recipients all the same, within a block's gas, and keeps the fees booked", async () => {
        const { actors, distributor, governor, token } = await networkHelpers.loadFixture(burning);
        for (const gasLimit of [1_000_000n, 2n ** 24n]) {
          const receipt = await (await governor.setRecipients(actors.alice, actors.bob, [token], { gasLimit })).wait();
          expect(receipt?.gasUsed).to.be.lessThan(800_000n);
        }
        expect(await distributor.recipients()).to.deep.equal([actors.alice.address, actors.bob.address]);
        expect(await distributor.feesOwed(token)).to.deep.equal([40n, 60n]);
      });

      it("changes them with ten such tokens' fees as well", async () => {
        const { actors, distributor, governor, token } = await networkHelpers.loadFixture(burning);
        const named = Array.from({ length: 10 }, () => token);
        await governor.setRecipients(actors.alice, actors.bob, named, { gasLimit: 2n ** 24n });
        expect(await distributor.recipients()).to.deep.equal([actors.alice.address, actors.bob.address]);
      });
    });

    it("cannot be made to keep fees from the old recipients by giving the call little gas", async () => {
      const { actors, governor, token } = await networkHelpers.loadFixture(accrued);
      const whole = await governor.setRecipients.estimateGas(actors.alice, actors.bob, [token]);
      let refused = 0;
      for (let gasLimit = 40_000n; gasLimit < whole + 100_000n; gasLimit += 20_000n) {
        const snapshot = await networkHelpers.takeSnapshot();
        const sent = governor.setRecipients(actors.alice, actors.bob, [token], { gasLimit });
        const worked = await sent.then(
          () => true,
          () => false,
        );
        if (!worked) ++refused;
        else expect([await token.balanceOf(INSURANCE), await token.balanceOf(TREASURY)]).to.deep.equal([40n, 60n]);
        await snapshot.restore();
      }
      expect(refused).to.be.greaterThan(0);
    });

    it("reverts as a whole for a receiver that could never use fees", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      for (const wrong of [ZERO_ADDRESS, await distributor.getAddress()]) {
        for (const pair of [
          [wrong, actors.bob.address],
          [actors.alice.address, wrong],
        ] as const) {
          await expect(governor.setRecipients(...pair, [token]))
            .to.be.revertedWithCustomError(distributor, "DistributorInvalidReceiver")
            .withArgs(wrong);
        }
      }
      expect(await distributor.feesOwed(token)).to.deep.equal([40n, 60n]);
    });
  });

  describe("sendFee", () => {
    it("is for the distributor itself", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      for (const caller of [actors.stranger, actors.governor]) {
        await expect(governor.connect(caller).sendFee(token, caller, 1n))
          .to.be.revertedWithCustomError(distributor, "DistributorOnlySelf")
          .withArgs(caller);
      }
    });
  });

  describe("rescue", () => {
    it("sends what is above all liabilities, to the unit", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      await token.mint(distributor, 500n);
      const rescued = governor.rescue(token, actors.alice, 500n);
      await expect(rescued).to.emit(distributor, "Rescued").withArgs(token, actors.alice, 500n);
      await expect(rescued).to.changeTokenBalance(ethers, token, actors.alice, 500n);
      await expect(governor.rescue(token, actors.alice, 1n))
        .to.be.revertedWithCustomError(distributor, "DistributorRescueExceedsSurplus")
        .withArgs(token, 1n, 0n);
    });

    it("counts schedules, claims and fees as liabilities", async () => {
      const { actors, distributor, governor, token, start } = await networkHelpers.loadFixture(accrued);
      await time.increaseTo(start + WEEK);
      expect(await distributor.liabilities(token)).to.equal(10_000n - 675n);
      await token.mint(distributor, 1n);
      await expect(governor.rescue(token, actors.alice, 2n))
        .to.be.revertedWithCustomError(distributor, "DistributorRescueExceedsSurplus")
        .withArgs(token, 2n, 1n);
    });

    it("sends all of a token that no schedule pays", async () => {
      const { actors, distributor, governor } = await networkHelpers.loadFixture(accrued);
      const other = await deployToken(ethers, "OTHER");
      await other.mint(distributor, 7n);
      await expect(governor.rescue(other, actors.alice, 7n)).to.changeTokenBalance(ethers, other, actors.alice, 7n);
    });

    it("finds no surplus in a token whose balances have shrunk", async () => {
      const { actors, distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      await networkHelpers.impersonateAccount(await distributor.getAddress());
      await networkHelpers.setBalance(await distributor.getAddress(), 10n ** 18n);
      const lost = await ethers.getSigner(await distributor.getAddress());
      await token.connect(lost).transfer(actors.bob, 5_000n);
      await expect(governor.rescue(token, actors.alice, 1n))
        .to.be.revertedWithCustomError(distributor, "DistributorRescueExceedsSurplus")
        .withArgs(token, 1n, 0n);
    });

    it("reverts for the zero address and the distributor", async () => {
      const { distributor, governor, token } = await networkHelpers.loadFixture(accrued);
      for (const wrong of [ZERO_ADDRESS, await distributor.getAddress()]) {
        await expect(governor.rescue(token, wrong, 0n))
          .to.be.revertedWithCustomError(distributor, "DistributorInvalidReceiver")
          .withArgs(wrong);
      }
    });
  });
});
