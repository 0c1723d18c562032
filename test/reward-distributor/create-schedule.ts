import { expect } from "chai";
import { network } from "hardhat";

import {
  createSchedule,
  deployDistributor,
  deploySchedule,
  INSURANCE,
  Kind,
  receivingPool,
  TREASURY,
  WEEK,
} from "../helpers/distributor.ts";
import { DAY, deployToken, MAX_UINT128, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function empty() {
  const base = await deployDistributor(ethers);
  const token = await deployToken(ethers, "REWARD");
  const pool = await receivingPool(ethers, token);
  const start = BigInt(await time.latest()) + DAY;
  const terms = { token, epoch: DAY, budget: 1_000n, start, epochs: 10n, feeBps: 0n };
  const recipients = [{ pool, weight: 1n }];
  return { ...base, token, pool, start, terms, recipients };
}

const scheduled = () => deploySchedule(ethers);

describe("RewardDistributor", () => {
  describe("constructor", () => {
    it("keeps authority, recipients of fees and their split", async () => {
      const { access, distributor } = await networkHelpers.loadFixture(empty);
      expect(await distributor.authority()).to.equal(access);
      expect(await distributor.recipients()).to.deep.equal([INSURANCE, TREASURY]);
      expect(await distributor.insuranceShareBps()).to.equal(4_000n);
      expect(await distributor.scheduleCount()).to.equal(0n);
      await expect(distributor.deploymentTransaction())
        .to.emit(distributor, "RecipientsSet")
        .withArgs(INSURANCE, TREASURY);
    });

    it("accepts a share of the whole and reverts above it", async () => {
      const { access, distributor } = await networkHelpers.loadFixture(empty);
      const deploy = (share: bigint) =>
        ethers.deployContract("RewardDistributor", [access, INSURANCE, TREASURY, share]);
      expect(await (await deploy(10_000n)).insuranceShareBps()).to.equal(10_000n);
      await expect(deploy(10_001n))
        .to.be.revertedWithCustomError(distributor, "DistributorShareAboveWhole")
        .withArgs(10_001n, 10_000n);
    });

    it("reverts when a recipient of fees is the zero address", async () => {
      const { access, distributor } = await networkHelpers.loadFixture(empty);
      for (const [insurance, treasury] of [
        [ZERO_ADDRESS, TREASURY],
        [INSURANCE, ZERO_ADDRESS],
      ]) {
        await expect(ethers.deployContract("RewardDistributor", [access, insurance, treasury, 0n]))
          .to.be.revertedWithCustomError(distributor, "DistributorInvalidReceiver")
          .withArgs(ZERO_ADDRESS);
      }
    });
  });

  describe("setRecipients", () => {
    it("replaces the recipients of fees", async () => {
      const { actors, distributor } = await networkHelpers.loadFixture(empty);
      await expect(distributor.connect(actors.governor).setRecipients(actors.alice, actors.bob, []))
        .to.emit(distributor, "RecipientsSet")
        .withArgs(actors.alice, actors.bob);
      expect(await distributor.recipients()).to.deep.equal([actors.alice.address, actors.bob.address]);
    });

    it("reverts for the zero address and for the distributor itself", async () => {
      const { actors, distributor } = await networkHelpers.loadFixture(empty);
      for (const wrong of [ZERO_ADDRESS, await distributor.getAddress()]) {
        for (const [insurance, treasury] of [
          [wrong, TREASURY],
          [INSURANCE, wrong],
        ] as const) {
          await expect(distributor.connect(actors.governor).setRecipients(insurance, treasury, []))
            .to.be.revertedWithCustomError(distributor, "DistributorInvalidReceiver")
            .withArgs(wrong);
        }
      }
    });
  });

  describe("createSchedule", () => {
    it("numbers schedules from 0 and keeps what they are made of", async () => {
      const fixture = await networkHelpers.loadFixture(empty);
      const { actors, distributor, token, pool, start, terms, recipients } = fixture;
      const created = distributor.connect(actors.governor).createSchedule(terms, recipients);
      const stored = [await token.getAddress(), DAY, 1_000n, start, 10n, 0n];
      await expect(created).to.emit(distributor, "ScheduleCreated").withArgs(0n, stored);
      await expect(created).to.emit(distributor, "WeightSet").withArgs(0n, pool, Kind.flexible, 1n);
      expect(await createSchedule(fixture, { ...terms, epoch: 30n * DAY }, [])).to.equal(1n);
      expect(await distributor.scheduleCount()).to.equal(2n);
      expect((await distributor.schedule(1n)).terms.epoch).to.equal(30n * DAY);
      expect(await distributor.schedule(0n)).to.deep.equal([stored, 1n, 0n, 0n, 0n, 0n, start, false]);
    });

    it("returns the id", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      const governor = distributor.connect(actors.governor);
      expect(await governor.createSchedule.staticCall(terms, recipients)).to.equal(0n);
      await governor.createSchedule(terms, recipients);
      expect(await governor.createSchedule.staticCall(terms, recipients)).to.equal(1n);
    });

    it("accepts every limit", async () => {
      const fixture = await networkHelpers.loadFixture(empty);
      const { distributor, terms, recipients } = fixture;
      const start = BigInt(await time.latest()) + 100n;
      await time.setNextBlockTimestamp(start);
      const largest = { ...terms, epoch: WEEK, budget: MAX_UINT128, start, epochs: 10_000n, feeBps: 3_500n };
      await createSchedule(fixture, largest, recipients);
      expect((await distributor.schedule(0n)).uncoveredEpochs).to.equal(1n);
    });

    it("reverts for an epoch that is no day, week or 30 days", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      for (const epoch of [0n, 1n, DAY - 1n, DAY + 1n, 2n * DAY, 31n * DAY]) {
        await expect(distributor.connect(actors.governor).createSchedule({ ...terms, epoch }, recipients))
          .to.be.revertedWithCustomError(distributor, "DistributorInvalidEpoch")
          .withArgs(epoch);
      }
    });

    it("reverts for no epochs or more than 10,000", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      for (const epochs of [0n, 10_001n]) {
        await expect(distributor.connect(actors.governor).createSchedule({ ...terms, epochs }, recipients))
          .to.be.revertedWithCustomError(distributor, "DistributorEpochsOutOfRange")
          .withArgs(epochs, 10_000n);
      }
    });

    it("reverts when the start is a second in the past", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      const now = BigInt(await time.latest()) + 100n;
      await time.setNextBlockTimestamp(now);
      await expect(distributor.connect(actors.governor).createSchedule({ ...terms, start: now - 1n }, recipients))
        .to.be.revertedWithCustomError(distributor, "DistributorStartInPast")
        .withArgs(now - 1n, now);
    });

    it("reverts when the fee is above its ceiling", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      await expect(distributor.connect(actors.governor).createSchedule({ ...terms, feeBps: 3_501n }, recipients))
        .to.be.revertedWithCustomError(distributor, "DistributorFeeAboveCeiling")
        .withArgs(3_501n, 3_500n);
    });

    it("reverts when the budget is zero", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      await expect(
        distributor.connect(actors.governor).createSchedule({ ...terms, budget: 0n }, recipients),
      ).to.be.revertedWithCustomError(distributor, "DistributorZeroAmount");
    });

    it("reverts when the token has no code", async () => {
      const { actors, distributor, terms, recipients } = await networkHelpers.loadFixture(empty);
      await expect(distributor.connect(actors.governor).createSchedule({ ...terms, token: actors.alice }, recipients))
        .to.be.revertedWithCustomError(distributor, "TokenWithoutCode")
        .withArgs(actors.alice);
    });

    it("reverts when a pool has no code or no kind", async () => {
      const { actors, distributor, terms, token } = await networkHelpers.loadFixture(empty);
      for (const wrong of [actors.alice, token, await receivingPool(ethers, token, Kind.none)]) {
        for (const weight of [0n, 1n]) {
          await expect(distributor.connect(actors.governor).createSchedule(terms, [{ pool: wrong, weight }]))
            .to.be.revertedWithCustomError(distributor, "DistributorInvalidPool")
            .withArgs(wrong, Kind.none);
        }
      }
    });

    it("reverts when a pool pays another token than the schedule, which would accrue to it for ever", async () => {
      const { actors, distributor, terms, token } = await networkHelpers.loadFixture(empty);
      const other = await deployToken(ethers, "OTHER");
      const astray = await receivingPool(ethers, other);
      await expect(distributor.connect(actors.governor).createSchedule(terms, [{ pool: astray, weight: 1n }]))
        .to.be.revertedWithCustomError(distributor, "DistributorWrongToken")
        .withArgs(astray, other, token);
    });
  });

  describe("roles", () => {
    it("restricts what governs, for everybody but governance", async () => {
      const { actors, distributor, token } = await networkHelpers.loadFixture(scheduled);
      const { terms } = await distributor.schedule(0n);
      const { token: address, epoch, budget, start, epochs, feeBps } = terms;
      for (const caller of [actors.stranger, actors.funder, actors.guardian, actors.deployer]) {
        const as = distributor.connect(caller);
        for (const attempt of [
          () => as.createSchedule({ token: address, epoch, budget, start, epochs, feeBps }, []),
          () => as.setWeights(0n, []),
          () => as.endSchedule(0n, caller),
          () => as.setRecipients(caller, caller, []),
          () => as.rescue(token, caller, 0n),
        ]) {
          await expect(attempt())
            .to.be.revertedWithCustomError(distributor, "AccessManagedUnauthorized")
            .withArgs(caller);
        }
      }
    });
  });

  describe("given a schedule that does not exist", () => {
    it("reverts in every function that names one", async () => {
      const { actors, distributor, flexible } = await networkHelpers.loadFixture(scheduled);
      const governor = distributor.connect(actors.governor);
      for (const attempt of [
        () => distributor.fund(1n, 1n),
        () => distributor.distribute(1n, flexible),
        () => distributor.schedule(1n),
        () => distributor.pending(1n, flexible),
        () => governor.setWeights(1n, []),
        () => governor.endSchedule(1n, actors.alice),
      ]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(distributor, "DistributorScheduleUnknown")
          .withArgs(1n, 1n);
      }
    });

    it("knows no weight", async () => {
      const { distributor, flexible } = await networkHelpers.loadFixture(scheduled);
      expect(await distributor.weightOf(1n, flexible)).to.deep.equal([Kind.none, 0n]);
    });
  });
});
