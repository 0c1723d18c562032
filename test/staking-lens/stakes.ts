import { expect } from "chai";
import { network } from "hardhat";

import { DAY, fund, MAX_UINT256, ONE } from "../helpers/fixtures.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { answer, Behaviour, turnHostile } from "../helpers/scripted.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** bob has staked 100 tokens, and half of the stream of 700 has passed. */
async function staked(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, flexiblePool } = fixture;
  await flexiblePool.connect(actors.bob).stake(100n * ONE);
  await fund({ ...fixture, pool: flexiblePool }, 700n * 10n ** 6n);
  await networkHelpers.time.increase((7n * DAY) / 2n);
  return fixture;
}

describe("StakingLens", () => {
  describe("stakes", () => {
    it("shows stake, earned reward, wallet and allowance of the account", async () => {
      const { actors, flexiblePool, lens, stakingToken } = await networkHelpers.loadFixture(staked);
      await stakingToken.connect(actors.bob).approve(flexiblePool, 42n);
      const [view] = await lens.stakes([flexiblePool], actors.bob);
      if (!view) throw new Error("The page is empty");
      expect(view.pool).to.equal(await flexiblePool.getAddress());
      expect(view.failed).to.equal(false);
      expect(view.staked).to.equal(100n * ONE);
      expect(view.earned).to.equal(await flexiblePool.earned(actors.bob));
      expect(view.earned).to.be.within(349n * 10n ** 6n, 351n * 10n ** 6n);
      expect(view.walletBalance).to.equal(2n ** 97n - 100n * ONE); // two grants of 2^96 less the stake
      expect(view.walletAllowance).to.equal(42n);
    });

    it("shows what an account without a stake could stake", async () => {
      const { actors, flexiblePool, lens } = await networkHelpers.loadFixture(staked);
      const page = await lens.stakes([flexiblePool], actors.carol);
      expect(page.map((view) => [...view])).to.deep.equal([
        [await flexiblePool.getAddress(), false, 0n, 0n, 2n ** 97n, MAX_UINT256],
      ]);
    });

    it("keeps the order given, repeats included, and returns none for none", async () => {
      const { actors, flexiblePool, lens } = await networkHelpers.loadFixture(staked);
      const page = await lens.stakes([flexiblePool, actors.alice, flexiblePool], actors.bob);
      expect(page.map(({ failed }) => failed)).to.deep.equal([false, true, false]);
      expect(page.map(({ pool }) => pool)).to.deep.equal([
        await flexiblePool.getAddress(),
        actors.alice.address,
        await flexiblePool.getAddress(),
      ]);
      expect(page[2]).to.deep.equal(page[0]);
      expect(await lens.stakes([], actors.bob)).to.deep.equal([]);
    });

    it("marks a pool of the other kind as failed", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(staked);
      const [view] = await lens.stakes([fixedTermPool], actors.bob);
      expect([...(view ?? [])]).to.deep.equal([await fixedTermPool.getAddress(), true, 0n, 0n, 0n, 0n]);
    });

    describe("given a pool that is none", () => {
      const POOLS = {
        "reverts on every call": { behaviour: Behaviour.revert },
        "burns its gas": { behaviour: Behaviour.burnGas },
        "returns nothing": { behaviour: Behaviour.return },
        "returns no address": { behaviour: Behaviour.return, data: `0x${"ff".repeat(32)}` },
        "reverts with 10 kB": { behaviour: Behaviour.revert, size: 10_000 },
      };

      for (const [title, script] of Object.entries(POOLS)) {
        it(`marks it and shows the others when it ${title}`, async () => {
          const { actors, flexiblePool, lens } = await networkHelpers.loadFixture(staked);
          const hostile = await ethers.deployContract("ScriptedContract");
          await answer(hostile, "stakingToken()", script);
          const page = await lens.stakes([flexiblePool, hostile, hostile, flexiblePool], actors.bob);
          expect(page.map(({ failed }) => failed)).to.deep.equal([false, true, true, false]);
          expect(page.map((view) => view.staked)).to.deep.equal([100n * ONE, 0n, 0n, 100n * ONE]);
        });
      }
    });

    describe("given a staking token that has turned hostile", () => {
      const TOKENS = {
        "burns its gas": { behaviour: Behaviour.burnGas },
        reverts: { behaviour: Behaviour.revert },
        "reverts with a number": { behaviour: Behaviour.revert, data: `0x${"00".repeat(31)}07` },
        "returns too little": { behaviour: Behaviour.return, data: `0x${"ff".repeat(31)}` },
        "returns nothing": { behaviour: Behaviour.return },
      };

      for (const [title, script] of Object.entries(TOKENS)) {
        it(`shows stake and reward, and an empty wallet, when it ${title}`, async () => {
          const { actors, flexiblePool, lens, stakingToken } = await networkHelpers.loadFixture(staked);
          const token = await turnHostile(connection, stakingToken);
          for (const signature of ["balanceOf(address)", "allowance(address,address)"]) {
            await answer(token, signature, script);
          }
          const [view] = await lens.stakes([flexiblePool], actors.bob);
          if (!view) throw new Error("The page is empty");
          expect(view.failed).to.equal(false);
          expect(view.staked).to.equal(100n * ONE);
          expect(view.earned).to.be.above(349n * 10n ** 6n);
          expect([view.walletBalance, view.walletAllowance]).to.deep.equal([0n, 0n]);
        });
      }

      it("shows an empty wallet when it is destroyed", async () => {
        const { actors, flexiblePool, lens, stakingToken } = await networkHelpers.loadFixture(staked);
        await networkHelpers.setCode(await stakingToken.getAddress(), "0x");
        const [view] = await lens.stakes([flexiblePool], actors.bob);
        expect(view?.staked).to.equal(100n * ONE);
        expect([view?.walletBalance, view?.walletAllowance]).to.deep.equal([0n, 0n]);
      });
    });
  });
});
