import { expect } from "chai";
import { decodeBase64, toUtf8String } from "ethers";
import { network } from "hardhat";
import { z } from "zod";

import { deployFixedTermPool, exitOf, MONTH, MONTH_ID, openPosition, rewardOf } from "../helpers/fixed-term.ts";
import { DAY, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const PRINCIPAL = 1_000n * ONE;
const REWARD = rewardOf(PRINCIPAL, MONTH);

const metadata = z.object({
  name: z.string(),
  image: z.string().startsWith("data:image/svg+xml;base64,"),
  attributes: z.array(z.object({ trait_type: z.string(), value: z.union([z.string(), z.number()]) })),
});

async function opened() {
  const fixture = await deployFixedTermPool(ethers);
  const id = await openPosition(fixture.pool, fixture.actors.alice, PRINCIPAL);
  return { ...fixture, id };
}

function traitsOf(uri: string): Map<string, string | number> {
  const prefix = "data:application/json;base64,";
  expect(uri.startsWith(prefix)).to.equal(true);
  const parsed = metadata.parse(JSON.parse(toUtf8String(decodeBase64(uri.slice(prefix.length)))));
  return new Map(parsed.attributes.map(({ trait_type, value }) => [trait_type, value]));
}

describe("FixedTermPool", () => {
  describe("transferFrom", () => {
    it("hands over exactly what the old owner had, and their rights", async () => {
      const { actors, pool, rewardsToken, id } = await networkHelpers.loadFixture(opened);
      const { alice, bob } = actors;
      const before = await pool.position(id);
      const preview = await pool.previewWithdrawEarly(id, PRINCIPAL);
      await expect(pool.connect(alice).transferFrom(alice, bob, id))
        .to.emit(pool, "Transfer")
        .withArgs(alice, bob, id);
      const [owner, ...after] = await pool.position(id);
      expect(owner).to.equal(bob);
      expect([alice.address, ...after]).to.deep.equal(before);
      expect((await pool.previewWithdrawEarly(id, PRINCIPAL))[0]).to.be.greaterThanOrEqual(preview[0]);
      for (const attempt of [
        () => pool.connect(alice).withdrawEarly(id, PRINCIPAL, alice, 0n, 0n),
        () => pool.connect(alice).setAutoRenew(id, MONTH_ID, DAY, false),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(pool, "PoolNotAuthorized").withArgs(alice, id);
      }
      await time.increase(MONTH.duration);
      await expect(pool.connect(bob).withdraw(id, bob)).to.changeTokenBalance(ethers, rewardsToken, bob, REWARD);
    });

    it("works while everything is paused, by the approved too, and ends the approval", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(opened);
      const { alice, bob, carol } = actors;
      await pool.connect(actors.guardian).pause();
      await pool.connect(alice).approve(bob, id);
      await pool.connect(bob).transferFrom(alice, carol, id);
      expect(await pool.getApproved(id)).to.equal(ZERO_ADDRESS);
      await expect(pool.connect(bob).withdrawEarly(id, 1n, bob, 0n, 0n))
        .to.be.revertedWithCustomError(pool, "PoolNotAuthorized")
        .withArgs(bob, id);
    });

    it("reverts to the pool itself, where the position would be lost", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(opened);
      const { alice } = actors;
      await expect(pool.connect(alice).transferFrom(alice, pool, id))
        .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
        .withArgs(pool);
    });

    it("reverts for strangers", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(opened);
      const { alice, stranger } = actors;
      await expect(pool.connect(stranger).transferFrom(alice, stranger, id))
        .to.be.revertedWithCustomError(pool, "ERC721InsufficientApproval")
        .withArgs(stranger, id);
    });
  });

  describe("tokenURI", () => {
    it("shows the position and what leaving now would cost", async () => {
      const { pool, id } = await networkHelpers.loadFixture(opened);
      const { openedAt, maturity } = await pool.position(id);
      await time.increaseTo(openedAt + 15n * DAY);
      const traits = traitsOf(await pool.tokenURI(id));
      const { principalPenalty } = exitOf(MONTH, { principal: PRINCIPAL, reward: REWARD }, PRINCIPAL, 15n * DAY);
      expect(principalPenalty).to.equal(30n * ONE);
      expect(traits.get("Penalty now")).to.equal("30 STAKE");
      expect(traits.get("APR")).to.match(/^6\s?%$/);
      expect(traits.get("Status")).to.equal("Locked");
      expect(traits.get("Opened")).to.equal(Number(openedAt));
      expect(traits.get("Maturity")).to.equal(Number(maturity));
      await time.increaseTo(maturity);
      const mature = traitsOf(await pool.tokenURI(id));
      expect(mature.get("Status")).to.equal("Mature");
      expect(mature.get("Penalty now")).to.equal("0 STAKE");
    });

    it("reverts for positions that are not there, as position does", async () => {
      const { actors, pool, id } = await networkHelpers.loadFixture(opened);
      await pool.connect(actors.alice).withdrawEarly(id, PRINCIPAL, actors.alice, 0n, 0n);
      for (const view of [(unknown: bigint) => pool.tokenURI(unknown), (unknown: bigint) => pool.position(unknown)]) {
        await expect(view(id)).to.be.revertedWithCustomError(pool, "PoolPositionClosed").withArgs(id);
        await expect(view(0n)).to.be.revertedWithCustomError(pool, "PoolPositionUnknown").withArgs(0n);
        await expect(view(2n)).to.be.revertedWithCustomError(pool, "PoolPositionUnknown").withArgs(2n);
      }
    });
  });
});
