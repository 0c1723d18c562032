import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { network } from "hardhat";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { deployProtocol, type Protocol as Deployed } from "../../deploy/deploy-protocol.ts";
import { deploymentId, removeDeployment } from "../../deploy/records.ts";
import { RENEWAL_WINDOW } from "../../simulate/desk.ts";
import type { Operation } from "../../simulate/operations.ts";
import { INSURANCE, KEEPER, type Protocol, SPONSOR, TREASURY } from "../../simulate/protocol.ts";
import { play } from "../../simulate/run.ts";
import { loadScenario } from "../../simulate/scenario.ts";
import { DEAD_ADDRESS } from "../../model/token.ts";

// Everything of a day happens in one second, as in the simulation.
const connection = await network.create({
  override: { allowBlocksWithSameTimestamp: true, initialDate: "2027-01-04T00:00:00Z" },
});
const { ethers, networkHelpers } = connection;
const scenario = await loadScenario(new URL("scenarios/small.json5", import.meta.url));

/** Stakers' accounts stand behind those to which the protocol config gives a place. */
const FIRST_STAKER = 5;

interface Done {
  readonly operation: Operation;
  readonly refusal: string | undefined;
}

interface Day {
  readonly now: bigint;
  readonly done: Done[];
  readonly books: Books;
}

/** Numbers by what they are of. */
type Books = Readonly<Record<string, bigint>>;

/** What the model says at the end of a day. */
function modelBooks(protocol: Protocol, stakers: readonly string[], now: bigint): Books {
  const books: Record<string, bigint> = {};
  for (const [name, pool] of Object.entries(protocol.flexiblePools)) {
    books[`${name} staked`] = pool.totalStaked;
    books[`${name} owed`] = pool.owed;
    books[`${name} finish`] = pool.periodFinish(now);
    books[`${name} per token`] = pool.rewardPerToken(now);
    for (const staker of stakers) books[`${name} earned by ${staker}`] = pool.earned(staker, now);
  }
  for (const [name, pool] of Object.entries(protocol.fixedTermPools)) {
    const { rewards, insurance, treasury, burned } = pool.unsweptPenalties();
    books[`${name} principal`] = pool.totalPrincipal;
    books[`${name} budget`] = pool.budget;
    books[`${name} reserved`] = pool.reserved;
    books[`${name} positions`] = pool.positionCount;
    books[`${name} unswept`] = rewards + insurance + treasury + burned;
  }
  for (const [name, id] of Object.entries(protocol.schedules)) {
    const { balance, accruedEpochs, missing } = protocol.distributor.schedule(id, now);
    books[`${name} balance`] = balance;
    books[`${name} accrued`] = accruedEpochs;
    books[`${name} missing`] = missing;
  }
  for (const [name, token] of Object.entries(protocol.tokens)) {
    for (const account of [...stakers, INSURANCE, TREASURY]) books[`${name} of ${account}`] = token.balanceOf(account);
    books[`${name} burned`] = token.balanceOf(DEAD_ADDRESS);
  }
  return books;
}

/** A protocol on a chain, with an account for everybody whom the model knows. */
class Chain {
  readonly #signers: ReadonlyMap<string, HardhatEthersSigner>;

  private constructor(
    readonly protocol: Deployed,
    signers: ReadonlyMap<string, HardhatEthersSigner>,
    readonly stakers: readonly string[],
  ) {
    this.#signers = signers;
  }

  static async of(stakers: readonly string[]): Promise<Chain> {
    await removeDeployment(await deploymentId(ethers.provider));
    const protocol = await deployProtocol(connection, scenario.protocolConfig);
    const accounts = await ethers.getSigners();
    const signers = new Map<string, HardhatEthersSigner>();
    for (const [i, name] of [SPONSOR, KEEPER, ...stakers].entries()) {
      const signer = accounts[i === 0 ? 0 : FIRST_STAKER + i - 1];
      if (signer === undefined) throw new Error(`The network has no account for ${name}`);
      signers.set(name, signer);
    }
    const chain = new Chain(protocol, signers, stakers);
    for (const token of Object.values(protocol.tokens)) {
      for (const pool of Object.values({ ...protocol.flexiblePools, ...protocol.fixedTermPools })) {
        for (const name of [SPONSOR, ...stakers]) await token.connect(chain.signer(name)).approve(pool, MaxUint256);
      }
      await token.connect(chain.signer(SPONSOR)).approve(protocol.distributor, MaxUint256);
    }
    return chain;
  }

