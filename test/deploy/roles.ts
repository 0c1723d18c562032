import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";
import { FunctionFragment, ZeroAddress, type BaseContract, type ParamType } from "ethers";
import { network } from "hardhat";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { governedContracts, RESTRICTED_FUNCTIONS, ROLE, selectorOf } from "../../deploy/roles.ts";
import { verifyRoles } from "../../deploy/verify-roles.ts";
import { deployLocalProtocol, type LocalProtocol } from "../helpers/local-protocol.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

interface Fixture extends LocalProtocol {
  readonly admin: Awaited<ReturnType<typeof ethers.getSigner>>;
  readonly operator: Awaited<ReturnType<typeof ethers.getSigner>>;
  readonly guardian: Awaited<ReturnType<typeof ethers.getSigner>>;
  readonly stranger: Awaited<ReturnType<typeof ethers.getSigner>>;
}

async function deployFixture(): Promise<Fixture> {
  const { protocolConfig, protocol } = await deployLocalProtocol(connection);
  const { admin, operator, guardian } = protocolConfig.roles;
  return {
    protocolConfig,
    protocol,
    admin: await ethers.getSigner(admin.account),
    operator: await ethers.getSigner(operator.account),
    guardian: await ethers.getSigner(guardian.account),
    stranger: await ethers.getSigner("0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"),
  };
}

/** A value of the type that can be encoded; whether it makes sense does not matter, since access is asked first. */
function zeroOf(type: ParamType): unknown {
  if (type.baseType === "array") return [];
  if (type.baseType === "tuple") return (type.components ?? []).map(zeroOf);
  if (type.type === "address") return ZeroAddress;
  if (type.type === "bool") return false;
  if (type.type === "string") return "";
  if (type.type === "bytes") return "0x";
  return type.type.startsWith("bytes") ? `0x${"00".repeat(Number(type.type.slice(5)))}` : 0n;
}

/** Names of the functions that refuse a stranger for want of a role. */
async function restrictedFunctionsOf(contract: BaseContract, stranger: string): Promise<string[]> {
  const refusal = ethers.id("AccessManagedUnauthorized(address)").slice(0, 10);
  const names: string[] = [];
  for (const fragment of contract.interface.fragments) {
    if (!(fragment instanceof FunctionFragment)) continue;
    const data = contract.interface.encodeFunctionData(fragment, fragment.inputs.map(zeroOf));
    const call = { from: stranger, to: await contract.getAddress(), data };
    const answer: unknown = await ethers.provider.call(call).catch((error: unknown) => error);
    if (revertData(answer).startsWith(refusal)) names.push(fragment.name);
  }
  return names.sort();
}

function revertData(answer: unknown): string {
  if (typeof answer !== "object" || answer === null) return "";
  if ("data" in answer && typeof answer.data === "string") return answer.data;
  return "cause" in answer ? revertData(answer.cause) : "";
}

