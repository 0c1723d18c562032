import { expect } from "chai";
import { network } from "hardhat";

import { buildInsuranceRound, type InsuranceRound } from "../../shared/insurance-round.ts";
import { deployToken } from "../helpers/fixtures.ts";
import {
  claim,
  CLAIM_DELAY,
  CLAIM_WINDOW,
  deployInsuranceFund,
  publish,
  roundOf,
  type InsuranceFixture,
} from "../helpers/insurance.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

interface Published extends InsuranceFixture {
  opensAt: bigint;
  expiresAt: bigint;
}

async function afterPublishing(fixture: InsuranceFixture, round: InsuranceRound): Promise<Published> {
  await publish(fixture, round);
  const { opensAt, expiresAt } = await fixture.fund.rounds(round.round);
  return { ...fixture, round, opensAt, expiresAt };
}

async function published(): Promise<Published> {
  const fixture = await deployInsuranceFund(ethers);
  return afterPublishing(fixture, fixture.round);
}

async function open(): Promise<Published> {
  const fixture = await published();
  await time.increaseTo(fixture.opensAt);
  return fixture;
}

/** A round whose total is 300 units less than its claims. */
async function short(): Promise<Published> {
  const fixture = await deployInsuranceFund(ethers);
  const all = await afterPublishing(fixture, { ...fixture.round, total: 700n });
  await time.increaseTo(all.opensAt);
  return all;
}

async function blocking() {
  const token = await ethers.deployContract("BlocklistToken");
  const fixture = await deployInsuranceFund(ethers, { token });
  const all = await afterPublishing(fixture, fixture.round);
  await time.increaseTo(all.opensAt);
  return { ...all, token };
}

/** A token that calls back and is governor as well; claims are open. */
async function reentering() {
  const token = await ethers.deployContract("ReenteringToken");
  const fixture = await deployInsuranceFund(ethers, { token });
  const all = await afterPublishing(fixture, fixture.round);
  await fixture.access.grantRole(3n, token, 0n);
  await time.increaseTo(all.opensAt);
  return { ...all, token };
}

