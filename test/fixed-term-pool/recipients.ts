import { expect } from "chai";
import { network } from "hardhat";

import {
  deployFixedTermPool,
  deployFullPool,
  govern,
  MONTH,
  openPosition,
  type FixedTermPoolFixture,
  type FixedTermPoolOptions,
} from "../helpers/fixed-term.ts";
import { announce, GOVERNANCE_DELAY, ONE, Role, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { answer, Behaviour, turnHostile } from "../helpers/scripted.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DEAD = "0x000000000000000000000000000000000000dEaD";
const TERM = { ...MONTH, penalty: { startBps: 2_000n, endBps: 2_000n, forfeitedBps: 0n } };
/** What a change of recipients asks for where penalties wait. */
const CHANGE_GAS = 4_000_000n;
/** What the call around it uses before it looks. */
const CALL_GAS = 200_000n;
const BURNS_GAS = 3n;

async function penalised<Fixture extends FixedTermPoolFixture>(fixture: Fixture): Promise<Fixture> {
  const { actors, pool } = fixture;
  const id = await openPosition(pool, actors.alice, 1_000n * ONE);
  await pool.connect(actors.alice).withdrawEarly(id, 1_000n * ONE, actors.alice, 0n, 0n);
  return fixture;
}

/** 200 of penalties wait: 80 for rewards, 60 for insurance, 40 for the treasury and 20 to burn. */
async function waiting(options: FixedTermPoolOptions = {}): Promise<FixedTermPoolFixture> {
  return penalised(await deployFixedTermPool(ethers, { terms: [TERM], ...options }));
}

async function plain() {
  return waiting();
}

async function refusing() {
  const token = await ethers.deployContract("RefusingToken");
  const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
  return { ...(await waiting({ stakingToken })), token };
}

/** Schedules the change to bob and carol and lets its delay pass. */
async function announced(fixture: FixedTermPoolFixture): Promise<{ to: string; data: string }> {
  const { access, actors, pool } = fixture;
  const to = await pool.getAddress();
  const data = pool.interface.encodeFunctionData("setRecipients", [actors.bob.address, actors.carol.address]);
  await announce(connection, access, actors.governor, to, data);
  return { to, data };
}

describe("FixedTermPool", () => {
  describe("setRecipients", () => {
    it("pays what was booked to the recipients of its time, and then changes them", async () => {
      const fixture = await networkHelpers.loadFixture(plain);
      const { actors, insurance, treasury, pool, rewardsPool, stakingToken } = fixture;
      const data = pool.interface.encodeFunctionData("setRecipients", [actors.bob.address, actors.carol.address]);
      const changed = govern(connection, fixture, data);
      await expect(changed).to.emit(pool, "RecipientsSet").withArgs(actors.bob, actors.carol);
      await expect(changed)
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE);
      await expect(changed).to.changeTokenBalances(
        ethers,
        stakingToken,
        [rewardsPool, insurance, treasury, DEAD, actors.bob, actors.carol],
        [80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE, 0n, 0n],
      );
      expect(await pool.recipients()).to.deep.equal([actors.bob.address, actors.carol.address]);
      await penalised(fixture);
      await expect(pool.sweepPenalties()).to.changeTokenBalances(
        ethers,
        stakingToken,
        [insurance, treasury, actors.bob, actors.carol],
        [0n, 0n, 60n * ONE, 40n * ONE],
      );
    });

    it("leaves what cannot leave to the new recipients", async () => {
      const fixture = await networkHelpers.loadFixture(refusing);
      const { actors, insurance, pool, stakingToken, token } = fixture;
      await token.setRefusalOf(insurance, 1n);
      const call = await announced(fixture);
      await expect(actors.governor.sendTransaction(call))
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(80n * ONE, 0n, 40n * ONE, 20n * ONE);
      expect(await pool.unsweptPenalties()).to.deep.equal([0n, 60n * ONE, 0n, 0n]);
      await expect(pool.sweepPenalties()).to.changeTokenBalance(ethers, stakingToken, actors.bob, 60n * ONE);
    });

    it("needs no gas for a sweep where nothing waits", async () => {
      const fixture = await deployFixedTermPool(ethers);
      const call = await announced(fixture);
      const changed = fixture.actors.governor.sendTransaction({ ...call, gasLimit: CALL_GAS });
      await expect(changed).to.emit(fixture.pool, "RecipientsSet");
      await expect(changed).not.to.emit(fixture.pool, "PenaltiesSwept");
    });

    it("does not let its caller make the sweep fail by giving little gas", async () => {
      const fixture = await networkHelpers.loadFixture(plain);
      const { actors, pool } = fixture;
      const call = await announced(fixture);
      for (const gasLimit of [CALL_GAS, 1_000_000n, CHANGE_GAS]) {
        await expect(actors.governor.sendTransaction({ ...call, gasLimit }))
          .to.be.revertedWithCustomError(pool, "PoolGasTooLow")
          .withArgs((left: bigint) => left < CHANGE_GAS, CHANGE_GAS);
      }
      await expect(actors.governor.sendTransaction({ ...call, gasLimit: CHANGE_GAS + CALL_GAS }))
        .to.emit(pool, "PenaltiesSwept")
        .withArgs(80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE);
    });

    describe("given recipients that burn all gas", () => {
      for (const gasLimit of [CHANGE_GAS + CALL_GAS, 2n ** 24n]) {
        it(`changes both, and pays the others, with ${gasLimit} gas`, async () => {
          const fixture = await networkHelpers.loadFixture(refusing);
          const { actors, insurance, treasury, pool, token } = fixture;
          for (const recipient of [insurance, treasury]) await token.setRefusalOf(recipient, BURNS_GAS);
          const call = await announced(fixture);
          const changed = actors.governor.sendTransaction({ ...call, gasLimit });
          await expect(changed).to.emit(pool, "RecipientsSet").withArgs(actors.bob, actors.carol);
          await expect(changed)
            .to.emit(pool, "PenaltiesSwept")
            .withArgs(80n * ONE, 0n, 0n, 20n * ONE);
          expect(await pool.recipients()).to.deep.equal([actors.bob.address, actors.carol.address]);
          expect(await pool.unsweptPenalties()).to.deep.equal([0n, 60n * ONE, 40n * ONE, 0n]);
        });
      }

      it("does not let one of them use up the gas of the other's share", async () => {
        const fixture = await networkHelpers.loadFixture(refusing);
        const { actors, insurance, treasury, stakingToken, token } = fixture;
        await token.setRefusalOf(insurance, BURNS_GAS);
        const call = await announced(fixture);
        await expect(
          actors.governor.sendTransaction({ ...call, gasLimit: CHANGE_GAS + CALL_GAS }),
        ).to.changeTokenBalance(ethers, stakingToken, treasury, 40n * ONE);
      });

      it("changes them in a pool of as many terms as there can be, whoever burns", async () => {
        const token = await ethers.deployContract("RefusingToken");
        const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
        const fixture = await penalised(await deployFullPool(ethers, { stakingToken }));
        const { actors, insurance, treasury, pool, rewardsPool } = fixture;
        const call = await announced(fixture);
        const due = await pool.unsweptPenalties();
        for (const receiver of [rewardsPool, insurance, DEAD]) await token.setRefusalOf(receiver, BURNS_GAS);
        const changed = actors.governor.sendTransaction({ ...call, gasLimit: CHANGE_GAS + CALL_GAS });
        await expect(changed).to.changeTokenBalance(ethers, stakingToken, treasury, due.treasury);
        expect(await pool.recipients()).to.deep.equal([actors.bob.address, actors.carol.address]);
      });
    });

    it("changes them where the token burns all gas, within what it asks for", async () => {
      const fixture = await networkHelpers.loadFixture(plain);
      const { actors, pool, stakingToken } = fixture;
      const due = await pool.unsweptPenalties();
      const call = await announced(fixture);
      await answer(await turnHostile(connection, stakingToken), "balanceOf(address)", { behaviour: Behaviour.burnGas });
      const changed = await actors.governor.sendTransaction({ ...call, gasLimit: 2n ** 24n });
      await expect(changed).to.emit(pool, "RecipientsSet").withArgs(actors.bob, actors.carol);
      expect((await changed.wait())?.gasUsed).to.be.within(CHANGE_GAS - 2n * CALL_GAS, CHANGE_GAS);
      expect(await pool.unsweptPenalties()).to.deep.equal(due);
    });

    it("changes them in a pool whose token shrank, and sends nothing then", async () => {
      const token = await ethers.deployContract("RebasingToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const fixture = await waiting({ stakingToken });
      const { actors, pool } = fixture;
      await openPosition(pool, actors.bob, ONE);
      await token.rebase(pool, 9_000n);
      const call = await announced(fixture);
      const changed = actors.governor.sendTransaction(call);
      await expect(changed).to.emit(pool, "RecipientsSet");
      await expect(changed).not.to.emit(stakingToken, "Transfer");
    });

    it("cannot be entered from the sweep, whatever a token calls", async () => {
      const token = await ethers.deployContract("ReenteringToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const fixture = await waiting({ stakingToken });
      const { access, actors, pool } = fixture;
      await access.grantRole(Role.governor, token, 0n);
      const inner = pool.interface.encodeFunctionData("sweepPenalties");
      await token.arm(pool, inner, false);
      const call = await announced(fixture);
      await expect(actors.governor.sendTransaction(call)).to.emit(pool, "PenaltiesSwept").withArgs(0n, 0n, 0n, 0n);
      expect(await pool.recipients()).to.deep.equal([actors.bob.address, actors.carol.address]);
      expect(await pool.unsweptPenalties()).to.deep.equal([80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE]);
    });

    it("reverts inside of another call that holds the lock, where nothing could be swept", async () => {
      const fixture = await networkHelpers.loadFixture(plain);
      const { access, actors, pool, insurance, treasury, stakingToken } = fixture;
      // An operator that is a contract, as a wallet with callbacks is: its worthless token calls during a rescue.
      const operator = await ethers.deployContract("ReenteringToken");
      await access.grantRole(Role.governor, operator, GOVERNANCE_DELAY);
      const change = pool.interface.encodeFunctionData("setRecipients", [actors.bob.address, actors.carol.address]);
      const rescue = pool.interface.encodeFunctionData("rescue", [await operator.getAddress(), actors.bob.address, 1n]);
      for (const call of [change, rescue]) {
        await operator.act(
          access,
          access.interface.encodeFunctionData("schedule", [await pool.getAddress(), call, 0n]),
        );
      }
      await time.increase(GOVERNANCE_DELAY);
      await operator.mint(pool, 1n);
      await operator.arm(pool, change, true);
      await expect(operator.act(pool, rescue)).to.be.revertedWithCustomError(pool, "ReentrancyGuardReentrantCall");

      expect(await pool.recipients()).to.deep.equal([insurance.address, treasury.address]);
      await expect(pool.sweepPenalties()).to.changeTokenBalances(
        ethers,
        stakingToken,
        [insurance, treasury, actors.bob, actors.carol],
        [60n * ONE, 40n * ONE, 0n, 0n],
      );
    });

    it("reverts inside of a sweep, where shares that come back would be booked for the new recipients", async () => {
      const token = await ethers.deployContract("ReenteringToken");
      const stakingToken = await ethers.getContractAt("PlainToken", await token.getAddress());
      const fixture = await waiting({ stakingToken });
      const { access, actors, pool, insurance, treasury } = fixture;
      await access.grantRole(Role.governor, token, 0n);
      await token.arm(
        pool,
        pool.interface.encodeFunctionData("setRecipients", [actors.bob.address, actors.carol.address]),
        false,
      );
      await pool.sweepPenalties();
      expect(await pool.recipients()).to.deep.equal([insurance.address, treasury.address]);
      expect(await pool.unsweptPenalties()).to.deep.equal([80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE]);
    });

    it("reverts for recipients that could never use it", async () => {
      const fixture = await networkHelpers.loadFixture(plain);
      const { actors, pool } = fixture;
      const itself = await pool.getAddress();
      for (const [first, second, named] of [
        [ZERO_ADDRESS, actors.bob.address, ZERO_ADDRESS],
        [actors.bob.address, itself, itself],
      ] as const) {
        await expect(govern(connection, fixture, pool.interface.encodeFunctionData("setRecipients", [first, second])))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(named);
      }
      expect(await pool.unsweptPenalties()).to.deep.equal([80n * ONE, 60n * ONE, 40n * ONE, 20n * ONE]);
    });
  });
});
