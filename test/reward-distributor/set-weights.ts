import { expect } from "chai";
import { toBeHex, type Addressable } from "ethers";
import { network } from "hardhat";

import {
  deploySchedule,
  Kind,
  receivingPool,
  WEEK,
  type DistributorFixture,
  type Recipient,
} from "../helpers/distributor.ts";
import { deployToken, MAX_UINT256, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { answer, Behaviour, type Script } from "../helpers/scripted.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

interface Fixture extends DistributorFixture {
  setWeights: (...recipients: Recipient[]) => ReturnType<DistributorFixture["distributor"]["setWeights"]>;
}

async function unfunded(): Promise<Fixture> {
  const fixture = await deploySchedule(ethers);
  const governor = fixture.distributor.connect(fixture.actors.governor);
  return { ...fixture, setWeights: (...recipients) => governor.setWeights(0n, recipients) };
}

async function funded(): Promise<Fixture> {
  const fixture = await unfunded();
  await fixture.distributor.connect(fixture.actors.funder).fund(0n, 10_000n);
  return fixture;
}

describe("RewardDistributor", () => {
  describe("setWeights", () => {
    it("changes the pools that are named, and no other", async () => {
      const { distributor, flexible, fixedTerm, setWeights } = await networkHelpers.loadFixture(unfunded);
      await expect(setWeights({ pool: flexible, weight: 5n }))
        .to.emit(distributor, "WeightSet")
        .withArgs(0n, flexible, Kind.flexible, 5n);
      expect(await distributor.weightOf(0n, flexible)).to.deep.equal([Kind.flexible, 5n]);
      expect(await distributor.weightOf(0n, fixedTerm)).to.deep.equal([Kind.fixedTerm, 1n]);
      expect((await distributor.schedule(0n)).totalWeight).to.equal(6n);
    });

    it("first accrues what is due by the old weights", async () => {
      const { distributor, flexible, fixedTerm, start, setWeights } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start + WEEK);
      const changed = setWeights({ pool: flexible, weight: 1n });
      await expect(changed).to.emit(distributor, "Accrued").withArgs(0n, 2n, 1_800n, 200n);
      expect(await distributor.pending(0n, flexible)).to.equal(2n * 675n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(2n * 225n);
      await time.increaseTo(start + 2n * WEEK);
      expect(await distributor.pending(0n, flexible)).to.equal(2n * 675n + 450n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(2n * 225n + 450n);
    });

    it("lets a pool that joins share only in what comes after", async () => {
      const { distributor, token, flexible, start, setWeights } = await networkHelpers.loadFixture(funded);
      const late = await receivingPool(ethers, token);
      await time.increaseTo(start + 4n * WEEK);
      await setWeights({ pool: late, weight: 4n });
      expect(await distributor.pending(0n, late)).to.equal(0n);
      await time.increaseTo(start + 5n * WEEK);
      expect(await distributor.pending(0n, late)).to.equal(450n);
      expect(await distributor.pending(0n, flexible)).to.equal(5n * 675n + 337n); // 337.5
    });

    it("takes a pool out, which keeps its claim, fraction included", async () => {
      const { distributor, flexible, fixedTerm, start, setWeights } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await setWeights({ pool: flexible, weight: 0n });
      expect((await distributor.schedule(0n)).totalWeight).to.equal(1n);
      await time.increaseTo(start + WEEK);
      expect(await distributor.pending(0n, flexible)).to.equal(675n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(225n + 900n);
      await distributor.distribute(0n, flexible);
      await expect(distributor.distribute(0n, flexible)).to.be.revertedWithCustomError(
        distributor,
        "DistributorNothingDue",
      );
    });

    it("gives a pool that leaves and returns nothing for the time between, and nothing twice", async () => {
      const { distributor, flexible, start, setWeights } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      await setWeights({ pool: flexible, weight: 0n });
      await time.increaseTo(start + 3n * WEEK);
      await setWeights({ pool: flexible, weight: 3n });
      expect(await distributor.pending(0n, flexible)).to.equal(675n);
      await distributor.distribute(0n, flexible);
      await setWeights({ pool: flexible, weight: 3n });
      expect(await distributor.pending(0n, flexible)).to.equal(0n);
      await time.increaseTo(start + 4n * WEEK);
      expect(await distributor.pending(0n, flexible)).to.equal(675n);
    });

    it("counts a pool that is named twice once, by its last weight", async () => {
      const { distributor, flexible, start, setWeights } = await networkHelpers.loadFixture(funded);
      await time.increaseTo(start);
      const named = { pool: flexible, kind: Kind.flexible };
      await setWeights({ ...named, weight: 4_000_000_000n }, { ...named, weight: 1n });
      expect((await distributor.schedule(0n)).totalWeight).to.equal(2n);
      expect(await distributor.pending(0n, flexible)).to.equal(675n);
      await time.increaseTo(start + WEEK);
      expect(await distributor.pending(0n, flexible)).to.equal(675n + 450n);
    });

    it("makes epochs that are due but not covered accrue by the weights of the day they are covered", async () => {
      const { actors, distributor, flexible, fixedTerm, start, setWeights } =
        await networkHelpers.loadFixture(unfunded);
      await time.increaseTo(start);
      await expect(setWeights({ pool: flexible, weight: 0n })).not.to.emit(distributor, "Accrued");
      await distributor.connect(actors.funder).fund(0n, 1_000n);
      expect(await distributor.pending(0n, flexible)).to.equal(0n);
      expect(await distributor.pending(0n, fixedTerm)).to.equal(900n);
    });

    describe("given that no pool has a weight", () => {
      it("accrues nothing and takes no fee until one has", async () => {
        const { distributor, token, flexible, fixedTerm, start, setWeights } = await networkHelpers.loadFixture(funded);
        await setWeights({ pool: flexible, weight: 0n }, { pool: fixedTerm, weight: 0n });
        await time.increaseTo(start + 2n * WEEK);
        const waiting = await distributor.schedule(0n);
        expect([waiting.accruedEpochs, waiting.uncoveredEpochs, waiting.missing]).to.deep.equal([0n, 3n, 0n]);
        expect(waiting.balance).to.equal(10_000n);
        expect(await distributor.pending(0n, flexible)).to.equal(0n);

        await setWeights({ pool: flexible, weight: 8n });
        expect(await distributor.feesOwed(token)).to.deep.equal([0n, 0n]);
        expect(await distributor.pending(0n, flexible)).to.equal(2_700n);
        await distributor.distribute(0n, flexible);
        expect(await distributor.feesOwed(token)).to.deep.equal([120n, 180n]);
      });
    });

    it("asks the pool itself of which kind it is", async () => {
      const { distributor, token, start, setWeights } = await networkHelpers.loadFixture(funded);
      const late = await receivingPool(ethers, token, Kind.fixedTerm);
      await expect(setWeights({ pool: late, weight: 4n }))
        .to.emit(distributor, "WeightSet")
        .withArgs(0n, late, Kind.fixedTerm, 4n);
      await time.increaseTo(start);
      await distributor.distribute(0n, late);
      expect([await late.notified(), await late.pulled()]).to.deep.equal([0n, 450n]);
    });

    it("reverts when a pool has no code or no kind, and changes nothing", async () => {
      const { actors, distributor, flexible, token, setWeights } = await networkHelpers.loadFixture(unfunded);
      for (const pool of [actors.alice, token, await receivingPool(ethers, token, Kind.none)]) {
        await expect(setWeights({ pool: flexible, weight: 9n }, { pool, weight: 1n }))
          .to.be.revertedWithCustomError(distributor, "DistributorInvalidPool")
          .withArgs(pool, Kind.none);
      }
      expect(await distributor.weightOf(0n, flexible)).to.deep.equal([Kind.flexible, 3n]);
    });

    it("reverts when a pool pays another token, and changes nothing", async () => {
      const { distributor, flexible, token, setWeights } = await networkHelpers.loadFixture(unfunded);
      const other = await deployToken(ethers, "OTHER");
      const astray = await receivingPool(ethers, other);
      await expect(setWeights({ pool: flexible, weight: 9n }, { pool: astray, weight: 1n }))
        .to.be.revertedWithCustomError(distributor, "DistributorWrongToken")
        .withArgs(astray, other, token);
      expect(await distributor.weightOf(0n, flexible)).to.deep.equal([Kind.flexible, 3n]);
    });

    describe("given an address that answers as it likes", () => {
      const KIND = "kind()";
      const TOKEN = "rewardsToken()";
      const word = (value: bigint): Script => ({ behaviour: Behaviour.return, data: toBeHex(value, 32) });
      const LIARS: [title: string, signature: string, script: Script][] = [
        ["burns its gas", KIND, { behaviour: Behaviour.burnGas }],
        ["reverts", KIND, { behaviour: Behaviour.revert }],
        ["reverts with 100 kB", KIND, { behaviour: Behaviour.revert, size: 100_000 }],
        ["returns nothing", KIND, { behaviour: Behaviour.return }],
        ["returns 31 bytes", KIND, { behaviour: Behaviour.return, data: `0x${"00".repeat(30)}01` }],
        ["says a kind that there is not", KIND, word(3n)],
        ["says a kind beyond all", KIND, word(MAX_UINT256)],
        ["burns its gas when asked for its token", TOKEN, { behaviour: Behaviour.burnGas }],
        ["reverts when asked for its token", TOKEN, { behaviour: Behaviour.revert }],
        ["says no token", TOKEN, { behaviour: Behaviour.return }],
      ];

      /** A pool in the schedule that answers well, until it is told otherwise. */
      async function scripted(token: Addressable) {
        const pool = await ethers.deployContract("ScriptedContract");
        await answer(pool, KIND, word(Kind.flexible));
        await answer(pool, TOKEN, word(BigInt(await token.getAddress())));
        return pool;
      }

      for (const [title, signature, script] of LIARS) {
        it(`that ${title}: refuses it by name within 1,000,000 gas`, async () => {
          const { actors, distributor, token } = await networkHelpers.loadFixture(unfunded);
          const pool = await scripted(token);
          await answer(pool, signature, script);
          const attempt = distributor
            .connect(actors.governor)
            .setWeights.staticCall(0n, [{ pool, weight: 1n }], { gasLimit: 1_000_000n });
          if (signature === KIND) {
            await expect(attempt)
              .to.be.revertedWithCustomError(distributor, "DistributorInvalidPool")
              .withArgs(pool, Kind.none);
          } else {
            await expect(attempt)
              .to.be.revertedWithCustomError(distributor, "DistributorWrongToken")
              .withArgs(pool, ZERO_ADDRESS, token);
          }
        });

        it(`that ${title} once it is in: takes it out`, async () => {
          const { distributor, token, setWeights } = await networkHelpers.loadFixture(unfunded);
          const pool = await scripted(token);
          await setWeights({ pool, weight: 5n });
          await answer(pool, signature, script);
          await setWeights({ pool, weight: 0n });
          expect(await distributor.weightOf(0n, pool)).to.deep.equal([Kind.flexible, 0n]);
          expect((await distributor.schedule(0n)).totalWeight).to.equal(4n);
        });
      }
    });

    it("asks a pool again before it gives it another weight", async () => {
      const { distributor, token, fixedTerm, setWeights } = await networkHelpers.loadFixture(unfunded);
      const pool = await receivingPool(ethers, token);
      await setWeights({ pool, weight: 5n });
      await networkHelpers.setCode(await pool.getAddress(), await ethers.provider.getCode(fixedTerm));
      await expect(setWeights({ pool, weight: 6n }))
        .to.emit(distributor, "WeightSet")
        .withArgs(0n, pool, Kind.fixedTerm, 6n);
      const astray = await receivingPool(ethers, await deployToken(ethers, "OTHER"));
      await networkHelpers.setCode(await pool.getAddress(), await ethers.provider.getCode(astray));
      await expect(setWeights({ pool, weight: 7n }))
        .to.be.revertedWithCustomError(distributor, "DistributorWrongToken")
        .withArgs(pool, await astray.rewardsToken(), token);
      expect(await distributor.weightOf(0n, pool)).to.deep.equal([Kind.fixedTerm, 6n]);
    });

    it("reverts when the schedule was ended", async () => {
      const { actors, distributor, setWeights } = await networkHelpers.loadFixture(unfunded);
      await distributor.connect(actors.governor).endSchedule(0n, actors.alice);
      await expect(setWeights()).to.be.revertedWithCustomError(distributor, "DistributorScheduleEnded").withArgs(0n);
    });
  });
});
