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

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
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
      expect([...view.stakingToken]).to.deep.equal([await stakingToken.getAddress(), "STAKE", 18n, true]);
      expect([...view.rewardsToken]).to.deep.equal([await rewardsToken.getAddress(), "REWARD", 6n, true]);
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

    it("gives an entry six million units of gas", async () => {
      const { lens } = await networkHelpers.loadFixture(fresh);
      expect(await lens.ENTRY_GAS()).to.equal(6_000_000n);
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
      expect(terms).to.deep.equal(expected.map((state, id) => [BigInt(id), state]));
      expect(terms.map(({ state }) => state.openPrincipal)).to.deep.equal([2_000n * ONE, 3_000n * ONE]);
    });

    describe("given a pool with many terms", () => {
      const PAGE = 32;

      /** A pool with terms told apart by their minimum, those before `closed` closed by the deployer, who governs it. */
      async function withTerms({ actors, factory, fixedTerm }: LensFixture, count: number, closed: number) {
        const terms = Array.from({ length: count }, (_, index) => ({ ...MONTH, minimum: BigInt(index + 1) }));
        const first = terms.slice(0, 60);
        const pool = await createFixedTermPool(ethers, factory, actors.bob, { ...fixedTerm, terms: first });
        const governed = pool.connect(actors.deployer);
        for (const term of terms.slice(first.length)) await governed.addTerm(term);
        for (let id = 0; id < closed; ++id) await governed.closeTerm(id);
        return pool;
      }

      const CASES: [title: string, count: number, closed: number, shown: number[]][] = [
        ["the first of all, where all are open", PAGE + 1, 0, range(0, PAGE)],
        ["the open ones first, where older ones are closed", 40, 38, [38, 39, ...range(0, PAGE - 2)]],
        ["the open ones only, where they fill the page", 200, 40, range(40, 40 + PAGE)],
        ["all of few, closed ones last", 5, 2, [2, 3, 4, 0, 1]],
        ["closed ones, where none is open", 3, 3, [0, 1, 2]],
      ];
      for (const [title, count, closed, shown] of CASES) {
        it(`shows ${title} (${count} terms, ${closed} closed), and how many there are`, async () => {
          const fixture = await networkHelpers.loadFixture(fresh);
          const pool = await withTerms(fixture, count, closed);
          const view = (await fixture.lens.pool(fixture.factory, pool)).fixedTerm;
          expect(view.termCount).to.equal(count);
          expect(view.terms.map(({ termId }) => Number(termId))).to.deep.equal(shown);
          for (const { termId, state } of view.terms) expect(state).to.deep.equal(await pool.term(termId));
        });
      }

      it("says how many terms a page shows", async () => {
        const { lens } = await networkHelpers.loadFixture(fresh);
        expect(await lens.TERM_PAGE()).to.equal(PAGE);
      });

      it("reads the rest in pages, open ones or closed ones", async () => {
        const fixture = await networkHelpers.loadFixture(fresh);
        const { lens } = fixture;
        const pool = await withTerms(fixture, 40, 30);
        const everything = async (open: boolean, limit: bigint): Promise<number[]> => {
          const ids: number[] = [];
          let cursor = 0n;
          do {
            const { page, next } = await lens.terms(pool, cursor, limit, open);
            for (const { termId, state } of page) expect(state).to.deep.equal(await pool.term(termId));
            ids.push(...page.map(({ termId }) => Number(termId)));
            cursor = next;
          } while (cursor !== 0n);
          return ids;
        };
        for (const limit of [1n, 7n, 40n, MAX_UINT256]) {
          expect(await everything(true, limit)).to.deep.equal(range(30, 40));
          expect(await everything(false, limit)).to.deep.equal(range(0, 30));
        }
        expect(await lens.terms(pool, 41n, 5n, true)).to.deep.equal([[], 0n]);
        expect(await lens.terms(pool, MAX_UINT256, MAX_UINT256, true)).to.deep.equal([[], 0n]);
      });
    });

    it("shows to whom a pool answers, and whether the factory does as well", async () => {
      const { access, actors, factory, flexible, flexiblePool, fixedTermPool, lens } =
        await networkHelpers.loadFixture(fresh);
      for (const pool of [flexiblePool, fixedTermPool]) {
        const { authority, sameAuthority } = await lens.pool(factory, pool);
        expect([authority, sameAuthority]).to.deep.equal([await access.getAddress(), true]);
      }
      const config = { ...flexible, authority: actors.bob.address };
      const own = await createFlexiblePool(ethers, factory, actors.bob, config, toBeHex(9, 32));
      for (const view of [await lens.pool(factory, own), (await lens.pools(factory, 2n, 1n))[0]]) {
        expect([view?.authority, view?.sameAuthority]).to.deep.equal([actors.bob.address, false]);
      }
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
