import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { AbiCoder, id, keccak256, type ContractTransactionResponse } from "ethers";
import { network } from "hardhat";

import { MONTH, FULL_YEAR } from "../helpers/fixed-term.ts";
import { createFixedTermPool, deployFactory, PoolKind, type FactoryFixture } from "../helpers/factory.ts";
import { ONE } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();

const SALT = id("a salt");
const OTHER_SALT = id("another salt");

/** What the tests of both kinds call; `other` stands for a configuration that differs in one value. */
interface Maker {
  kind: bigint;
  create(creator: HardhatEthersSigner, salt: string, other?: boolean): Promise<ContractTransactionResponse>;
  predict(creator: HardhatEthersSigner, salt: string, other?: boolean): Promise<string>;
  /** Calls the kind's deployer past the factory. */
  deployDirectly(caller: HardhatEthersSigner, salt: string): Promise<ContractTransactionResponse>;
}

function flexibleMaker({ factory, flexibleDeployer, flexible }: FactoryFixture): Maker {
  const config = (other = false) => (other ? { ...flexible, minimumStake: 6n } : flexible);
  return {
    kind: PoolKind.flexible,
    create: (creator, salt, other) => factory.connect(creator).createFlexiblePool(config(other), salt),
    predict: (creator, salt, other) => factory.predictFlexiblePool(creator, config(other), salt),
    deployDirectly: (caller, salt) => flexibleDeployer.connect(caller).deploy(flexible, caller, salt),
  };
}

function fixedTermMaker({ factory, fixedTermDeployer, fixedTerm }: FactoryFixture): Maker {
  const config = (other = false) => (other ? { ...fixedTerm, terms: [FULL_YEAR, MONTH] } : fixedTerm);
  return {
    kind: PoolKind.fixedTerm,
    create: (creator, salt, other) => factory.connect(creator).createFixedTermPool(config(other), salt),
    predict: (creator, salt, other) => factory.predictFixedTermPool(creator, config(other), salt),
    deployDirectly: (caller, salt) => fixedTermDeployer.connect(caller).deploy(fixedTerm, caller, salt),
  };
}

async function fresh(): Promise<FactoryFixture> {
  return deployFactory(ethers);
}

const KINDS = [
  { name: "createFlexiblePool", makerOf: flexibleMaker },
  { name: "createFixedTermPool", makerOf: fixedTermMaker },
];