  signer(name: string): HardhatEthersSigner {
    const signer = this.#signers.get(name);
    if (signer === undefined) throw new Error(`Nobody is called ${name}`);
    return signer;
  }

  send(operation: Operation): Promise<unknown> {
    const { tokens, distributor, schedules, flexiblePools, fixedTermPools } = this.protocol;
    const flexible = (name: string, by: string) => lookUp(flexiblePools, name).connect(this.signer(by));
    const fixed = (name: string, by: string) => lookUp(fixedTermPools, name).connect(this.signer(by));
    switch (operation.kind) {
      case "give":
        return lookUp(tokens, operation.token).mint(this.signer(operation.to), operation.amount);
      case "fundSchedule":
        return distributor.connect(this.signer(SPONSOR)).fund(lookUp(schedules, operation.schedule), operation.amount);
      case "fundPool":
        return fixed(operation.pool, SPONSOR).fund(operation.amount);
      case "distribute":
        return distributor
          .connect(this.signer(KEEPER))
          .distribute(
            lookUp(schedules, operation.schedule),
            lookUp({ ...flexiblePools, ...fixedTermPools }, operation.pool),
          );
      case "sweepPenalties":
        return fixed(operation.pool, KEEPER).sweepPenalties();
      case "sweepFees":
        return distributor.connect(this.signer(KEEPER)).sweepFees(lookUp(tokens, operation.token));
      case "stake":
        return flexible(operation.pool, operation.by).stake(operation.amount);
      case "withdraw":
        return flexible(operation.pool, operation.by).withdraw(operation.amount);
      case "claim":
        return flexible(operation.pool, operation.by).getReward();
      case "exit":
        return flexible(operation.pool, operation.by).exit();
      case "open":
        return fixed(operation.pool, operation.by).open(
          operation.term,
          operation.amount,
          this.signer(operation.by),
          0n,
        );
      case "order":
        return fixed(operation.pool, operation.by).setAutoRenew(operation.id, operation.term, RENEWAL_WINDOW, false);
      case "renew":
        return fixed(operation.pool, KEEPER).renew(operation.id, operation.term, 0n);
      case "mature":
        return fixed(operation.pool, operation.by).withdraw(operation.id, this.signer(operation.by));
      case "leaveEarly":
        return fixed(operation.pool, operation.by).withdrawEarly(
          operation.id,
          operation.amount,
          this.signer(operation.by),
          0n,
          0n,
        );
    }
  }

  /** The pool whose error a refusal is: of a payment that it does not take, too. */
  refuser(operation: Operation) {
    const { flexiblePools, fixedTermPools, distributor } = this.protocol;
    if (!("pool" in operation)) return distributor;
    return lookUp({ ...flexiblePools, ...fixedTermPools }, operation.pool);
  }

