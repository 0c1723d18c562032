import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { network } from "hardhat";

import { DAY, namedActors } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const [ADMIN, OPERATOR, GUARDIAN, BRAKE] = [0n, 1n, 2n, 3n];

const ADMIN_DELAY = 2n * DAY;
const MINIMUM = DAY;

/**
 * A brake as deployments have it, with alice as operator; the governor is admin after its delay, and it and the guardian
 * brake at once.
 */
async function deployed() {
  const actors = await namedActors(ethers);
  const access = await ethers.deployContract("AccessManager", [actors.deployer]);
  const brake = await ethers.deployContract("OperatorBrake", [access, OPERATOR, MINIMUM]);
  await access.setTargetFunctionRole(brake, [brake.interface.getFunction("removeOperator").selector], GUARDIAN);
  await access.setRoleGuardian(OPERATOR, GUARDIAN);
  await access.setRoleAdmin(OPERATOR, BRAKE);
  await access.grantRole(BRAKE, brake, 0n);
  for (const account of [actors.guardian, actors.governor]) await access.grantRole(GUARDIAN, account, 0n);
  await brake.addOperator(actors.alice, MINIMUM);
  await access.grantRole(ADMIN, actors.governor, ADMIN_DELAY);
  await access.renounceRole(ADMIN, actors.deployer);
  return { actors, access, brake, admin: brake.connect(actors.governor), guardian: brake.connect(actors.guardian) };
}

type Fixture = Awaited<ReturnType<typeof deployed>>;

/** Lets the admin's delay pass for an addition, and makes it. */
async function add({ access, actors, admin }: Fixture, account: HardhatEthersSigner, delay: bigint) {
  const data = admin.interface.encodeFunctionData("addOperator", [account.address, delay]);
  await access.connect(actors.governor).schedule(admin, data, 0n);
  await time.increase(ADMIN_DELAY);
  return admin.addOperator(account, delay);
}