describe("PoolFactory", () => {
  for (const { name, makerOf } of KINDS) {
    describe(name, () => {
      it("creates the pool at the predicted address and records who made it, when and what", async () => {
        const fixture = await networkHelpers.loadFixture(fresh);
        const { actors, factory, stakingToken, rewardsToken } = fixture;
        const maker = makerOf(fixture);
        const predicted = await maker.predict(actors.alice, SALT);
        expect(await ethers.provider.getCode(predicted)).to.equal("0x");

        await expect(maker.create(actors.alice, SALT))
          .to.emit(factory, "PoolCreated")
          .withArgs(predicted, maker.kind, actors.alice, stakingToken, rewardsToken);

        expect(await ethers.provider.getCode(predicted)).not.to.equal("0x");
        const createdAt = BigInt(await networkHelpers.time.latest());
        const info = await factory.poolInfo(predicted);
        expect([...info]).to.deep.equal([predicted, maker.kind, false, createdAt, actors.alice.address]);
        expect(await factory.poolCount()).to.equal(1n);
      });

      it("is open to anyone, and lists no pool by itself", async () => {
        const fixture = await networkHelpers.loadFixture(fresh);
        const maker = makerOf(fixture);
        await maker.create(fixture.actors.stranger, SALT);
        const info = await fixture.factory.poolInfo(await maker.predict(fixture.actors.stranger, SALT));
        expect(info.kind).to.equal(maker.kind);
        expect(info.listed).to.equal(false);
      });

      describe("when creator, salt and configuration are those of an earlier pool", () => {
        it("reverts and names the pool", async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const { actors, factory } = fixture;
          const maker = makerOf(fixture);
          await maker.create(actors.alice, SALT);
          await expect(maker.create(actors.alice, SALT))
            .to.be.revertedWithCustomError(factory, "FactoryPoolExists")
            .withArgs(await maker.predict(actors.alice, SALT));
          expect(await factory.poolCount()).to.equal(1n);
        });
      });

      describe("when one of them differs", () => {
        it("creates another pool", async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const { alice, bob } = fixture.actors;
          const maker = makerOf(fixture);
          await maker.create(alice, SALT);
          await maker.create(bob, SALT);
          await maker.create(alice, OTHER_SALT);
          await maker.create(alice, SALT, true);
          const addresses = await Promise.all([
            maker.predict(alice, SALT),
            maker.predict(bob, SALT),
            maker.predict(alice, OTHER_SALT),
            maker.predict(alice, SALT, true),
          ]);
          expect(new Set(addresses).size).to.equal(4);
          const page = await fixture.factory.pools(0n, 4n);
          expect(page.map(({ pool }) => pool)).to.deep.equal(addresses);
        });
      });

      describe("when somebody front-runs the creation", () => {
        it("cannot be kept from its address by the same call of another account", async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const { alice, bob } = fixture.actors;
          const maker = makerOf(fixture);
          const predicted = await maker.predict(alice, SALT);
          await maker.create(bob, SALT);
          expect(await ethers.provider.getCode(predicted)).to.equal("0x");

          await maker.create(alice, SALT);
          expect((await fixture.factory.poolInfo(predicted)).creator).to.equal(alice.address);
        });

        it("cannot be kept from its address by calling the deployer with the salt that the factory uses", async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const { alice, bob } = fixture.actors;
          const maker = makerOf(fixture);
          const predicted = await maker.predict(alice, SALT);
          const factorySalt = keccak256(
            AbiCoder.defaultAbiCoder().encode(["address", "bytes32"], [alice.address, SALT]),
          );
          for (const salt of [SALT, factorySalt]) await maker.deployDirectly(bob, salt);
          expect(await ethers.provider.getCode(predicted)).to.equal("0x");
          expect(await fixture.factory.poolCount()).to.equal(0n);

          await maker.create(alice, SALT);
          expect(await ethers.provider.getCode(predicted)).not.to.equal("0x");
        });

        it("cannot be kept from its address by another factory over the same deployers", async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const { access, actors, fixedTermDeployer, flexibleDeployer } = fixture;
          const factory = await ethers.deployContract("PoolFactory", [access, flexibleDeployer, fixedTermDeployer]);
          const maker = makerOf(fixture);
          const otherMaker = makerOf({ ...fixture, factory });
          await otherMaker.create(actors.alice, SALT);
          expect(await otherMaker.predict(actors.alice, SALT)).not.to.equal(await maker.predict(actors.alice, SALT));
          await maker.create(actors.alice, SALT);
        });
      });
    });
  }

  describe("createFlexiblePool", () => {
    it("passes the whole configuration on", async () => {
      const { actors, factory, flexible } = await networkHelpers.loadFixture(fresh);
      await factory.connect(actors.alice).createFlexiblePool(flexible, SALT);
      const pool = await ethers.getContractAt(
        "FlexiblePool",
        await factory.predictFlexiblePool(actors.alice, flexible, SALT),
      );
      expect(await pool.authority()).to.equal(flexible.authority);
      expect(await pool.isFunder(flexible.distributor)).to.equal(true);
      expect(await pool.stakingToken()).to.equal(flexible.stakingToken);
      expect(await pool.rewardsToken()).to.equal(flexible.rewardsToken);
      expect(await pool.rewardsDuration()).to.equal(flexible.rewardsDuration);
      expect(await pool.minimumStake()).to.equal(flexible.minimumStake);
      expect(await pool.cap()).to.equal(flexible.cap);
    });

    it("reverts with the pool's own error, and records nothing, when the pool refuses its configuration", async () => {
      const { actors, factory, flexible } = await networkHelpers.loadFixture(fresh);
      const pools = await ethers.getContractFactory("FlexiblePool");
      const absent = actors.alice.address;
      await expect(factory.createFlexiblePool({ ...flexible, stakingToken: absent }, SALT))
        .to.be.revertedWithCustomError(pools, "TokenWithoutCode")
        .withArgs(absent);
      await expect(factory.createFlexiblePool({ ...flexible, minimumStake: 0n }, SALT))
        .to.be.revertedWithCustomError(pools, "PoolLimitsOutOfRange")
        .withArgs(0n, flexible.cap, 2n ** 96n - 1n);
      expect(await factory.poolCount()).to.equal(0n);
    });
  });

  describe("createFixedTermPool", () => {
    it("passes the whole configuration on", async () => {
      const { actors, factory, fixedTerm } = await networkHelpers.loadFixture(fresh);
      await factory.connect(actors.alice).createFixedTermPool(fixedTerm, SALT);
      const pool = await ethers.getContractAt(
        "FixedTermPool",
        await factory.predictFixedTermPool(actors.alice, fixedTerm, SALT),
      );
      expect(await pool.authority()).to.equal(fixedTerm.authority);
      expect(await pool.stakingToken()).to.equal(fixedTerm.stakingToken);
      expect(await pool.rewardsToken()).to.equal(fixedTerm.rewardsToken);
      expect(await pool.conversion()).to.equal(fixedTerm.conversion);
      expect(await pool.renderer()).to.equal(fixedTerm.renderer);
      expect(await pool.rewardsPool()).to.equal(fixedTerm.rewardsPool);
      expect([...(await pool.recipients())]).to.deep.equal([fixedTerm.insurance, fixedTerm.treasury]);
      expect([...(await pool.penaltySplit())]).to.deep.equal(Object.values(fixedTerm.split));
      expect(await pool.termCount()).to.equal(2n);
      expect((await pool.term(1n)).terms.duration).to.equal(FULL_YEAR.duration);
    });

    it("creates a pool of as many terms as fit into a creation", async () => {
      const { actors, factory, fixedTerm } = await networkHelpers.loadFixture(fresh);
      const config = { ...fixedTerm, terms: Array.from({ length: 64 }, () => MONTH) };
      const pool = await createFixedTermPool(ethers, factory, actors.alice, config, SALT);
      expect(await pool.termCount()).to.equal(64n);
    });

    it("reverts when it would have more terms at once than fit into a creation", async () => {
      const { factory, fixedTerm } = await networkHelpers.loadFixture(fresh);
      const terms = Array.from({ length: 65 }, () => MONTH);
      await expect(factory.createFixedTermPool({ ...fixedTerm, terms }, SALT))
        .to.be.revertedWithCustomError(factory, "FactoryTooManyTerms")
        .withArgs(65n, 64n);
    });

    it("reverts with the pool's own error, and records nothing, when the pool refuses its configuration", async () => {
      const { factory, fixedTerm } = await networkHelpers.loadFixture(fresh);
      const pools = await ethers.getContractFactory("FixedTermPool");
      const terms = [{ ...MONTH, rate: ONE + 1n }];
      await expect(factory.createFixedTermPool({ ...fixedTerm, terms }, SALT))
        .to.be.revertedWithCustomError(pools, "PoolRateOutOfRange")
        .withArgs(ONE + 1n, ONE);
      expect(await factory.poolCount()).to.equal(0n);
    });
  });

  describe("deployers", () => {
    it("give away nothing but a pool that no factory knows", async () => {
      const { actors, factory, flexible, flexibleDeployer } = await networkHelpers.loadFixture(fresh);
      const address = await flexibleDeployer.connect(actors.bob).deploy.staticCall(flexible, actors.bob, SALT);
      await flexibleDeployer.connect(actors.bob).deploy(flexible, actors.bob, SALT);
      expect(await ethers.provider.getCode(address)).not.to.equal("0x");
      expect((await factory.poolInfo(address)).kind).to.equal(PoolKind.none);
    });

    it("hash the creation code with its arguments", async () => {
      const { fixedTerm, fixedTermDeployer, flexible, flexibleDeployer } = await networkHelpers.loadFixture(fresh);
      const flexiblePools = await ethers.getContractFactory("FlexiblePool");
      const fixedTermPools = await ethers.getContractFactory("FixedTermPool");
      expect(await flexibleDeployer.initCodeHash(flexible)).to.equal(
        keccak256((await flexiblePools.getDeployTransaction(flexible)).data),
      );
      expect(await fixedTermDeployer.initCodeHash(fixedTerm)).to.equal(
        keccak256((await fixedTermPools.getDeployTransaction(fixedTerm)).data),
      );
    });
  });
});
