import { expect } from "chai";
import { toBeHex } from "ethers";
import { network } from "hardhat";

import { createFixedTermPool, createFlexiblePool, PoolKind } from "../helpers/factory.ts";
import { MONTH, MONTH_ID, openPosition, YEAR_ID } from "../helpers/fixed-term.ts";
import { announce, DAY, fund, MAX_UINT256, ONE, PERIOD, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { BUDGET, deployLens, type LensFixture } from "../helpers/lens.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fresh(): Promise<LensFixture> {
  return deployLens(ethers);
}

/** Three days into a stream of 700 tokens; a position open in each term, and half of a third left early. */
async function busy(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, fixedTermPool, flexiblePool } = fixture;
  await flexiblePool.connect(actors.bob).stake(100n * ONE);
  await fund({ ...fixture, pool: flexiblePool }, 700n * 10n ** 6n);
  await openPosition(fixedTermPool, actors.bob, 1_000n * ONE, MONTH_ID);
  await openPosition(fixedTermPool, actors.carol, 3_000n * ONE, YEAR_ID);
  const third = await openPosition(fixedTermPool, actors.carol, 2_000n * ONE, MONTH_ID);
  await networkHelpers.time.increase(3n * DAY);
  await fixedTermPool.connect(actors.carol).withdrawEarly(third, 1_000n * ONE, actors.carol, 0n, 0n);
  return fixture;
}

/** The two pools of the fixture and three more. */
async function fivePools(): Promise<LensFixture & { addresses: string[] }> {
  const fixture = await deployLens(ethers);
  const { actors, factory, fixedTermPool, flexible, flexiblePool } = fixture;
  const addresses = [await flexiblePool.getAddress(), await fixedTermPool.getAddress()];
  for (let i = 1n; i <= 3n; i++) {
    const pool = await createFlexiblePool(ethers, factory, actors.bob, flexible, toBeHex(i, 32));
    addresses.push(await pool.getAddress());
  }
  return { ...fixture, addresses };
}