describe("OperatorBrake", () => {
  describe("constructor", () => {
    it("keeps role, least delay and authority", async () => {
      const { access, brake } = await networkHelpers.loadFixture(deployed);
      expect([await brake.operatorRole(), await brake.minimumDelay()]).to.deep.equal([OPERATOR, MINIMUM]);
      expect(await brake.authority()).to.equal(access);
    });

    it("reverts when an operator could act without delay", async () => {
      const { access, brake } = await networkHelpers.loadFixture(deployed);
      await expect(ethers.deployContract("OperatorBrake", [access, OPERATOR, 0n]))
        .to.be.revertedWithCustomError(brake, "BrakeDelayBelowMinimum")
        .withArgs(0n, 1n);
    });
  });

  describe("removeOperator", () => {
    it("takes the role from an operator at once, for the guardian and for the admin's account", async () => {
      const { access, actors, brake, guardian, admin } = await networkHelpers.loadFixture(deployed);
      for (const by of [guardian, admin]) {
        const snapshot = await networkHelpers.takeSnapshot();
        const removed = by.removeOperator(actors.alice);
        await expect(removed).to.emit(brake, "OperatorRemoved").withArgs(actors.alice);
        await expect(removed).to.emit(access, "RoleRevoked").withArgs(OPERATOR, actors.alice);
        expect((await access.hasRole(OPERATOR, actors.alice)).isMember).to.equal(false);
        expect(await brake.wasRemoved(actors.alice)).to.equal(true);
        await snapshot.restore();
      }
    });

    it("removes one that was not added here, and one whose role is yet to take effect", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { access, actors, brake, guardian } = fixture;
      // An admin that goes around the brake, as only it can: it joins the brake's role, and makes grants wait.
      const manager = access.connect(actors.governor);
      const calls = [
        access.interface.encodeFunctionData("grantRole", [BRAKE, actors.governor.address, 0n]),
        access.interface.encodeFunctionData("setGrantDelay", [OPERATOR, 30n * DAY]),
      ];
      for (const data of calls) await manager.schedule(access, data, 0n);
      await time.increase(ADMIN_DELAY);
      for (const data of calls) await manager.execute(access, data);
      await time.increase(5n * DAY); // for the delay of grants to take effect
      await manager.grantRole(OPERATOR, actors.bob, MINIMUM);
      expect((await access.hasRole(OPERATOR, actors.bob)).isMember).to.equal(false);

      await guardian.removeOperator(actors.bob);
      await time.increase(30n * DAY);
      expect((await access.hasRole(OPERATOR, actors.bob)).isMember).to.equal(false);
      expect(await brake.wasRemoved(actors.bob)).to.equal(true);
    });

    it("reverts for an account that is no operator", async () => {
      const { actors, brake, guardian } = await networkHelpers.loadFixture(deployed);
      await expect(guardian.removeOperator(actors.bob))
        .to.be.revertedWithCustomError(brake, "BrakeNotOperator")
        .withArgs(actors.bob);
      await guardian.removeOperator(actors.alice);
      await expect(guardian.removeOperator(actors.alice))
        .to.be.revertedWithCustomError(brake, "BrakeNotOperator")
        .withArgs(actors.alice);
    });

    it("reverts for everybody but guardians, the operator itself included", async () => {
      const { actors, brake } = await networkHelpers.loadFixture(deployed);
      for (const caller of [actors.alice, actors.stranger, actors.deployer]) {
        await expect(brake.connect(caller).removeOperator(actors.alice))
          .to.be.revertedWithCustomError(brake, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });
  });

  describe("addOperator", () => {
    it("gives an account the role for the admin, after its delay", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { access, actors, admin, brake } = fixture;
      await expect(admin.addOperator(actors.bob, MINIMUM)).to.be.revertedWithCustomError(
        access,
        "AccessManagerNotScheduled",
      );
      await expect(add(fixture, actors.bob, MINIMUM + 5n))
        .to.emit(brake, "OperatorAdded")
        .withArgs(actors.bob, MINIMUM + 5n);
      expect(await access.hasRole(OPERATOR, actors.bob)).to.deep.equal([true, MINIMUM + 5n]);
      expect(await brake.wasRemoved(actors.bob)).to.equal(false);
    });

    it("lengthens an operator's delay at once, and shortens it once the difference has passed", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { access, actors } = fixture;
      await add(fixture, actors.alice, MINIMUM + DAY);
      expect(await access.hasRole(OPERATOR, actors.alice)).to.deep.equal([true, MINIMUM + DAY]);
      await add(fixture, actors.alice, MINIMUM);
      expect(await access.hasRole(OPERATOR, actors.alice)).to.deep.equal([true, MINIMUM + DAY]);
      await time.increase(DAY);
      expect(await access.hasRole(OPERATOR, actors.alice)).to.deep.equal([true, MINIMUM]);
    });

    it("reverts for a delay below the least", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      for (const short of [0n, MINIMUM - 1n]) {
        await expect(add(fixture, fixture.actors.bob, short))
          .to.be.revertedWithCustomError(fixture.brake, "BrakeDelayBelowMinimum")
          .withArgs(short, MINIMUM);
      }
    });

    it("reverts for an operator that was removed, and for one that left by itself", async () => {
      const fixture = await networkHelpers.loadFixture(deployed);
      const { access, actors, brake, guardian } = fixture;
      const leave = [
        () => guardian.removeOperator(actors.alice),
        () => access.connect(actors.alice).renounceRole(OPERATOR, actors.alice),
      ];
      for (const leaves of leave) {
        const snapshot = await networkHelpers.takeSnapshot();
        await leaves();
        expect(await brake.wasRemoved(actors.alice)).to.equal(true);
        await expect(add(fixture, actors.alice, MINIMUM))
          .to.be.revertedWithCustomError(brake, "BrakeOperatorRemoved")
          .withArgs(actors.alice);
        await snapshot.restore();
      }
    });

    it("is not for the guardian, the operator or anybody else", async () => {
      const { actors, brake } = await networkHelpers.loadFixture(deployed);
      for (const caller of [actors.guardian, actors.alice, actors.stranger, actors.deployer]) {
        await expect(brake.connect(caller).addOperator(actors.bob, MINIMUM))
          .to.be.revertedWithCustomError(brake, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });
  });

  describe("given the access manager itself", () => {
    it("lets not even the admin grant or revoke the operator's role past the brake", async () => {
      const { access, actors } = await networkHelpers.loadFixture(deployed);
      const manager = access.connect(actors.governor);
      for (const attempt of [
        () => manager.grantRole(OPERATOR, actors.governor, 0n),
        () => manager.revokeRole(OPERATOR, actors.alice),
      ]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(access, "AccessManagerUnauthorizedAccount")
          .withArgs(actors.governor, BRAKE);
      }
    });
  });
});
