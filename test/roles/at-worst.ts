import { DAY, ONE } from "@termstake/sdk/units";
import { expect } from "chai";
import { isAddressable, MaxUint256, ZeroAddress, type BaseContract } from "ethers";
import { network } from "hardhat";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { governedContracts, RESTRICTED_FUNCTIONS, ROLE } from "../../deploy/roles.ts";
import { operatorLevers } from "../helpers/operator-levers.ts";
import { everybodyLeaves, impatientLeaves, openSavings, type Savers } from "../helpers/savers.ts";
import { Behaviour, answer, turnHostile } from "../helpers/scripted.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

type Signer = Awaited<ReturnType<typeof ethers.getSigner>>;

/** A call of a restricted function. */
interface NamedCall {
  readonly name: string;
  readonly target: string;
  readonly data: string;
}

/** An attack, or its part in a quarter of the year. Says what it achieved, by name. */
type Attack = (savers: Savers, achieved: Set<string>) => Promise<void>;

const QUARTERS = 4;
const QUARTER = 95n * DAY;

async function openFixture(): Promise<Savers> {
  const savers = await openSavings(connection);
  // Something that belongs to nobody lies everywhere, to be rescued, and the fund has something to give.
  for (const contract of [
    ...Object.values(savers.protocol.flexiblePools),
    ...Object.values(savers.protocol.fixedTermPools),
  ]) {
    await savers.stakingToken.mint(contract, ONE);
  }
  await savers.stakingToken.mint(savers.protocol.distributor, ONE);
  await savers.stakingToken.mint(savers.protocol.insuranceFund, ONE);
  return savers;
}

/** Attacks for a year; the impatient one leaves after a quarter, everybody else in the end, with what the rules give. */
async function attackForAYear(savers: Savers, attack: Attack): Promise<Set<string>> {
  const achieved = new Set<string>();
  for (let quarter = 0; quarter < QUARTERS; ++quarter) {
    await attack(savers, achieved);
    await networkHelpers.time.increase(QUARTER);
    if (quarter === 0) await impatientLeaves(savers);
  }
  await everybodyLeaves(savers);
  return achieved;
}

/** Does what may fail, and notes its name if it does not. */
async function tryTo(name: string, achieved: Set<string>, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
    achieved.add(name);
  } catch (error) {
    if (!(error instanceof Error) || !/revert|Unauthorized/i.test(error.message)) throw error;
  }
}

async function signerOf(contract: BaseContract): Promise<Signer> {
  const address = await contract.getAddress();
  await networkHelpers.impersonateAccount(address);
  await networkHelpers.setBalance(address, ONE);
  return ethers.getSigner(address);
}

/** Everything that the operator's role lets it do, with the worst arguments, as calls. */
async function operatorCalls({ protocol, stakingToken }: Savers, thief: string): Promise<NamedCall[]> {
  const calls: NamedCall[] = [];
  for (const [kind, functions] of Object.entries(operatorLevers(protocol, stakingToken, thief))) {
    for (const [name, callsOf] of Object.entries(functions)) {
      for (const { contract, values } of await callsOf()) {
        const data = contract.interface.encodeFunctionData(name, await resolved(values));
        const target = await contract.getAddress();
        if (!calls.some((call) => call.target === target && call.data === data))
          calls.push({ name: `${kind}.${name}`, target, data });
      }
    }
  }
  return calls;
}

/** The values with addresses in place of contracts. */
async function resolved(value: readonly unknown[]): Promise<unknown[]> {
  return Promise.all(value.map(resolve));
}

