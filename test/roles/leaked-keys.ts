import { DAY, ONE } from "@termstake/sdk/units";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import { network } from "hardhat";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import type { Protocol } from "../../deploy/deploy-protocol.ts";
import { buildInsuranceRound } from "../../shared/insurance-round.ts";
import { ROLE } from "../../deploy/roles.ts";
import type { AccessManager, PlainToken } from "../../types/index.ts";
import { deployLocalProtocol } from "../helpers/local-protocol.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

type Signer = Awaited<ReturnType<typeof ethers.getSigner>>;

/** A call of a contract. */
interface Call {
  readonly target: string;
  readonly data: string;
}

/** What lies in the fixed-term pool's budget, and in the fund, for a thief to take. */
const BUDGET = 1_000n * ONE;
const COVER = 500n * ONE;

/** How much a thief schedules in one block. */
const MANY = 300;

async function deployed() {
  const { protocolConfig, protocol } = await deployLocalProtocol(connection);
  const { admin, operator, guardian } = protocolConfig.roles;
  const token = lookUp(protocol.tokens, "TSK");
  const pool = lookUp(protocol.fixedTermPools, "Fixed");
  await token.mint(protocol.deployer.address, BUDGET);
  await token.approve(pool, BUDGET);
  await pool.fund(BUDGET);
  await token.mint(protocol.insuranceFund, COVER);
  const spare = (await ethers.getSigners()).slice(10);
  const [thief, successor, newGuardian] = spare;
  if (!thief || !successor || !newGuardian) throw new Error("no accounts");
  return {
    protocol,
    pool,
    token,
    delays: { admin: admin.delay, operator: operator.delay },
    admin: await ethers.getSigner(admin.account),
    operator: await ethers.getSigner(operator.account),
    guardian: await ethers.getSigner(guardian.account),
    thief,
    successor,
    newGuardian,
  };
}

type Fixture = Awaited<ReturnType<typeof deployed>>;

/** As many different calls as are asked for that each take a part of the budget. */
async function thefts({ pool, thief }: Fixture, count: number): Promise<Call[]> {
  const target = await pool.getAddress();
  return Array.from({ length: count }, (_, place) => ({
    target,
    data: pool.interface.encodeFunctionData("withdrawBudget", [thief.address, ONE + BigInt(place)]),
  }));
}

/** Schedules everything in one transaction. */
async function scheduleAll(access: AccessManager, by: Signer, calls: readonly Call[]) {
  const data = calls.map(({ target, data }) => access.interface.encodeFunctionData("schedule", [target, data, 0n]));
  return access.connect(by).multicall(data);
}

/** The calls of which the access manager would carry out one now, tried in both ways. */
async function executable(access: AccessManager, by: Signer, calls: readonly Call[]): Promise<number> {
  let count = 0;
  for (const { target, data } of calls) {
    const ways = [
      () => access.connect(by).execute.staticCall(target, data),
      () => ethers.provider.call({ from: by.address, to: target, data }),
    ];
    for (const way of ways) {
      const done = await way().then(
        () => true,
        () => false,
      );
      if (done) ++count;
    }
  }
  return count;
}

/** Lets the admin do something after its delay. */
async function administer({ protocol: { access }, admin, delays }: Fixture, contract: BaseContract, data: string) {
  const target = await contract.getAddress();
  await access.connect(admin).schedule(target, data, 0n);
  await time.increase(delays.admin);
  return access.connect(admin).execute(target, data);
}

/** A round that pays all that the fund has to the thief, as a call. */
async function roundToThief(
  { protocol: { insuranceFund }, thief }: { protocol: Protocol; thief: Signer },
  token: PlainToken,
) {
  const { chainId } = await ethers.provider.getNetwork();
  const fund = await insuranceFund.getAddress();
  const round = buildInsuranceRound({ chainId, fund, round: 0n, token: await token.getAddress() }, [
    { account: thief.address, amount: COVER },
  ]);
  const least = await insuranceFund.minimumClaimDelay();
  const { root, total } = round;
  const data = insuranceFund.interface.encodeFunctionData("publishRound", [
    0n,
    token.target,
    root,
    total,
    least,
    30n * DAY,
  ]);
  return { target: fund, data };
}