describe("roles", () => {
  describe("given the deployed protocol", () => {
    it("restricts the functions of the list and no other: no exit, claim, transfer or view", async () => {
      const { protocol, stranger } = await networkHelpers.loadFixture(deployFixture);
      for (const [name, kind, contract] of governedContracts(protocol)) {
        const { admin, operator, guardian } = RESTRICTED_FUNCTIONS[kind];
        const found = await restrictedFunctionsOf(contract, stranger.address);
        // Only the access manager itself calls `setAuthority`.
        expect(found, name).to.deep.equal([...admin, ...operator, ...guardian, "setAuthority"].sort());
      }
    });

    it("lets the operator do its part after the delay, the guardian its own at once, and nobody else anything", async () => {
      const { protocolConfig, protocol, ...accounts } = await networkHelpers.loadFixture(deployFixture);
      const delay = protocolConfig.roles.operator.delay;
      for (const [, kind, contract] of governedContracts(protocol)) {
        const can = async (account: string, functionName: string) => [
          ...(await protocol.access.canCall(account, contract, selectorOf(kind, functionName))),
        ];
        for (const name of RESTRICTED_FUNCTIONS[kind].operator) {
          expect(await can(accounts.operator.address, name), name).to.deep.equal([false, delay]);
          expect(await can(accounts.guardian.address, name), name).to.deep.equal([false, 0n]);
          expect(await can(accounts.admin.address, name), name).to.deep.equal([false, 0n]);
          expect(await can(protocol.deployer.address, name), name).to.deep.equal([false, 0n]);
        }
        for (const name of RESTRICTED_FUNCTIONS[kind].admin) {
          expect(await can(accounts.admin.address, name), name).to.deep.equal([
            false,
            protocolConfig.roles.admin.delay,
          ]);
          expect(await can(accounts.guardian.address, name), name).to.deep.equal([false, 0n]);
          expect(await can(accounts.operator.address, name), name).to.deep.equal([false, 0n]);
        }
        for (const name of RESTRICTED_FUNCTIONS[kind].guardian) {
          // The admin's account brakes as well, so that a leaked guardian does not stand alone.
          expect(await can(accounts.guardian.address, name), name).to.deep.equal([true, 0n]);
          expect(await can(accounts.admin.address, name), name).to.deep.equal([true, 0n]);
          expect(await can(accounts.operator.address, name), name).to.deep.equal([false, 0n]);
          expect(await can(protocol.deployer.address, name), name).to.deep.equal([false, 0n]);
        }
      }
    });

    it("leaves the deployer without any role", async () => {
      const { protocol } = await networkHelpers.loadFixture(deployFixture);
      for (const role of Object.values(ROLE)) {
        expect((await protocol.access.hasRole(role, protocol.deployer)).isMember).to.equal(false);
      }
      await expect(protocol.access.grantRole(ROLE.guardian, protocol.deployer, 0)).to.be.revertedWithCustomError(
        protocol.access,
        "AccessManagerUnauthorizedAccount",
      );
    });

    it("lets the guardian pause at once and the operator unpause a day later, not before", async () => {
      const { protocol, guardian, operator } = await networkHelpers.loadFixture(deployFixture);
      const pool = lookUp(protocol.flexiblePools, "Flexible");
      await pool.connect(guardian).pause();
      expect(await pool.paused()).to.equal(true);

      await expect(pool.connect(guardian).unpause()).to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized");
      await expect(pool.connect(operator).unpause()).to.be.revertedWithCustomError(
        protocol.access,
        "AccessManagerNotScheduled",
      );
      await protocol.access.connect(operator).schedule(pool, pool.interface.encodeFunctionData("unpause"), 0);
      await expect(pool.connect(operator).unpause()).to.be.revertedWithCustomError(
        protocol.access,
        "AccessManagerNotReady",
      );
      await networkHelpers.time.increase(DAY);
      await pool.connect(operator).unpause();
      expect(await pool.paused()).to.equal(false);
    });

    it("lets the guardian cancel what the operator scheduled, and neither close a contract nor give a role", async () => {
      const { protocol, guardian, operator } = await networkHelpers.loadFixture(deployFixture);
      const pool = lookUp(protocol.fixedTermPools, "Fixed");
      const data = pool.interface.encodeFunctionData("closeTerm", [0]);
      const access = protocol.access.connect(guardian);
      await protocol.access.connect(operator).schedule(pool, data, 0);
      await expect(access.cancel(operator, pool, data)).to.emit(access, "OperationCanceled");
      await expect(access.setTargetClosed(pool, true)).to.be.revertedWithCustomError(
        access,
        "AccessManagerUnauthorizedAccount",
      );
      await expect(access.grantRole(ROLE.guardian, guardian, 0)).to.be.revertedWithCustomError(
        access,
        "AccessManagerUnauthorizedAccount",
      );
    });
  });

  describe("verifyRoles", () => {
    type Change = (fixture: Fixture) => string | Promise<string>;
    const cases: [title: string, change: Change, problem: RegExp][] = [
      [
        "the deployer has a role",
        ({ protocol: { access, deployer } }) =>
          access.interface.encodeFunctionData("grantRole", [ROLE.guardian, deployer.address, 0]),
        /role guardian: the deployer 0xf39F\w+ holds it still/,
      ],
      [
        "a holder lost its role",
        ({ protocol: { access }, guardian }) =>
          access.interface.encodeFunctionData("revokeRole", [ROLE.guardian, guardian.address]),
        /role guardian: 0x90F7\w+ does not hold it/,
      ],
      [
        "the guardian cannot cancel",
        ({ protocol: { access } }) =>
          access.interface.encodeFunctionData("setRoleGuardian", [ROLE.operator, ROLE.admin]),
        /role operator: role 0 can cancel what is scheduled of its functions, not the guardian/,
      ],
      [
        "the guardian can cancel what the brake or other guardians schedule",
        ({ protocol: { access } }) =>
          access.interface.encodeFunctionData("setRoleGuardian", [ROLE.guardian, ROLE.guardian]),
        /role guardian: role 2 can cancel what is scheduled of its functions, not the admin/,
      ],
      [
        "the admin's account no longer brakes",
        ({ protocol: { access }, admin }) =>
          access.interface.encodeFunctionData("revokeRole", [ROLE.guardian, admin.address]),
        /role guardian: 0x7099\w+ does not hold it/,
      ],
      [
        "the brake lost its role",
        async ({ protocol: { access, brake } }) =>
          access.interface.encodeFunctionData("revokeRole", [ROLE.brake, await brake.getAddress()]),
        /role brake: 0x\w+ does not hold it/,
      ],
      [
        "the brake acts after a delay",
        async ({ protocol: { access, brake } }) =>
          access.interface.encodeFunctionData("grantRole", [ROLE.brake, await brake.getAddress(), DAY]),
        /role brake: 0x\w+ acts after 1 day, not after 0 days/,
      ],
      [
        "who is granted a role waits",
        ({ protocol: { access } }) => access.interface.encodeFunctionData("setGrantDelay", [ROLE.guardian, 9n * DAY]),
        /role guardian: whoever is granted it waits 9 days more/,
      ],
      [
        "the admin waits longer than rounds of compensation do before they pay",
        ({ protocol: { access }, admin }) =>
          access.interface.encodeFunctionData("grantRole", [ROLE.admin, admin.address, 3n * DAY]),
        /InsuranceFund: rounds can open after 3 days, before the admin acts, who waits 3 days/,
      ],
      [
        "the brake is closed",
        async ({ protocol: { access, brake } }) =>
          access.interface.encodeFunctionData("setTargetClosed", [await brake.getAddress(), true]),
        /OperatorBrake: is closed/,
      ],
      [
        "somebody but the admin adds operators",
        async ({ protocol: { access, brake } }) =>
          access.interface.encodeFunctionData("setTargetFunctionRole", [
            await brake.getAddress(),
            [selectorOf("OperatorBrake", "addOperator")],
            ROLE.guardian,
          ]),
        /OperatorBrake\.addOperator: is for role 2, not for the admin/,
      ],
      [
        "the guardian can grant",
        ({ protocol: { access } }) =>
          access.interface.encodeFunctionData("setRoleAdmin", [ROLE.operator, ROLE.guardian]),
        /role operator: is granted by role 2/,
      ],
      [
        "a contract is closed",
        async ({ protocol: { access, distributor } }) =>
          access.interface.encodeFunctionData("setTargetClosed", [await distributor.getAddress(), true]),
        /RewardDistributor: is closed/,
      ],
      [
        "a function has another role",
        async ({ protocol: { access, factory } }) =>
          access.interface.encodeFunctionData("setTargetFunctionRole", [
            await factory.getAddress(),
            [selectorOf("PoolFactory", "setListed")],
            ROLE.guardian,
          ]),
        /PoolFactory\.setListed: is for role 2, not for the operator/,
      ],
      [
        "the operator acts later than the protocol config says",
        ({ protocol: { brake }, operator }) =>
          brake.interface.encodeFunctionData("addOperator", [operator.address, DAY + 1n]),
        /role operator: 0x3C44\w+ acts after 86401 seconds, not after 1 day/,
      ],
    ];
    it("tells when the brake was made for another role, or with another least delay", async () => {
      const { protocol, protocolConfig } = await networkHelpers.loadFixture(deployFixture);
      const brake = await ethers.deployContract("OperatorBrake", [protocol.access, ROLE.guardian, 1n]);
      const problems = await verifyRoles({ ...protocol, brake }, protocolConfig, protocol.deployer.address);
      expect(problems.map(({ message }) => message)).to.include.members([
        "adds and removes members of role 2",
        "the shortest delay is 1 second, not 1 day",
      ]);
    });

    it("tells when rounds of compensation open sooner than the protocol config says", async () => {
      const { protocol, protocolConfig } = await networkHelpers.loadFixture(deployFixture);
      const insuranceFund = await ethers.deployContract("InsuranceFund", [protocol.access, 2n * DAY]);
      const problems = await verifyRoles({ ...protocol, insuranceFund }, protocolConfig, protocol.deployer.address);
      expect(problems.map(({ message }) => message)).to.include.members([
        "rounds open after 2 days, not after 3 days",
        "rounds can open after 2 days, before the admin acts, who waits 2 days",
      ]);
    });

    for (const [title, change, problem] of cases) {
      it(`tells when ${title}`, async () => {
        const fixture = await networkHelpers.loadFixture(deployFixture);
        const { protocol, protocolConfig, admin } = fixture;
        const access = protocol.access.connect(admin);
        const data = await change(fixture);
        expect(await verifyRoles(protocol, protocolConfig, protocol.deployer.address)).to.deep.equal([]);

        const added = protocol.brake.interface.getFunction("addOperator").selector;
        const target = data.startsWith(added) ? protocol.brake : protocol.access;
        await access.schedule(target, data, 0);
        await networkHelpers.time.increase(protocolConfig.roles.admin.delay);
        await access.execute(target, data);
        await networkHelpers.time.increase(5n * DAY); // for a delay of grants to take effect
        const problems = await verifyRoles(protocol, protocolConfig, protocol.deployer.address);
        expect(problems.map(({ place, message }) => `${place}: ${message}`).join("\n")).to.match(problem);
      });
    }
  });
});
