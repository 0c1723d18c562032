import { expect } from "chai";
import { id, toBeHex } from "ethers";
import { network } from "hardhat";

import { createFixedTermPool, createFlexiblePool, deployFactory, PoolKind } from "../helpers/factory.ts";
import { announce, MAX_UINT256, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** A factory with five pools: flexible and fixed-term in turn, by alice and bob in turn. */
async function fivePools() {
  const fixture = await deployFactory(ethers);
  const { actors, factory, flexible, fixedTerm } = fixture;
  const addresses: string[] = [];
  for (let i = 0n; i < 5n; i++) {
    const creator = i % 2n === 0n ? actors.alice : actors.bob;
    const pool =
      i % 2n === 0n
        ? await createFlexiblePool(ethers, factory, creator, flexible, toBeHex(i, 32))
        : await createFixedTermPool(ethers, factory, creator, fixedTerm, toBeHex(i, 32));
    addresses.push(await pool.getAddress());
  }
  return { ...fixture, addresses };
}

async function emptyFactory() {
  return deployFactory(ethers);
}

async function onePool() {
  const fixture = await deployFactory(ethers);
  const pool = await createFlexiblePool(ethers, fixture.factory, fixture.actors.alice, fixture.flexible, id("one"));
  return { ...fixture, pool: await pool.getAddress() };
}

describe("PoolFactory", () => {
  describe("setListed", () => {
    /** Lets governance's delay pass for a listing, and makes it. */
    async function list(
      { access, actors, factory }: Awaited<ReturnType<typeof onePool>>,
      pool: string,
      listed: boolean,
    ) {
      const data = factory.interface.encodeFunctionData("setListed", [pool, listed]);
      await announce(connection, access, actors.governor, await factory.getAddress(), data);
      return factory.connect(actors.governor).setListed(pool, listed);
    }

    it("lists a pool and takes it off again", async () => {
      const fixture = await networkHelpers.loadFixture(onePool);
      const { factory, pool } = fixture;
      await expect(list(fixture, pool, true))
        .to.emit(factory, "ListedSet")
        .withArgs(pool, true);
      expect((await factory.poolInfo(pool)).listed).to.equal(true);
      await expect(list(fixture, pool, false))
        .to.emit(factory, "ListedSet")
        .withArgs(pool, false);
      expect((await factory.poolInfo(pool)).listed).to.equal(false);
    });

    it("changes nothing else that the factory knows of the pool", async () => {
      const fixture = await networkHelpers.loadFixture(onePool);
      const { factory, pool } = fixture;
      const before = await factory.poolInfo(pool);
      await list(fixture, pool, true);
      const after = await factory.poolInfo(pool);
      expect([...after]).to.deep.equal([before.pool, before.kind, true, before.createdAt, before.creator]);
    });

    it("reverts for a pool that answers to another authority, even one that would let governance in", async () => {
      const fixture = await networkHelpers.loadFixture(onePool);
      const { actors, factory, flexible } = fixture;
      const foreign = await ethers.deployContract("AccessManager", [actors.governor]);
      const config = { ...flexible, authority: await foreign.getAddress() };
      const pool = await (await createFlexiblePool(ethers, factory, actors.bob, config)).getAddress();
      await expect(list(fixture, pool, true))
        .to.be.revertedWithCustomError(factory, "FactoryForeignAuthority")
        .withArgs(pool, foreign);
      expect((await factory.poolInfo(pool)).listed).to.equal(false);
    });

    it("takes a pool off the list that has gone over to another authority, and does not list it again", async () => {
      const fixture = await networkHelpers.loadFixture(onePool);
      const { access, actors, factory, pool } = fixture;
      await list(fixture, pool, true);
      const foreign = await ethers.deployContract("AccessManager", [actors.governor]);
      await access.updateAuthority(pool, foreign);
      await expect(list(fixture, pool, true)).to.be.revertedWithCustomError(factory, "FactoryForeignAuthority");
      await expect(list(fixture, pool, false))
        .to.emit(factory, "ListedSet")
        .withArgs(pool, false);
    });

    it("reverts for an address that is no pool of the factory", async () => {
      const fixture = await networkHelpers.loadFixture(onePool);
      const { actors, factory } = fixture;
      await expect(list(fixture, actors.alice.address, true))
        .to.be.revertedWithCustomError(factory, "FactoryPoolUnknown")
        .withArgs(actors.alice);
    });

    it("reverts for anyone but governance, the pool's creator included", async () => {
      const { actors, factory, pool } = await networkHelpers.loadFixture(onePool);
      for (const caller of [actors.alice, actors.guardian, actors.stranger]) {
        await expect(factory.connect(caller).setListed(pool, true))
          .to.be.revertedWithCustomError(factory, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });

    it("reverts for governance before its delay has passed", async () => {
      const { access, actors, factory, pool } = await networkHelpers.loadFixture(onePool);
      await expect(factory.connect(actors.governor).setListed(pool, true)).to.be.revertedWithCustomError(
        access,
        "AccessManagerNotScheduled",
      );
    });
  });

  describe("poolInfo", () => {
    it("is all zero for an address that is no pool of the factory", async () => {
      const { actors, factory } = await networkHelpers.loadFixture(onePool);
      const info = await factory.poolInfo(actors.alice);
      expect([...info]).to.deep.equal([ZERO_ADDRESS, PoolKind.none, false, 0n, ZERO_ADDRESS]);
    });
  });

  describe("pools", () => {
    const PAGES: [title: string, offset: bigint, limit: bigint, indices: number[]][] = [
      ["all in order of creation", 0n, 5n, [0, 1, 2, 3, 4]],
      ["a page from the middle", 1n, 3n, [1, 2, 3]],
      ["fewer at the end", 3n, 10n, [3, 4]],
      ["the last one alone", 4n, 1n, [4]],
      ["none for a limit of 0", 2n, 0n, []],
      ["none from the end on", 5n, 1n, []],
      ["none from far beyond the end on", MAX_UINT256, 1n, []],
      ["all for the largest limit", 0n, MAX_UINT256, [0, 1, 2, 3, 4]],
      ["the rest for the largest limit", 2n, MAX_UINT256, [2, 3, 4]],
      ["none for the largest offset and limit", MAX_UINT256, MAX_UINT256, []],
    ];

    for (const [title, offset, limit, indices] of PAGES) {
      it(`returns ${title}`, async () => {
        const { addresses, factory } = await networkHelpers.loadFixture(fivePools);
        const page = await factory.pools(offset, limit);
        expect(page.map(({ pool }) => pool)).to.deep.equal(indices.map((index) => addresses[index]));
      });
    }

    it("says of each pool what poolInfo says", async () => {
      const { addresses, actors, factory } = await networkHelpers.loadFixture(fivePools);
      const page = await factory.pools(0n, 5n);
      expect(await factory.poolCount()).to.equal(5n);
      for (const [index, info] of page.entries()) {
        expect([...info]).to.deep.equal([...(await factory.poolInfo(info.pool))]);
        expect(info.pool).to.equal(addresses[index]);
        expect(info.kind).to.equal(index % 2 === 0 ? PoolKind.flexible : PoolKind.fixedTerm);
        expect(info.creator).to.equal((index % 2 === 0 ? actors.alice : actors.bob).address);
      }
    });

    it("returns none of an empty factory", async () => {
      const { factory } = await networkHelpers.loadFixture(emptyFactory);
      expect(await factory.poolCount()).to.equal(0n);
      expect(await factory.pools(0n, 10n)).to.deep.equal([]);
    });
  });
});