describe("StakingLens", () => {
  describe("pool", () => {
    it("shows a flexible pool as its own views do", async () => {
      const { actors, factory, flexible, flexiblePool, lens, rewardsToken, stakingToken } =
        await networkHelpers.loadFixture(busy);
      const view = await lens.pool(factory, flexiblePool);
      expect([...view.info]).to.deep.equal([...(await factory.poolInfo(flexiblePool))]);
      expect(view.info.creator).to.equal(actors.alice.address);
      expect(view.failed).to.equal(false);
      expect(view.paused).to.equal(false);
      expect([...view.stakingToken]).to.deep.equal([await stakingToken.getAddress(), "STAKE", 18n]);
      expect([...view.rewardsToken]).to.deep.equal([await rewardsToken.getAddress(), "REWARD", 6n]);
      expect(view.flexible.totalStaked).to.equal(100n * ONE);
      expect(view.flexible.cap).to.equal(flexible.cap);
      expect(view.flexible.minimumStake).to.equal(flexible.minimumStake);
      expect(view.flexible.rewardRate).to.equal((700n * 10n ** 6n) / PERIOD);
      expect(view.flexible.periodReward).to.equal(700n * 10n ** 6n);
      expect(view.flexible.rewardsDuration).to.equal(PERIOD);
      expect(view.flexible.periodFinish).to.equal(await flexiblePool.periodFinish());
      expect(view.flexible.rewardsOwed).to.equal(700n * 10n ** 6n);
      expect(view.fixedTerm.termCount).to.equal(0n);
      expect(view.fixedTerm.terms).to.deep.equal([]);
    });

    it("shows the moved end of a flexible pool whose clock stands still", async () => {
      const { actors, factory, flexiblePool, lens } = await networkHelpers.loadFixture(busy);
      await flexiblePool.connect(actors.bob).exit();
      const { periodFinish } = (await lens.pool(factory, flexiblePool)).flexible;
      await networkHelpers.time.increase(DAY);
      const { flexible } = await lens.pool(factory, flexiblePool);
      expect(flexible.periodFinish).to.equal(periodFinish + DAY);
      expect(flexible.totalStaked).to.equal(0n);
    });

    it("shows where a fixed-term pool streams its penalties", async () => {
      const { actors, factory, fixedTerm, flexible, lens, stakingToken } = await networkHelpers.loadFixture(fresh);
      const receiver = { ...flexible, rewardsToken: await stakingToken.getAddress() };
      const stream = await createFlexiblePool(ethers, factory, actors.bob, receiver, toBeHex(1, 32));
      const config = {
        ...fixedTerm,
        rewardsPool: await stream.getAddress(),
        split: { rewardsBps: 10_000n, insuranceBps: 0n, treasuryBps: 0n, burnBps: 0n },
      };
      const pool = await createFixedTermPool(ethers, factory, actors.bob, config, toBeHex(2, 32));
      expect((await lens.pool(factory, pool)).fixedTerm.rewardsPool).to.equal(await stream.getAddress());
    });

    it("gives an entry two million units of gas", async () => {
      const { lens } = await networkHelpers.loadFixture(fresh);
      expect(await lens.ENTRY_GAS()).to.equal(2_000_000n);
    });

    it("shows a fixed-term pool as its own views do", async () => {
      const { actors, factory, fixedTermPool, lens } = await networkHelpers.loadFixture(busy);
      const view = await lens.pool(factory, fixedTermPool);
      const { fixedTerm } = view;
      expect(view.info.kind).to.equal(PoolKind.fixedTerm);
      expect(view.failed).to.equal(false);
      expect(fixedTerm.totalPrincipal).to.equal(5_000n * ONE);
      expect(fixedTerm.availableBudget).to.equal(await fixedTermPool.availableBudget());
      expect(fixedTerm.reservedRewards).to.equal(await fixedTermPool.reservedRewards());
      expect(fixedTerm.availableBudget + fixedTerm.reservedRewards).to.be.within(BUDGET - 10n ** 7n, BUDGET - 1n);
      expect(fixedTerm.conversion).to.equal(10n ** 6n);
      expect(fixedTerm.positionCount).to.equal(4n); // the third left a remainder
      expect(fixedTerm.termCount).to.equal(2n);
      expect([...fixedTerm.split]).to.deep.equal([0n, 5_000n, 3_000n, 2_000n]);
      expect(fixedTerm.rewardsPool).to.equal(ZERO_ADDRESS);
      expect(fixedTerm.insurance).to.equal(actors.guardian.address);
      expect(fixedTerm.treasury).to.equal(actors.governor.address);
      expect(view.flexible.cap).to.equal(0n);

      const { burned, insurance, rewards, treasury } = fixedTerm.unsweptPenalties;
      expect([...fixedTerm.unsweptPenalties]).to.deep.equal([...(await fixedTermPool.unsweptPenalties())]);
      expect(rewards).to.equal(0n);
      expect(insurance).to.be.above(treasury);
      expect(treasury).to.be.above(burned);
      // 1,000 tokens left early, at no more than the 5 % at the start
      expect(insurance + treasury + burned).to.be.within(40n * ONE, 50n * ONE);
    });

    it("shows every term as the pool does", async () => {
      const { factory, fixedTermPool, lens } = await networkHelpers.loadFixture(busy);
      const { terms } = (await lens.pool(factory, fixedTermPool)).fixedTerm;
      const expected = await Promise.all([fixedTermPool.term(MONTH_ID), fixedTermPool.term(YEAR_ID)]);
      expect(terms).to.deep.equal(expected);
      expect(terms.map(({ openPrincipal }) => openPrincipal)).to.deep.equal([2_000n * ONE, 3_000n * ONE]);
    });

    it("shows at most MAX_TERMS terms, and how many there are", async () => {
      const { actors, factory, fixedTerm, lens } = await networkHelpers.loadFixture(fresh);
      const most = 32;
      expect(await lens.MAX_TERMS()).to.equal(most);
      const terms = Array.from({ length: most + 1 }, (_, index) => ({ ...MONTH, minimum: BigInt(index + 1) }));
      const pool = await createFixedTermPool(ethers, factory, actors.bob, { ...fixedTerm, terms });
      const view = (await lens.pool(factory, pool)).fixedTerm;
      expect(view.termCount).to.equal(most + 1);
      expect(view.terms.map((state) => state.terms.minimum)).to.deep.equal(
        terms.slice(0, most).map(({ minimum }) => minimum),
      );
    });

    it("shows pause and listing", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { access, actors, factory, fixedTermPool, flexiblePool, lens } = fixture;
      await flexiblePool.connect(actors.deployer).pause();
      expect((await lens.pool(factory, flexiblePool)).paused).to.equal(true);
      expect((await lens.pool(factory, fixedTermPool)).paused).to.equal(false);
      await fixedTermPool.connect(actors.deployer).pause();
      expect((await lens.pool(factory, fixedTermPool)).paused).to.equal(true);

      const data = factory.interface.encodeFunctionData("setListed", [await flexiblePool.getAddress(), true]);
      await announce(connection, access, actors.governor, await factory.getAddress(), data);
      await factory.connect(actors.governor).setListed(flexiblePool, true);
      const views = await lens.pools(factory, 0n, 2n);
      expect(views.map(({ info }) => info.listed)).to.deep.equal([true, false]);
    });

    it("marks an address that is no pool of the factory as failed", async () => {
      const { actors, factory, lens } = await networkHelpers.loadFixture(fresh);
      const view = await lens.pool(factory, actors.alice);
      expect(view.failed).to.equal(true);
      expect(view.info.kind).to.equal(PoolKind.none);
      expect(view.stakingToken.token).to.equal(ZERO_ADDRESS);
    });
  });

  describe("pools", () => {
    const PAGES: [title: string, offset: bigint, limit: bigint, indices: number[]][] = [
      ["all in order of creation", 0n, 5n, [0, 1, 2, 3, 4]],
      ["a page from the middle", 1n, 2n, [1, 2]],
      ["fewer at the end", 3n, 50n, [3, 4]],
      ["none for a limit of 0", 0n, 0n, []],
      ["none from the end on", 5n, 5n, []],
      ["none for the largest offset and limit", MAX_UINT256, MAX_UINT256, []],
      ["all for the largest limit", 0n, MAX_UINT256, [0, 1, 2, 3, 4]],
    ];

    for (const [title, offset, limit, indices] of PAGES) {
      it(`returns ${title}`, async () => {
        const { addresses, factory, lens } = await networkHelpers.loadFixture(fivePools);
        const page = await lens.pools(factory, offset, limit);
        expect(page.map(({ info }) => info.pool)).to.deep.equal(indices.map((index) => addresses[index]));
      });
    }

    it("shows of each pool what it shows of that pool alone", async () => {
      const { addresses, factory, lens } = await networkHelpers.loadFixture(fivePools);
      const page = await lens.pools(factory, 0n, 5n);
      const alone = await Promise.all(addresses.map((address) => lens.pool(factory, address)));
      expect(page).to.deep.equal(alone);
      expect(page.map(({ failed }) => failed)).to.deep.equal([false, false, false, false, false]);
    });

    it("returns none of an empty factory", async () => {
      const { access, fixedTermDeployer, flexibleDeployer, lens } = await networkHelpers.loadFixture(fresh);
      const factory = await ethers.deployContract("PoolFactory", [access, flexibleDeployer, fixedTermDeployer]);
      expect(await lens.pools(factory, 0n, 10n)).to.deep.equal([]);
    });
  });
});
