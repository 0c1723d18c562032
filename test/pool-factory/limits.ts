import { expect } from "chai";
import { dataLength, id } from "ethers";
import { network } from "hardhat";

import { createFixedTermPool, createFlexiblePool, deployFactory, type FactoryFixture } from "../helpers/factory.ts";
import { MONTH } from "../helpers/fixed-term.ts";
import { giveStake, ONE } from "../helpers/fixtures.ts";
import { answer, Behaviour } from "../helpers/scripted.ts";

const { ethers, networkHelpers } = await network.create();

/** Most bytes of a contract's code: EIP-170. */
const CODE_LIMIT = 24_576;

/** Most bytes of creation code with arguments: EIP-3860. */
const INIT_CODE_LIMIT = 49_152;

/** Most gas of one transaction: EIP-7825. */
const TRANSACTION_GAS_LIMIT = 2n ** 24n;

/** Terms that one creation can bring along with room to spare; more are added one by one. */
const MANY_TERMS = 64;

async function fresh(): Promise<FactoryFixture> {
  return deployFactory(ethers);
}

async function gasOf(transaction: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<bigint> {
  const receipt = await (await transaction).wait();
  if (!receipt) throw new Error("The transaction was not mined");
  return receipt.gasUsed;
}

describe("PoolFactory", () => {
  describe("limits of the chain", () => {
    it("leave room for the code of the factory, its deployers and its pools", async () => {
      const { actors, factory, fixedTerm, fixedTermDeployer, flexible, flexibleDeployer } =
        await networkHelpers.loadFixture(fresh);
      const flexiblePool = await createFlexiblePool(ethers, factory, actors.alice, flexible);
      const fixedTermPool = await createFixedTermPool(ethers, factory, actors.alice, fixedTerm);
      for (const contract of [factory, flexibleDeployer, fixedTermDeployer, flexiblePool, fixedTermPool]) {
        const code = await ethers.provider.getCode(contract);
        expect(dataLength(code), await contract.getAddress()).to.be.within(1, CODE_LIMIT);
      }
    });

    it("leave room for creation codes with their arguments", async () => {
      const { access, fixedTerm, fixedTermDeployer, flexible, flexibleDeployer } =
        await networkHelpers.loadFixture(fresh);
      const terms = Array.from({ length: MANY_TERMS }, () => MONTH);
      const deployments = await Promise.all([
        ethers
          .getContractFactory("PoolFactory")
          .then((made) => made.getDeployTransaction(access, flexibleDeployer, fixedTermDeployer)),
        ethers.getContractFactory("FlexiblePoolDeployer").then((made) => made.getDeployTransaction()),
        ethers.getContractFactory("FixedTermPoolDeployer").then((made) => made.getDeployTransaction()),
        ethers.getContractFactory("FlexiblePool").then((made) => made.getDeployTransaction(flexible)),
        ethers.getContractFactory("FixedTermPool").then((made) => made.getDeployTransaction({ ...fixedTerm, terms })),
      ]);
      for (const { data } of deployments) expect(dataLength(data)).to.be.within(1, INIT_CODE_LIMIT);
    });

    it("leave gas for creating a pool, a fixed-term pool of many terms included", async () => {
      const { factory, fixedTerm, flexible } = await networkHelpers.loadFixture(fresh);
      const terms = Array.from({ length: MANY_TERMS }, () => MONTH);
      const salt = id("gas");
      expect(await gasOf(factory.createFlexiblePool(flexible, salt))).to.be.below(TRANSACTION_GAS_LIMIT / 4n);
      expect(await gasOf(factory.createFixedTermPool(fixedTerm, salt))).to.be.below(TRANSACTION_GAS_LIMIT / 2n);
      const many = factory.createFixedTermPool({ ...fixedTerm, terms }, salt);
      expect(await gasOf(many)).to.be.below(TRANSACTION_GAS_LIMIT);
    });

    it("leave gas for deploying the deployers themselves", async () => {
      for (const name of ["FlexiblePoolDeployer", "FixedTermPoolDeployer"]) {
        const deployment = (await ethers.deployContract(name)).deploymentTransaction();
        if (!deployment) throw new Error("The deployment has no transaction");
        expect(await gasOf(Promise.resolve(deployment)), name).to.be.below(TRANSACTION_GAS_LIMIT);
      }
    });
  });

  describe("isolation", () => {
    it("lets a token that burns all gas into a pool of its own, and all other pools work on", async () => {
      const { actors, factory, flexible, stakingToken } = await networkHelpers.loadFixture(fresh);
      const hostile = await ethers.deployContract("ScriptedContract");
      for (const signature of ["balanceOf(address)", "transferFrom(address,address,uint256)"]) {
        await answer(hostile, signature, { behaviour: Behaviour.burnGas });
      }
      const before = await createFlexiblePool(ethers, factory, actors.alice, flexible, id("before"));
      const bad = await createFlexiblePool(ethers, factory, actors.bob, {
        ...flexible,
        stakingToken: await hostile.getAddress(),
        rewardsToken: await hostile.getAddress(),
      });
      const after = await createFlexiblePool(ethers, factory, actors.alice, flexible, id("after"));

      await expect(bad.stake(100n, { gasLimit: 1_000_000n })).to.revert(ethers);
      for (const pool of [before, after]) {
        await giveStake(actors, stakingToken, pool);
        await pool.connect(actors.alice).stake(ONE);
        await expect(pool.connect(actors.alice).exit()).to.changeTokenBalance(ethers, stakingToken, actors.alice, ONE);
      }
      expect(await factory.poolCount()).to.equal(3n);
    });

    it("keeps two pools of the same tokens apart to the unit", async () => {
      const { actors, factory, flexible, stakingToken } = await networkHelpers.loadFixture(fresh);
      const { alice, bob } = actors;
      const first = await createFlexiblePool(ethers, factory, alice, flexible, id("first"));
      const second = await createFlexiblePool(ethers, factory, alice, flexible, id("second"));
      for (const pool of [first, second]) await giveStake(actors, stakingToken, pool);
      await first.connect(alice).stake(7n * ONE);
      await second.connect(bob).stake(5n * ONE);

      expect([await first.totalSupply(), await second.totalSupply()]).to.deep.equal([7n * ONE, 5n * ONE]);
      await expect(second.connect(alice).withdraw(1n))
        .to.be.revertedWithCustomError(second, "PoolInsufficientStake")
        .withArgs(alice, 1n, 0n);
      await expect(first.connect(alice).exit()).to.changeTokenBalances(
        ethers,
        stakingToken,
        [first, second, alice],
        [-7n * ONE, 0n, 7n * ONE],
      );
      expect(await second.balanceOf(bob)).to.equal(5n * ONE);
    });
  });
});