describe("InsuranceFund", () => {
  describe("claim", () => {
    it("pays the account, whoever calls", async () => {
      const { actors, fund, token, round } = await networkHelpers.loadFixture(open);
      const paid = claim(fund.connect(actors.stranger), round, 1);
      await expect(paid).to.emit(fund, "Claimed").withArgs(0n, 1n, actors.bob, 250n);
      await expect(paid).to.changeTokenBalances(ethers, token, [fund, actors.bob, actors.stranger], [-250n, 250n, 0n]);
      expect(await fund.isClaimed(0n, 1n)).to.equal(true);
      expect([await fund.isClaimed(0n, 0n), await fund.isClaimed(0n, 2n)]).to.deep.equal([false, false]);
      expect((await fund.rounds(0n)).claimed).to.equal(250n);
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([750n, 500n]);
    });

    it("pays every claim of a round", async () => {
      const { actors, fund, token, round } = await networkHelpers.loadFixture(open);
      for (const place of [2, 0, 1]) await claim(fund, round, place);
      expect(await token.balanceOf(actors.alice)).to.equal(100n);
      expect(await token.balanceOf(actors.bob)).to.equal(250n);
      expect(await token.balanceOf(actors.carol)).to.equal(650n);
      expect((await fund.rounds(0n)).claimed).to.equal(1_000n);
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([0n, 500n]);
    });

    it("opens at its second and ends at its second", async () => {
      const { fund, round, opensAt, expiresAt } = await networkHelpers.loadFixture(published);
      await time.setNextBlockTimestamp(opensAt - 1n);
      await expect(claim(fund, round, 0))
        .to.be.revertedWithCustomError(fund, "InsuranceNotOpen")
        .withArgs(0n, opensAt);
      await time.setNextBlockTimestamp(opensAt);
      await claim(fund, round, 0);
      await time.setNextBlockTimestamp(expiresAt - 1n);
      await claim(fund, round, 1);
      await time.setNextBlockTimestamp(expiresAt);
      await expect(claim(fund, round, 2))
        .to.be.revertedWithCustomError(fund, "InsuranceExpired")
        .withArgs(0n, expiresAt);
    });

    it("pays no claim twice", async () => {
      const { fund, round } = await networkHelpers.loadFixture(open);
      await claim(fund, round, 0);
      await expect(claim(fund, round, 0))
        .to.be.revertedWithCustomError(fund, "InsuranceAlreadyClaimed")
        .withArgs(0n, 0n);
    });

    it("reverts when anything differs from the leaf", async () => {
      const { actors, fund, round } = await networkHelpers.loadFixture(open);
      const [first, second] = round.claims;
      if (!first || !second) throw new Error("The round has fewer claims than this test needs");
      const proof = [...first.proof];
      for (const [index, account, amount, siblings] of [
        [3n, first.account, first.amount, proof],
        [first.index, actors.stranger.address, first.amount, proof],
        [first.index, first.account, first.amount + 1n, proof],
        [first.index, first.account, first.amount, [...second.proof]],
        [first.index, first.account, first.amount, []],
        [first.index, first.account, first.amount, [...proof, round.root]],
      ] as const) {
        await expect(fund.claim(0n, index, account, amount, [...siblings]))
          .to.be.revertedWithCustomError(fund, "InsuranceInvalidProof")
          .withArgs(0n, index, account, amount);
      }
    });

    it("pays no claim of another round, token, fund or chain", async () => {
      const fixture = await networkHelpers.loadFixture(open);
      const { access, actors, fund, token, compensations, round } = fixture;
      const other = await deployToken(ethers, "OTHER");
      const twin = await ethers.deployContract("InsuranceFund", [await access.getAddress(), CLAIM_DELAY]);
      const foreign = [
        round,
        await roundOf({ ethers, fund, token: other }, 2n, compensations),
        await roundOf({ ethers, fund: twin, token }, 3n, compensations),
        buildInsuranceRound({ ...round, chainId: round.chainId + 1n, round: 4n }, compensations),
        await roundOf({ ethers, fund, token }, 5n, compensations), // one that belongs, as a control
      ];
      const published = foreign.map((source, place) => ({ ...source, round: BigInt(place) + 1n }));
      for (const { round: number, root } of published) {
        const governor = fund.connect(actors.governor);
        await governor.publishRound(number, token, root, 100n, CLAIM_DELAY, CLAIM_WINDOW);
      }
      await time.increase(CLAIM_DELAY);
      for (const wrong of published.slice(0, 4)) {
        await expect(claim(fund, wrong, 0)).to.be.revertedWithCustomError(fund, "InsuranceInvalidProof");
      }
      for (const right of published.slice(4)) {
        await expect(claim(fund, right, 0))
          .to.emit(fund, "Claimed")
          .withArgs(5n, 0n, actors.alice, 100n);
      }
    });

    it("reverts when the round was cancelled", async () => {
      const { actors, fund, round, opensAt } = await networkHelpers.loadFixture(published);
      await fund.connect(actors.guardian).cancelRound(0n);
      await time.increaseTo(opensAt);
      await expect(claim(fund, round, 0))
        .to.be.revertedWithCustomError(fund, "InsuranceRoundClosed")
        .withArgs(0n);
    });

    describe("given claims that add up to more than the total", () => {
      it("pays up to the total, and nothing of what other rounds have reserved", async () => {
        const { fund, token, round } = await networkHelpers.loadFixture(short);
        await claim(fund, round, 2);
        await expect(claim(fund, round, 0))
          .to.be.revertedWithCustomError(fund, "InsuranceRoundExhausted")
          .withArgs(0n, 100n, 50n);
        expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([50n, 800n]);
        expect(await fund.isClaimed(0n, 0n)).to.equal(false);
      });

      it("pays the last unit of the total", async () => {
        const fixture = await deployInsuranceFund(ethers);
        const { fund, token } = fixture;
        const all = await afterPublishing(fixture, { ...fixture.round, total: 350n });
        await time.increaseTo(all.opensAt);
        await claim(fund, fixture.round, 0);
        await claim(fund, fixture.round, 1);
        expect(await fund.reserved(token)).to.equal(0n);
      });
    });

    describe("given an account that the token blocks", () => {
      it("reverts its claim only, which can be paid later", async () => {
        const { actors, fund, token, round } = await networkHelpers.loadFixture(blocking);
        await token.setBlocked(actors.alice, true);
        await expect(claim(fund, round, 0))
          .to.be.revertedWithCustomError(token, "AccountBlocked")
          .withArgs(actors.alice);
        await claim(fund, round, 1);
        await token.setBlocked(actors.alice, false);
        await claim(fund, round, 0);
        expect(await token.balanceOf(actors.alice)).to.equal(100n);
      });
    });

    describe("given a token that calls back, even as governor", () => {
      it("reverts, so that nothing is paid twice nor reserved while it is leaving", async () => {
        const { fund, token, round, actors } = await networkHelpers.loadFixture(reentering);
        const [first, second] = round.claims;
        if (!first || !second) throw new Error("The round has fewer claims than this test needs");
        const calls = [first, second].map(({ index, account, amount, proof }) =>
          fund.interface.encodeFunctionData("claim", [0n, index, account, amount, [...proof]]),
        );
        // Before its balance moves, what the claim pays would look available: 500 and 100 units.
        calls.push(
          fund.interface.encodeFunctionData("publishRound", [
            1n,
            round.token,
            round.root,
            600n,
            CLAIM_DELAY,
            CLAIM_WINDOW,
          ]),
        );
        for (const before of [true, false]) {
          for (const call of calls) {
            await token.arm(fund, call, before);
            await expect(claim(fund, round, 0)).to.be.revertedWithCustomError(fund, "ReentrancyGuardReentrantCall");
          }
        }
        expect(await token.balanceOf(actors.alice)).to.equal(0n);
        expect(await fund.isClaimed(0n, 0n)).to.equal(false);
      });
    });
  });

  describe("closeRound", () => {
    it("makes what was not claimed available again, by anyone, from the second of expiry", async () => {
      const { actors, fund, token, round, expiresAt } = await networkHelpers.loadFixture(open);
      await claim(fund, round, 1);
      const stranger = fund.connect(actors.stranger);
      await time.setNextBlockTimestamp(expiresAt - 1n);
      await expect(stranger.closeRound(0n))
        .to.be.revertedWithCustomError(fund, "InsuranceNotExpired")
        .withArgs(0n, expiresAt);
      await time.increaseTo(expiresAt);
      expect(await stranger.closeRound.staticCall(0n)).to.equal(750n);
      const closed = stranger.closeRound(0n);
      await expect(closed).to.emit(fund, "RoundClosed").withArgs(0n, 750n);
      await expect(closed).not.to.emit(token, "Transfer");
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([0n, 1_250n]);
    });

    it("reverts a second time, and for a cancelled round", async () => {
      const { actors, fund, round, token, expiresAt } = await networkHelpers.loadFixture(open);
      const governor = fund.connect(actors.governor);
      await governor.publishRound(1n, token, round.root, 500n, CLAIM_DELAY, CLAIM_WINDOW);
      await fund.connect(actors.guardian).cancelRound(1n);
      await time.increaseTo(expiresAt + CLAIM_DELAY);
      await fund.closeRound(0n);
      for (const number of [0n, 1n]) {
        await expect(fund.closeRound(number))
          .to.be.revertedWithCustomError(fund, "InsuranceRoundClosed")
          .withArgs(number);
      }
      expect(await fund.available(token)).to.equal(1_500n);
    });
  });

  describe("available", () => {
    it("is zero, and pays what it can, when a token's balances have shrunk", async () => {
      const { actors, fund, token, round } = await networkHelpers.loadFixture(open);
      await networkHelpers.impersonateAccount(await fund.getAddress());
      await networkHelpers.setBalance(await fund.getAddress(), 10n ** 18n);
      await token.connect(await ethers.getSigner(await fund.getAddress())).transfer(actors.stranger, 1_200n);
      expect(await fund.available(token)).to.equal(0n);
      await claim(fund, round, 1);
      expect(await token.balanceOf(actors.bob)).to.equal(250n);
    });
  });
});