async function resolve(value: unknown): Promise<unknown> {
  if (isAddressable(value)) return value.getAddress();
  if (Array.isArray(value)) return resolved(value);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await resolve(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Makes the operator's calls through the access manager and its delay. */
async function operate(savers: Savers, operator: Signer, delay: bigint, achieved: Set<string>): Promise<void> {
  const access = savers.protocol.access.connect(operator);
  const calls = await operatorCalls(savers, operator.address);
  if (delay !== 0n) {
    for (const { target, data } of calls) await access.schedule(target, data, 0);
    await networkHelpers.time.increase(delay);
  }
  for (const { name, target, data } of calls) await tryTo(name, achieved, () => access.execute(target, data));
}

function operatorFunctions(): string[] {
  return Object.entries(RESTRICTED_FUNCTIONS).flatMap(([kind, { operator }]) =>
    operator.map((name) => `${kind}.${name}`),
  );
}

describe("every role at its worst, for a year", () => {
  it("operator: takes what is nobody's, and not a unit of what is somebody's", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const [, , operator, guardian] = await ethers.getSigners();
    if (!operator || !guardian) throw new Error("no accounts");
    const achieved = await attackForAYear(savers, async (_, names) => {
      await operate(savers, operator, DAY, names);
      const { insuranceFund } = savers.protocol;
      await networkHelpers.time.increase(await insuranceFund.minimumClaimDelay());
      const round = (await insuranceFund.roundCount()) - 1n;
      const { total } = await insuranceFund.rounds(round);
      await insuranceFund.claim(round, 0n, operator, total, []);
    });
    // Each function worked, with the arguments that are allowed.
    expect([...achieved].sort()).to.deep.equal(operatorFunctions().sort());
  });

  it("admin: gives itself every role without delay, or a hostile authority to every contract", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { protocol } = savers;
    const [, admin] = await ethers.getSigners();
    if (!admin) throw new Error("no accounts");
    const hostile = await ethers.deployContract("ScriptedContract");
    await answer(hostile, "canCall(address,address,bytes4)", { behaviour: Behaviour.burnGas });
    const access = protocol.access.connect(admin);
    const manager = await protocol.access.getAddress();
    const govern = async (name: string, values: unknown[], achieved: Set<string>): Promise<void> => {
      const data = protocol.access.interface.encodeFunctionData(name as "grantRole", values as never);
      await access.schedule(manager, data, 0);
      await networkHelpers.time.increase(2n * DAY);
      await tryTo(name, achieved, () => access.execute(manager, data));
    };
    let quarter = 0;
    const achieved = await attackForAYear(savers, async (_, names) => {
      quarter += 1;
      if (quarter === 1) {
        // The operator's role is the brake's to give, and the brake's the admin's.
        await govern("grantRole", [ROLE.brake, admin.address, 0], names);
        await access.grantRole(ROLE.operator, admin, 0);
        await operate(savers, admin, 0n, names);
      } else if (quarter === 2) {
        for (const [, , contract] of governedContracts(protocol)) {
          await govern("setTargetClosed", [await contract.getAddress(), true], names);
        }
      } else if (quarter === 3) {
        for (const [, , contract] of governedContracts(protocol)) {
          await govern("updateAuthority", [await contract.getAddress(), await hostile.getAddress()], names);
        }
      }
    });
    expect(achieved).to.include.keys("grantRole", "setTargetClosed", "updateAuthority", "FixedTermPool.withdrawBudget");
  });

  it("guardian: pauses every pool and term, and keeps them paused; cancels rounds, and removes the operator", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const [, , operator, guardian] = await ethers.getSigners();
    if (!operator || !guardian) throw new Error("no accounts");
    await operate(savers, operator, DAY, new Set());
    const achieved = await attackForAYear(savers, async ({ protocol }, names) => {
      const { brake, insuranceFund } = protocol;
      await tryTo("InsuranceFund.cancelRound", names, () => insuranceFund.connect(guardian).cancelRound(0n));
      await tryTo("OperatorBrake.removeOperator", names, () => brake.connect(guardian).removeOperator(operator));
      await tryTo("added an operator", names, () => brake.connect(guardian).addOperator(guardian, DAY));
      for (const pool of Object.values(protocol.flexiblePools)) {
        await tryTo("FlexiblePool.pause", names, () => pool.connect(guardian).pause());
      }
      for (const pool of Object.values(protocol.fixedTermPools)) {
        await tryTo("FixedTermPool.pause", names, () => pool.connect(guardian).pause());
        for (let id = 0n; id < (await pool.termCount()); ++id) {
          await tryTo("FixedTermPool.pauseTerm", names, () => pool.connect(guardian).pauseTerm(id));
        }
      }
      for (const { name, target, data } of await operatorCalls(savers, guardian.address)) {
        await tryTo(name, names, () => guardian.sendTransaction({ to: target, data }));
      }
    });
    const own = Object.entries(RESTRICTED_FUNCTIONS).flatMap(([kind, { guardian: names }]) =>
      names.map((name) => `${kind}.${name}`),
    );
    expect([...achieved].sort()).to.deep.equal(own.sort());
  });

  it("funder: notifies nothing, a little, and what is not there", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const [, , operator] = await ethers.getSigners();
    const funder = (await ethers.getSigners())[10];
    if (!operator || !funder) throw new Error("no accounts");
    const { flexible, protocol, stakingToken } = savers;
    const data = flexible.interface.encodeFunctionData("setFunder", [funder.address, true]);
    const access = protocol.access.connect(operator);
    await access.schedule(flexible, data, 0);
    await networkHelpers.time.increase(DAY);
    await access.execute(flexible, data);

    const achieved = await attackForAYear(savers, async (_, names) => {
      const notify = (name: string, amount: bigint) =>
        tryTo(name, names, () => flexible.connect(funder).notifyRewardAmount(amount));
      await notify("nothing", 0n);
      await notify("what is not there", await stakingToken.balanceOf(flexible));
      await notify("more than there can be", MaxUint256);
      await stakingToken.mint(flexible, 700_000n);
      await notify("a little", 700_000n);
    });
    expect([...achieved]).to.deep.equal(["a little"]);
  });

  it("distributor: gives its tokens away and notifies what is not there", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { flexible, protocol, stakingToken } = savers;
    const distributor = await signerOf(protocol.distributor);
    const thief = (await ethers.getSigners())[10];
    if (!thief) throw new Error("no accounts");
    const achieved = await attackForAYear(savers, async (_, names) => {
      await tryTo("notified", names, async () =>
        flexible.connect(distributor).notifyRewardAmount(await stakingToken.balanceOf(flexible)),
      );
      await tryTo("took a stake", names, () => stakingToken.connect(distributor).transferFrom(flexible, thief, 1n));
      await tryTo("gave away", names, async () =>
        stakingToken.connect(distributor).transfer(thief, await stakingToken.balanceOf(distributor)),
      );
    });
    expect([...achieved]).to.deep.equal(["gave away"]);
  });

  it("treasury: refuses its shares", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const achieved = await attackForAYear(savers, async ({ protocol }, names) => {
      const { treasury } = await lookUp(protocol.fixedTermPools, "Fixed").recipients();
      await refuse(savers, treasury);
      await sweepEverything(savers, names);
    });
    expect(achieved).to.include.keys("sweepPenalties");
  });

  it("insurance fund: gives away what it holds, and refuses its shares", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { protocol, stakingToken } = savers;
    const fund = await signerOf(protocol.insuranceFund);
    const thief = (await ethers.getSigners())[10];
    if (!thief) throw new Error("no accounts");
    let turned = false;
    const achieved = await attackForAYear(savers, async (_, names) => {
      await tryTo("gave away", names, async () =>
        stakingToken.connect(fund).transfer(thief, await stakingToken.balanceOf(fund)),
      );
      for (const pool of [...Object.values(protocol.flexiblePools), ...Object.values(protocol.fixedTermPools)]) {
        await tryTo("took from a pool", names, () => stakingToken.connect(fund).transferFrom(pool, thief, 1n));
      }
      if (!turned) await turnHostile(connection, protocol.insuranceFund);
      turned = true;
      await refuse(savers, fund.address);
      await sweepEverything(savers, names);
    });
    expect([...achieved].sort()).to.deep.equal(["gave away", "sweepFees", "sweepPenalties"]);
  });

  it("keeper, anyone: calls everything that is open to all, for others and too often", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { protocol, flexible, stakingToken, staker } = savers;
    const keeper = (await ethers.getSigners())[10];
    if (!keeper) throw new Error("no accounts");
    const achieved = await attackForAYear(savers, async (_, names) => {
      await stakingToken.mint(keeper, 10n * ONE);
      for (const contract of [flexible, ...Object.values(protocol.fixedTermPools), protocol.distributor]) {
        await stakingToken.connect(keeper).approve(contract, MaxUint256);
      }
      for (const saving of [...savers.patient, savers.impatient]) {
        const { owner, id, principal } = saving;
        const pool = saving.pool.connect(keeper);
        await tryTo("withdrew another's", names, () => pool.withdraw(id, keeper));
        await tryTo("left for another", names, () => pool.withdrawEarly(id, principal, keeper, 0, 0));
        await tryTo("renewed without an order", names, () => pool.renew(id, 0, 0));
        await tryTo("ordered for another", names, () => pool.setAutoRenew(id, 0, 3_600, false));
        await tryTo("took a position", names, () => pool.transferFrom(owner, keeper, id));
        await tryTo("claimed what is owed to nobody", names, () => pool.claimOwed(keeper));
        await tryTo("funded", names, () => pool.fund(1n));
      }
      await tryTo("distributed", names, () => protocol.distributor.connect(keeper).distribute(0, flexible));
      await tryTo("distributed twice", names, () => protocol.distributor.connect(keeper).distribute(0, flexible));
      await tryTo("exited for another", names, () => flexible.connect(keeper).withdraw(savers.stake));
      await tryTo("notified", names, () => flexible.connect(keeper).notifyRewardAmount(1n));
      await tryTo("staked and left at once", names, async () => {
        await flexible.connect(keeper).stake(ONE);
        await flexible.connect(keeper).exit();
      });
      await sweepEverything(savers, names);
      await tryTo("nobody's", names, () => flexible.connect(keeper).stakeFor(ZeroAddress, 10n));
    });
    expect([...achieved].sort()).to.deep.equal([
      "distributed",
      "funded",
      "staked and left at once",
      "sweepFees",
      "sweepPenalties",
    ]);
    expect(await flexible.balanceOf(staker)).to.equal(0n);
  });

  it("is caught where rewards that were streamed are taken", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { stakingToken, staker, flexible } = savers;
    await stakingToken
      .connect(await signerOf(flexible))
      .transfer(staker, (await stakingToken.balanceOf(flexible)) - savers.stake);
    await networkHelpers.time.increase(QUARTER);
    await impatientLeaves(savers);
    const failure: unknown = await everybodyLeaves(savers).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
  });

  it("is caught where somebody else is given a share of what is streamed later", async () => {
    const savers = await networkHelpers.loadFixture(openFixture);
    const { protocol, stakingToken, flexible } = savers;
    const thief = (await ethers.getSigners())[10];
    if (!thief) throw new Error("no accounts");
    await stakingToken.mint(thief, savers.stake);
    await stakingToken.connect(thief).approve(flexible, savers.stake);
    await networkHelpers.time.increase(QUARTER);
    await protocol.distributor.distribute(0, flexible);
    await flexible.connect(thief).stake(savers.stake);
    await networkHelpers.time.increase(QUARTER);
    await flexible.connect(thief).exit();
    const failure: unknown = await everybodyLeaves(savers).catch((error: unknown) => error);
    expect(String(failure)).to.contain("what others got");
  });
});

/** Makes the staking token refuse the account, as a token with a list of blocked accounts does. */
async function refuse({ stakingToken }: Savers, account: string): Promise<void> {
  const blocklist = await ethers.deployContract("BlocklistToken");
  await networkHelpers.setCode(await stakingToken.getAddress(), await ethers.provider.getCode(blocklist));
  await (await ethers.getContractAt("BlocklistToken", await stakingToken.getAddress())).setBlocked(account, true);
}

/** Lets anybody send on what is due to treasury and insurance. */
async function sweepEverything({ protocol, stakingToken }: Savers, achieved: Set<string>): Promise<void> {
  for (const pool of Object.values(protocol.fixedTermPools)) {
    await tryTo("sweepPenalties", achieved, () => pool.sweepPenalties());
  }
  await tryTo("sweepFees", achieved, () => protocol.distributor.sweepFees(stakingToken));
}
