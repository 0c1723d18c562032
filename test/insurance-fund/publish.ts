import { expect } from "chai";
import { network } from "hardhat";

import { DAY, MAX_UINT128 } from "../helpers/fixtures.ts";
import { CLAIM_DELAY, CLAIM_WINDOW, deployInsuranceFund, publish } from "../helpers/insurance.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const deployed = async () => {
  const fixture = await deployInsuranceFund(ethers);
  const { fund, actors } = fixture;
  return { ...fixture, governor: fund.connect(actors.governor), guardian: fund.connect(actors.guardian) };
};

async function published() {
  const fixture = await deployed();
  await publish(fixture, fixture.round);
  return { ...fixture, opensAt: BigInt(await time.latest()) + CLAIM_DELAY };
}

describe("InsuranceFund", () => {
  describe("constructor", () => {
    it("keeps its authority and starts without rounds", async () => {
      const { access, fund, token } = await networkHelpers.loadFixture(deployed);
      expect(await fund.authority()).to.equal(access);
      expect(await fund.roundCount()).to.equal(0n);
      expect(await fund.minimumClaimDelay()).to.equal(CLAIM_DELAY);
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([0n, 1_500n]);
    });
  });

  describe("constructor", () => {
    it("reverts when the least delay is below 2 days or above 90, and accepts both", async () => {
      const funds = await ethers.getContractFactory("InsuranceFund");
      const { access } = await networkHelpers.loadFixture(deployed);
      for (const wrong of [0n, 2n * DAY - 1n, 90n * DAY + 1n]) {
        await expect(funds.deploy(access, wrong))
          .to.be.revertedWithCustomError(funds, "InsuranceTimeOutOfRange")
          .withArgs(wrong, 2n * DAY, 90n * DAY);
      }
      for (const right of [2n * DAY, 90n * DAY]) {
        expect(await (await funds.deploy(access, right)).minimumClaimDelay()).to.equal(right);
      }
    });
  });

  describe("publishRound", () => {
    it("reserves the total, to the unit, and keeps the round", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(deployed);
      const now = BigInt(await time.latest()) + 100n;
      await time.setNextBlockTimestamp(now);
      const [opensAt, expiresAt] = [now + CLAIM_DELAY, now + CLAIM_DELAY + CLAIM_WINDOW];
      await expect(governor.publishRound(0n, token, round.root, 1_000n, CLAIM_DELAY, CLAIM_WINDOW))
        .to.emit(fund, "RoundPublished")
        .withArgs(0n, token, round.root, 1_000n, opensAt, expiresAt);
      expect(await fund.roundCount()).to.equal(1n);
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([1_000n, 500n]);
      const stored = [await token.getAddress(), round.root, 1_000n, 0n, opensAt, expiresAt, false];
      expect(await fund.rounds(0n)).to.deep.equal(stored);
    });

    it("accepts the longest delay and window", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(deployed);
      await governor.publishRound(0n, token, round.root, 1n, 90n * DAY, 1_461n * DAY);
      const { opensAt, expiresAt } = await fund.rounds(0n);
      expect(expiresAt - opensAt).to.equal(1_461n * DAY);
    });

    it("accepts all that is available and reverts above it, saying what is missing", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(published);
      await expect(governor.publishRound(1n, token, round.root, 501n, CLAIM_DELAY, CLAIM_WINDOW))
        .to.be.revertedWithCustomError(fund, "InsuranceNotCovered")
        .withArgs(501n, 500n, 1n);
      await governor.publishRound(1n, token, round.root, 500n, CLAIM_DELAY, CLAIM_WINDOW);
      expect(await fund.available(token)).to.equal(0n);
      await expect(governor.publishRound(2n, token, round.root, 1n, CLAIM_DELAY, CLAIM_WINDOW))
        .to.be.revertedWithCustomError(fund, "InsuranceNotCovered")
        .withArgs(1n, 0n, 1n);
    });

    it("reverts for any number but the next, since claims name it", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(published);
      for (const number of [0n, 2n]) {
        await expect(governor.publishRound(number, token, round.root, 1n, CLAIM_DELAY, CLAIM_WINDOW))
          .to.be.revertedWithCustomError(fund, "InsuranceUnexpectedRound")
          .withArgs(number, 1n);
      }
    });

    it("reverts when the token has no code", async () => {
      const { actors, fund, governor, round } = await networkHelpers.loadFixture(deployed);
      await expect(governor.publishRound(0n, actors.alice, round.root, 1n, CLAIM_DELAY, CLAIM_WINDOW))
        .to.be.revertedWithCustomError(fund, "TokenWithoutCode")
        .withArgs(actors.alice);
    });

    it("reverts when the delay or the window is too short or too long", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(deployed);
      for (const [delay, window, wrong, minimum, maximum] of [
        [CLAIM_DELAY - 1n, CLAIM_WINDOW, CLAIM_DELAY - 1n, CLAIM_DELAY, 90n * DAY],
        [90n * DAY + 1n, CLAIM_WINDOW, 90n * DAY + 1n, CLAIM_DELAY, 90n * DAY],
        [CLAIM_DELAY, 30n * DAY - 1n, 30n * DAY - 1n, 30n * DAY, 1_461n * DAY],
        [CLAIM_DELAY, 1_461n * DAY + 1n, 1_461n * DAY + 1n, 30n * DAY, 1_461n * DAY],
      ] as const) {
        await expect(governor.publishRound(0n, token, round.root, 1n, delay, window))
          .to.be.revertedWithCustomError(fund, "InsuranceTimeOutOfRange")
          .withArgs(wrong, minimum, maximum);
      }
    });

    it("reverts when the total is zero or does not fit, and accepts the largest", async () => {
      const { fund, governor, token, round } = await networkHelpers.loadFixture(deployed);
      await token.mint(fund, 2n ** 130n);
      for (const total of [0n, MAX_UINT128 + 1n]) {
        await expect(governor.publishRound(0n, token, round.root, total, CLAIM_DELAY, CLAIM_WINDOW))
          .to.be.revertedWithCustomError(fund, "InsuranceTotalOutOfRange")
          .withArgs(total, MAX_UINT128);
      }
      await governor.publishRound(0n, token, round.root, MAX_UINT128, CLAIM_DELAY, CLAIM_WINDOW);
      expect(await fund.reserved(token)).to.equal(MAX_UINT128);
    });
  });

  describe("cancelRound", () => {
    it("makes the total available again, until the second before claims open", async () => {
      const { fund, guardian, token, opensAt } = await networkHelpers.loadFixture(published);
      await time.setNextBlockTimestamp(opensAt - 1n);
      await expect(guardian.cancelRound(0n)).to.emit(fund, "RoundCancelled").withArgs(0n);
      expect([await fund.reserved(token), await fund.available(token)]).to.deep.equal([0n, 1_500n]);
      expect((await fund.rounds(0n)).closed).to.equal(true);
    });

    it("reverts once claims are open", async () => {
      const { fund, guardian, opensAt } = await networkHelpers.loadFixture(published);
      await time.setNextBlockTimestamp(opensAt);
      await expect(guardian.cancelRound(0n))
        .to.be.revertedWithCustomError(fund, "InsuranceAlreadyOpen")
        .withArgs(0n, opensAt);
    });

    it("reverts a second time, and never frees a number", async () => {
      const { fund, governor, guardian, token, round } = await networkHelpers.loadFixture(published);
      await guardian.cancelRound(0n);
      await expect(guardian.cancelRound(0n)).to.be.revertedWithCustomError(fund, "InsuranceRoundClosed").withArgs(0n);
      await expect(governor.publishRound(0n, token, round.root, 1n, CLAIM_DELAY, CLAIM_WINDOW))
        .to.be.revertedWithCustomError(fund, "InsuranceUnexpectedRound")
        .withArgs(0n, 1n);
    });
  });

  describe("roles", () => {
    it("restricts publishing to governance, and cancelling to the guardian", async () => {
      const { actors, fund, token, round } = await networkHelpers.loadFixture(published);
      const { stranger, guardian, governor, deployer, alice } = actors;
      for (const caller of [stranger, guardian, deployer, alice]) {
        const publishing = fund.connect(caller).publishRound(1n, token, round.root, 1n, CLAIM_DELAY, CLAIM_WINDOW);
        await expect(publishing).to.be.revertedWithCustomError(fund, "AccessManagedUnauthorized").withArgs(caller);
      }
      for (const caller of [stranger, governor, deployer, alice]) {
        await expect(fund.connect(caller).cancelRound(0n))
          .to.be.revertedWithCustomError(fund, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });

    it("gives governance no way to take what the fund holds", async () => {
      const { fund } = await networkHelpers.loadFixture(deployed);
      const changing: string[] = [];
      fund.interface.forEachFunction(({ name, stateMutability }) => {
        if (stateMutability !== "view" && stateMutability !== "pure") changing.push(name);
      });
      expect(changing.sort()).to.deep.equal(["cancelRound", "claim", "closeRound", "publishRound", "setAuthority"]);
    });
  });

  describe("given a round that does not exist", () => {
    it("reverts in every function that names one", async () => {
      const { actors, fund, guardian } = await networkHelpers.loadFixture(published);
      for (const attempt of [
        () => fund.claim(1n, 0n, actors.alice, 1n, []),
        () => fund.closeRound(1n),
        () => guardian.cancelRound(1n),
        () => fund.rounds(1n),
        () => fund.leaf(1n, 0n, actors.alice, 1n),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(fund, "InsuranceRoundUnknown").withArgs(1n, 1n);
      }
    });

    it("shows no claim as paid", async () => {
      const { fund } = await networkHelpers.loadFixture(published);
      expect(await fund.isClaimed(7n, 0n)).to.equal(false);
    });
  });
});