/** The thief, with the operator's key, has published its round. */
async function publishToThief(fixture: Fixture): Promise<void> {
  const { protocol, operator, token, delays } = fixture;
  const { target, data } = await roundToThief(fixture, token);
  await protocol.access.connect(operator).schedule(target, data, 0n);
  await time.increase(delays.operator);
  await protocol.access.connect(operator).execute(target, data);
}

describe("leaked keys", () => {
  describe("given the operator's key", () => {
    it("is a theft that works, if nobody does anything for the operator's delay", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, operator, thief, token, delays } = fixture;
      const calls = await thefts(fixture, MANY);
      const receipt = await (await scheduleAll(protocol.access, operator, calls)).wait();
      expect(receipt?.gasUsed).to.be.lessThan(2n ** 24n);
      expect(await executable(protocol.access, operator, calls.slice(0, 3))).to.equal(0);
      await time.increase(delays.operator);
      expect(await executable(protocol.access, operator, calls)).to.equal(2 * MANY);
      await protocol.access.connect(operator).execute(calls[0]?.target ?? "", calls[0]?.data ?? "");
      expect(await token.balanceOf(thief)).to.equal(ONE);
    });

    it("stops 300 operations scheduled in one block by one transaction of the guardian, for good", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, guardian, operator, thief, token, delays } = fixture;
      const { access, brake } = protocol;
      const calls = await thefts(fixture, MANY);
      await scheduleAll(access, operator, calls);
      // In the last second.
      await time.increase(delays.operator - 10n);
      await brake.connect(guardian).removeOperator(operator);

      await time.increase(10n);
      expect(await executable(access, operator, calls)).to.equal(0);
      const [first] = calls;
      if (!first) throw new Error("no calls");
      await expect(access.connect(operator).execute(first.target, first.data)).to.be.revertedWithCustomError(
        access,
        "AccessManagerUnauthorizedCall",
      );
      await expect(scheduleAll(access, operator, await thefts(fixture, 1))).to.be.revertedWithCustomError(
        access,
        "AccessManagerUnauthorizedCall",
      );
      expect(await token.balanceOf(thief)).to.equal(0n);
    });

    it("never makes it an operator again, since that would revive what it has scheduled", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, guardian, operator, delays } = fixture;
      const { access, brake } = protocol;
      const calls = await thefts(fixture, 3);
      await scheduleAll(access, operator, calls);
      await brake.connect(guardian).removeOperator(operator);
      const data = brake.interface.encodeFunctionData("addOperator", [operator.address, delays.operator]);
      await expect(administer(fixture, brake, data))
        .to.be.revertedWithCustomError(brake, "BrakeOperatorRemoved")
        .withArgs(operator);
      expect(await executable(access, operator, calls)).to.equal(0);

      // What the brake keeps from happening: the admin goes around it, and everything is alive again.
      const { admin } = fixture;
      await administer(fixture, access, access.interface.encodeFunctionData("grantRole", [3n, admin.address, 0n]));
      await access.connect(admin).grantRole(ROLE.operator, operator, delays.operator);
      expect(await executable(access, operator, calls)).to.equal(2 * calls.length);
    });

    it("lets the guardian cancel single operations as well, and lets a new operator take over", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, guardian, operator, pool, successor, delays } = fixture;
      const { access, brake } = protocol;
      const calls = await thefts(fixture, 2);
      await scheduleAll(access, operator, calls);
      for (const { target, data } of calls) await access.connect(guardian).cancel(operator, target, data);
      await time.increase(delays.operator);
      expect(await executable(access, operator, calls)).to.equal(0);

      await brake.connect(guardian).removeOperator(operator);
      const data = brake.interface.encodeFunctionData("addOperator", [successor.address, delays.operator]);
      await administer(fixture, brake, data);
      const closing = pool.interface.encodeFunctionData("closeTerm", [0n]);
      await access.connect(successor).schedule(pool, closing, 0n);
      await time.increase(delays.operator);
      await pool.connect(successor).closeTerm(0n);
    });

    it("has its round of compensation cancelled by the guardian at once, before it pays", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, guardian, operator } = fixture;
      const { insuranceFund, access } = protocol;
      await publishToThief(fixture);
      await expect(insuranceFund.connect(operator).cancelRound(0n)).to.be.revertedWithCustomError(
        insuranceFund,
        "AccessManagedUnauthorized",
      );
      await expect(insuranceFund.connect(guardian).cancelRound(0n)).to.emit(insuranceFund, "RoundCancelled");
      expect(await access.getRoleGuardian(ROLE.operator)).to.equal(ROLE.guardian);
    });

    it("leaves the admin time to name a new guardian, who cancels its round before it pays", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, newGuardian, thief } = fixture;
      const { access, insuranceFund } = protocol;
      await publishToThief(fixture);
      const data = access.interface.encodeFunctionData("grantRole", [ROLE.guardian, newGuardian.address, 0n]);
      await administer(fixture, access, data);
      await insuranceFund.connect(newGuardian).cancelRound(0n);
      await time.increase(await insuranceFund.minimumClaimDelay());
      await expect(insuranceFund.claim(0n, 0n, thief, COVER, [])).to.be.revertedWithCustomError(
        insuranceFund,
        "InsuranceRoundClosed",
      );
    });
  });

  describe("given the guardian's key", () => {
    it("brakes everything, gives nothing, and cannot hold off the admin, who removes it", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, admin, guardian, operator, pool, successor, delays } = fixture;
      const { access, brake } = protocol;
      await pool.connect(guardian).pause();
      await brake.connect(guardian).removeOperator(operator);

      const remove = access.interface.encodeFunctionData("revokeRole", [ROLE.guardian, guardian.address]);
      const replace = brake.interface.encodeFunctionData("addOperator", [successor.address, delays.operator]);
      const plans = [
        { target: await access.getAddress(), data: remove },
        { target: await brake.getAddress(), data: replace },
      ];
      await scheduleAll(access, admin, plans);
      for (const { target, data } of plans) {
        await expect(access.connect(guardian).cancel(admin, target, data)).to.be.revertedWithCustomError(
          access,
          "AccessManagerUnauthorizedCancel",
        );
      }
      const manager = access.connect(guardian);
      for (const attempt of [
        () => manager.setTargetClosed(pool, true),
        () => manager.grantRole(ROLE.operator, guardian, delays.operator),
        () => manager.grantRole(ROLE.guardian, successor, 0n),
        () => manager.grantRole(ROLE.brake, guardian, 0n),
        () => manager.revokeRole(ROLE.guardian, admin),
        () => manager.setRoleGuardian(ROLE.admin, ROLE.guardian),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(access, "AccessManagerUnauthorizedAccount");
      }
      for (const attempt of [
        () => pool.connect(guardian).unpause(),
        () => brake.connect(guardian).addOperator(guardian, delays.operator),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized");
      }

      await time.increase(delays.admin);
      for (const { target, data } of plans) await access.connect(admin).execute(target, data);
      await expect(brake.connect(guardian).removeOperator(successor)).to.be.revertedWithCustomError(
        brake,
        "AccessManagedUnauthorized",
      );
      await access.connect(successor).schedule(pool, pool.interface.encodeFunctionData("unpause"), 0n);
      await time.increase(delays.operator);
      await pool.connect(successor).unpause();
      expect(await pool.paused()).to.equal(false);
    });
  });

  describe("given both keys", () => {
    it("is stopped by the admin's account, which is a guardian too, at once", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { protocol, admin, guardian, operator, token, thief, delays } = fixture;
      const { access, brake } = protocol;
      const calls = [await roundToThief(fixture, token), ...(await thefts(fixture, MANY - 1))];
      await scheduleAll(access, operator, calls);
      await expect(access.connect(guardian).renounceRole(ROLE.guardian, admin)).to.be.revertedWithCustomError(
        access,
        "AccessManagerBadConfirmation",
      );
      await expect(access.connect(guardian).revokeRole(ROLE.guardian, admin)).to.be.revertedWithCustomError(
        access,
        "AccessManagerUnauthorizedAccount",
      );
      await brake.connect(admin).removeOperator(operator);
      await time.increase(delays.operator);
      expect(await executable(access, operator, calls)).to.equal(0);

      const remove = access.interface.encodeFunctionData("revokeRole", [ROLE.guardian, guardian.address]);
      await administer(fixture, access, remove);
      expect((await access.hasRole(ROLE.guardian, guardian)).isMember).to.equal(false);
      expect(await token.balanceOf(thief)).to.equal(0n);
    });
  });
});