  /** What the contracts say, in the words of `modelBooks`. */
  async books(): Promise<Books> {
    const { tokens, distributor, insuranceFund, schedules, flexiblePools, fixedTermPools } = this.protocol;
    const reads: [string, Promise<bigint>][] = [];
    for (const [name, pool] of Object.entries(flexiblePools)) {
      reads.push([`${name} staked`, pool.totalSupply()], [`${name} owed`, pool.rewardsOwed()]);
      reads.push([`${name} finish`, pool.periodFinish()], [`${name} per token`, pool.rewardPerToken()]);
      for (const staker of this.stakers) {
        reads.push([`${name} earned by ${staker}`, pool.earned(this.signer(staker))]);
      }
    }
    for (const [name, pool] of Object.entries(fixedTermPools)) {
      reads.push([`${name} principal`, pool.totalPrincipal()], [`${name} budget`, pool.availableBudget()]);
      reads.push([`${name} reserved`, pool.reservedRewards()], [`${name} positions`, pool.positionCount()]);
      const unswept = pool.unsweptPenalties();
      reads.push([`${name} unswept`, unswept.then((due) => due.rewards + due.insurance + due.treasury + due.burned)]);
    }
    for (const [name, id] of Object.entries(schedules)) {
      const state = distributor.schedule(id);
      reads.push([`${name} balance`, state.then(({ balance }) => balance)]);
      reads.push([`${name} accrued`, state.then(({ accruedEpochs }) => accruedEpochs)]);
      reads.push([`${name} missing`, state.then(({ missing }) => missing)]);
    }
    for (const [name, token] of Object.entries(tokens)) {
      for (const staker of this.stakers) {
        reads.push([`${name} of ${staker}`, token.balanceOf(this.signer(staker))]);
      }
      reads.push([`${name} of ${INSURANCE}`, token.balanceOf(insuranceFund)]);
      reads.push([`${name} of ${TREASURY}`, token.balanceOf(scenario.protocolConfig.treasury)]);
      reads.push([`${name} burned`, token.balanceOf(DEAD_ADDRESS)]);
    }
    return Object.fromEntries(await Promise.all(reads.map(async ([name, read]) => [name, await read] as const)));
  }
}

/** The simulation, with everything that was done in it and the books of every evening. */
function simulated() {
  const days: Day[] = [];
  const stakers = scenario.cohorts.flatMap(({ name, stakers: count }) =>
    Array.from({ length: count }, (_, i) => `${name}/${i + 1}`),
  );
  let done: Done[] = [];
  const played = play(scenario, undefined, {
    observer: (operation, _, refusal) => done.push({ operation, refusal }),
    dayEnded: (_, protocol, now) => {
      days.push({ now, done, books: modelBooks(protocol, stakers, now) });
      done = [];
    },
  });
  return { days, stakers, played };
}

describe("simulation and chain", () => {
  it("agree to the unit on every evening's books, on every refusal and on what every staker ends with", async () => {
    const { days, stakers, played } = simulated();
    const chain = await Chain.of(stakers);
    const seen = new Map<string, number>();
    try {
      for (const { now, done, books } of days) {
        for (const { operation, refusal } of done) {
          await networkHelpers.time.setNextBlockTimestamp(now);
          const word = refusal === undefined ? operation.kind : `${operation.kind} refused`;
          seen.set(word, (seen.get(word) ?? 0) + 1);
          if (refusal === undefined) await chain.send(operation);
          else await expect(chain.send(operation)).to.be.revertedWithCustomError(chain.refuser(operation), refusal);
        }
        await networkHelpers.time.setNextBlockTimestamp(now);
        await networkHelpers.mine();
        expect(await chain.books(), `day of ${now}`).to.deep.equal(books);
      }
    } finally {
      await removeDeployment(await deploymentId(ethers.provider));
    }

    // Positions that are still open at the end, and to whom they belong.
    for (const [name, pool] of Object.entries(played.protocol.fixedTermPools)) {
      for (const { id, owner, principal, reward } of pool.openPositions()) {
        const state = await lookUp(chain.protocol.fixedTermPools, name).position(id);
        expect([state.owner, state.principal, state.reward]).to.deep.equal([
          chain.signer(owner).address,
          principal,
          reward,
        ]);
      }
    }
    // What was compared has everything in it that a simulation does.
    const kinds: Record<Operation["kind"] | "open refused" | "stake refused" | "renew refused", true> = {
      give: true,
      fundSchedule: true,
      fundPool: true,
      distribute: true,
      sweepPenalties: true,
      sweepFees: true,
      stake: true,
      withdraw: true,
      claim: true,
      exit: true,
      open: true,
      order: true,
      renew: true,
      mature: true,
      leaveEarly: true,
      "open refused": true,
      "stake refused": true,
      "renew refused": true,
    };
    expect(Object.keys(kinds).filter((kind) => !seen.has(kind))).to.deep.equal([]);
  });
});
