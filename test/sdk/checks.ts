// What the SDK's checks say, against what the contracts do: any call in any state, by anybody.
import {
  checkAutoRenew,
  checkEarlyWithdrawal,
  checkExit,
  checkOpening,
  checkRenewal,
  checkStake,
  checkUnstake,
  checkWithdrawal,
  mostOpenable,
  mostStakeable,
  renewalOf,
  type KnownPosition,
  type Refusal,
} from "@termstake/sdk/checks";
import { decodeError, refusalSentence } from "@termstake/sdk/errors";
import { toTerm, type Term } from "@termstake/sdk/pools";
import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { deployFixedTermPool, MONTH, type TermInput } from "../helpers/fixed-term.ts";
import { announce, DAY, HOUR, ONE, ZERO_ADDRESS, deployFlexiblePool } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

/** Few of everything, so that each limit is met. */
const TERMS: TermInput[] = [
  { ...MONTH, minimum: 100n, principalCap: 5_000n, rewardCap: 20n },
  { ...MONTH, duration: DAY, rate: ONE, minimum: 10n },
  { ...MONTH, duration: DAY, rate: ONE / 10n, minimum: 1n, principalCap: 900_000n },
];

/** A call, as the contract and as the checks take it. */
interface Call {
  readonly refusals: () => Promise<readonly Refusal[]>;
  /** Asks the contract, or makes the call. */
  readonly ask: () => Promise<unknown>;
  readonly make: () => Promise<unknown>;
}

/** What a contract reverts with, as the checks would say it; undefined if it does not. */
async function refusalOf(call: () => Promise<unknown>): Promise<Pick<Refusal, "name" | "args"> | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    const decoded = decodeError(error);
    if (decoded === undefined) throw error;
    const { name, args } = decoded;
    return { name, args } as Refusal;
  }
}

/** Holds a call's refusals against the contract's, and makes the call if there are none. Returns whether it was made. */
async function compare({ refusals, ask, make }: Call, seen: Set<string>): Promise<boolean> {
  const told = await refusals();
  for (const { name } of told) seen.add(name);
  expect(await refusalOf(ask)).to.deep.equal(told[0]);
  for (const refusal of told) expect(refusalSentence(refusal)).to.match(/^[A-Z0-9].*[.]$/s);
  if (told.length > 0) return false;
  const failed = await refusalOf(make);
  // The block that the call is made in is a second later.
  if (failed !== undefined) expect(failed).to.deep.equal((await refusals())[0]);
  return failed === undefined;
}

/** One thing, four times of five, or another. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** One of three people; of a position, mostly its owner. */
const who = fc.nat({ max: 2 });
const actor = fc.oneof({ weight: 2, arbitrary: fc.constant("owner" as const) }, { weight: 1, arbitrary: who });
const amount = fc.oneof(fc.constantFrom(0n, 1n), fc.bigInt(0n, 150n), fc.bigInt(0n, 8_000n), fc.bigInt(0n, 1_000_000n));
const termId = fc.nat({ max: 2 });
const position = fc.nat({ max: 5 });
const receiver = mostly("self", "pool", "nobody");
/** More than is promised, to be asked for. */
const more = mostly(0n, 1n, -1n);
const move = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ kind: fc.constant("open"), who, termId, amount, receiver, more }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("withdraw"), who: actor, position, receiver }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("early"),
      part: fc.constantFrom("none", "some", "all", "above"),
      who: actor,
      position,
      amount,
      receiver,
      more: fc.constantFrom(0n, 1n),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("renew"), who: actor, position, termId, more }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("autoRenew"),
      who: actor,
      position,
      termId,
      window: fc.constantFrom(0n, 1n, HOUR, HOUR + 1n, DAY, 30n * DAY, 31n * DAY),
      repeats: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("approve"), who, position }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("wait"), seconds: fc.constantFrom(HOUR, DAY, 2n * DAY, 31n * DAY) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pause"), termId: fc.constantFrom(0, 1, 2, undefined) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("unpause"), termId: fc.constantFrom(0, 1, 2, undefined) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fund"), amount: fc.bigInt(1n, 300n) }) },
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

/** Plays moves on a pool, each held against the contract. */
async function play(sameToken: boolean, moves: readonly Move[], seen: Set<string>): Promise<number> {
  const fixture = await deployFixedTermPool(ethers, { terms: TERMS, sameToken, budget: 200n });
  const { pool, actors, access, stakingToken, rewardsToken } = fixture;
  const lens = await ethers.deployContract("StakingLens");
  const people = [actors.alice, actors.bob, actors.carol];
  const person = (index: number) => people[index] ?? actors.alice;
  const address = await pool.getAddress();
  const tokens = {
    stakingToken: { address: await stakingToken.getAddress() },
    rewardsToken: { address: await rewardsToken.getAddress() },
  };
  const open = new Set<bigint>();
  const orders = new Map<bigint, { termId: number; window: bigint }>();

  async function state() {
    const [paused, availableBudget, conversion] = await Promise.all([
      pool.paused(),
      pool.availableBudget(),
      pool.conversion(),
    ]);
    const terms: Term[] = [];
    for (const isOpen of [true, false]) terms.push(...(await lens.terms(pool, 0n, 16n, isOpen)).page.map(toTerm));
    return { pool: { address, paused, availableBudget, conversion, ...tokens }, terms };
  }
  const termIn = (terms: readonly Term[], id: number): Term => {
    const found = terms.find((each) => each.id === id);
    if (found === undefined) throw new Error(`There is no term ${id}`);
    return found;
  };
  const receiverOf = (kind: string, self: string) =>
    kind === "self" ? self : kind === "pool" ? address : ZERO_ADDRESS;
  async function chosen(index: number, by: number | "owner") {
    const id = [...open][index % Math.max(open.size, 1)];
    if (id === undefined) return undefined;
    const { owner, termId: term, principal, reward, maturity } = await pool.position(id);
    const known: KnownPosition = { id, owner, termId: Number(term), principal, reward, maturity };
    const signer = by === "owner" ? people.find(({ address: each }) => each === owner) : person(by);
    if (signer === undefined) throw new Error(`${owner} owns position ${id}`);
    const approved = (await pool.getApproved(id)) === signer.address;
    return { known, signer, caller: { account: signer.address, approved } };
  }
  async function update(before: bigint) {
    for (let id = before + 1n; id <= (await pool.positionCount()); id++) open.add(id);
    for (const id of open) {
      const { exists } = (await lens.positions(pool, [id]))[0] ?? { exists: false };
      if (!exists) open.delete(id);
      const [term, window] = await pool.autoRenewOrder(id);
      orders.set(id, { termId: Number(term), window });
    }
  }

  let made = 0;
  const guardian = pool.connect(actors.guardian);
  for (const taken of moves) {
    const count = await pool.positionCount();
    const call = await toCall(taken);
    if (call !== undefined && (await compare(call, seen))) made++;
    await update(count);
  }
  return made;

  async function toCall(taken: Move): Promise<Call | undefined> {
    switch (taken.kind) {
      case "wait":
        await time.increase(taken.seconds);
        return undefined;
      case "fund":
        await rewardsToken.mint(actors.funder, taken.amount);
        await rewardsToken.connect(actors.funder).approve(pool, taken.amount);
        await pool.connect(actors.funder).fund(taken.amount);
        return undefined;
      case "pause":
        if (taken.termId === undefined) {
          if (!(await pool.paused())) await guardian.pause();
        } else await guardian.pauseTerm(taken.termId).catch(() => undefined); // closed or paused already
        return undefined;
      case "unpause": {
        const data =
          taken.termId === undefined
            ? pool.interface.encodeFunctionData("unpause")
            : pool.interface.encodeFunctionData("unpauseTerm", [taken.termId]);
        await announce(connection, access, actors.governor, address, data);
        await actors.governor.sendTransaction({ to: address, data }).catch(() => undefined); // nothing is paused
        return undefined;
      }
      case "approve": {
        const found = await chosen(taken.position, "owner");
        if (found !== undefined) await pool.connect(found.signer).approve(person(taken.who), found.known.id);
        return undefined;
      }
      case "open": {
        const signer = person(taken.who);
        const to = receiverOf(taken.receiver, signer.address);
        const { terms, pool: known } = await state();
        const term = termIn(terms, taken.termId);
        const [exact] = await pool.previewOpen(taken.termId, taken.amount);
        const minReward = exact + taken.more < 0n ? 0n : exact + taken.more;
        const contract = pool.connect(signer);
        return {
          refusals: async () => Promise.resolve(checkOpening(known, term, taken.amount, { receiver: to, minReward })),
          ask: async () => contract.open.staticCall(taken.termId, taken.amount, to, minReward),
          make: async () => contract.open(taken.termId, taken.amount, to, minReward),
        };
      }
      case "withdraw": {
        const found = await chosen(taken.position, taken.who);
        if (found === undefined) return undefined;
        const { signer } = found;
        const to = receiverOf(taken.receiver, signer.address);
        const contract = pool.connect(signer);
        const { known, caller } = found;
        return {
          refusals: async () => checkWithdrawal({ address }, known, caller, { now: await time.latest(), receiver: to }),
          ask: async () => contract.withdraw.staticCall(known.id, to),
          make: async () => contract.withdraw(known.id, to),
        };
      }
      case "early": {
        const found = await chosen(taken.position, taken.who);
        if (found === undefined) return undefined;
        const { signer } = found;
        const to = receiverOf(taken.receiver, signer.address);
        const { known, caller } = found;
        const { terms } = await state();
        const term = termIn(terms, known.termId);
        const { principal } = known;
        const parts = { none: 0n, some: (taken.amount % principal) + 1n, all: principal, above: principal + 1n };
        const part = parts[taken.part];
        const preview = await pool.previewWithdrawEarly(known.id, part).catch(() => undefined);
        const least = (preview?.rewardOut ?? 0n) + taken.more;
        const minRewardOut = least < 0n ? 0n : least;
        const contract = pool.connect(signer);
        return {
          refusals: async () =>
            checkEarlyWithdrawal({ address }, term, known, caller, part, {
              now: await time.latest(),
              receiver: to,
              minRewardOut,
            }),
          ask: async () => contract.withdrawEarly.staticCall(known.id, part, to, 0n, minRewardOut),
          make: async () => contract.withdrawEarly(known.id, part, to, 0n, minRewardOut),
        };
      }
      case "renew": {
        const found = await chosen(taken.position, taken.who);
        if (found === undefined) return undefined;
        const { signer } = found;
        const { known, caller } = found;
        const { terms, pool: shape } = await state();
        const term = termIn(terms, taken.termId);
        const expected = renewalOf(shape, term, known);
        const least = expected.reward + taken.more;
        const minReward = least < 0n ? 0n : least;
        const contract = pool.connect(signer);
        const order = orders.get(known.id);
        return {
          refusals: async () =>
            checkRenewal(shape, term, known, caller, { now: await time.latest(), order, minReward }),
          ask: async () => contract.renew.staticCall(known.id, taken.termId, minReward),
          async make() {
            const before = await pool.owed(known.owner);
            await contract.renew(known.id, taken.termId, minReward);
            const { principal, reward, owner } = await pool.position(await pool.positionCount());
            expect({ principal, reward, owner }).to.deep.equal({
              principal: expected.principal,
              reward: expected.reward,
              owner: known.owner,
            });
            expect((await pool.owed(known.owner)) - before).to.equal(expected.owed);
          },
        };
      }
      case "autoRenew": {
        const found = await chosen(taken.position, taken.who);
        if (found === undefined) return undefined;
        const { signer } = found;
        const { known, caller } = found;
        const { terms } = await state();
        const term = termIn(terms, taken.termId);
        const { window, repeats } = taken;
        const contract = pool.connect(signer);
        return {
          refusals: async () => checkAutoRenew(term, known, caller, { now: await time.latest(), window, repeats }),
          ask: async () => contract.setAutoRenew.staticCall(known.id, taken.termId, window, repeats),
          make: async () => contract.setAutoRenew(known.id, taken.termId, window, repeats),
        };
      }
    }
  }
}

describe("sdk: checks", () => {
  describe("given any history of a fixed-term pool", () => {
    for (const sameToken of [true, false]) {
      const kind = sameToken ? "one token" : "two tokens";
      it(`refuse what the contract refuses, with its error and values, and nothing else: ${kind}`, async () => {
        const seen = new Set<string>();
        let made = 0;
        await fc.assert(
          fc.asyncProperty(fc.noBias(fc.array(move, { minLength: 60, maxLength: 60 })), async (moves) => {
            made += await play(sameToken, moves, seen);
          }),
          { numRuns: 12, seed: 7, endOnFailure: true },
        );
        expect([...seen].sort()).to.include.members([
          "ERC721InvalidReceiver",
          "PoolAmountAbovePrincipal",
          "PoolAutoRenewLapsed",
          "PoolAutoRenewWindowOutOfRange",
          "PoolBelowMinimum",
          "PoolBudgetTooSmall",
          "PoolCapExceeded",
          "PoolInvalidReceiver",
          "PoolNotAuthorized",
          "PoolNotMature",
          "PoolNotOwner",
          "PoolPaused",
          "PoolPayoutBelowMinimum",
          "PoolRewardBelowMinimum",
          "PoolRewardCapExceeded",
          "PoolTermPaused",
          "PoolZeroAmount",
        ]);
        expect(made).to.be.greaterThan(40);
      });
    }
  });

  describe("given a position whose reward does not fit below the term's caps", () => {
    it("renew its principal alone, as the contract does, and leave the reward owed", async () => {
      const capped = { ...MONTH, principalCap: 10_000n };
      const { pool, actors } = await deployFixedTermPool(ethers, { terms: [capped], sameToken: true, budget: 1_000n });
      await pool.connect(actors.alice).open(0n, 9_990n, actors.alice, 0n);
      await time.increase(31n * DAY);
      const { owner, principal, reward, maturity } = await pool.position(1n);
      const token = { address: ZERO_ADDRESS };
      const shape = {
        paused: false,
        availableBudget: 1_000n - reward,
        conversion: ONE,
        stakingToken: token,
        rewardsToken: token,
      };
      const term = toTerm({ termId: 0n, state: await pool.term(0n) });
      const known = { id: 1n, owner, termId: 0, principal, reward, maturity };

      const next = renewalOf(shape, term, known);
      expect(next).to.deep.equal({ principal, reward, paid: 0n, owed: reward });
      const asked = { now: await time.latest(), minReward: next.reward };
      expect(checkRenewal(shape, term, known, { account: owner }, asked)).to.deep.equal([]);
      await pool.connect(actors.alice).renew(1n, 0n, next.reward);
      expect((await pool.position(2n)).principal).to.equal(principal);
      expect(await pool.owed(owner)).to.equal(reward);
    });
  });

  describe("given any history of a flexible pool", () => {
    it("refuse what the contract refuses, with its error and values, and nothing else", async () => {
      const seen = new Set<string>();
      const { pool, actors, access, stakingToken } = await deployFlexiblePool(ethers, {
        minimumStake: 50n,
        cap: 2_500n,
      });
      const address = await pool.getAddress();
      // Alice has plenty, Bob little, and Carol has let the pool take little.
      const people = [actors.alice, actors.bob, actors.carol];
      await stakingToken
        .connect(actors.bob)
        .transfer(actors.stranger, (await stakingToken.balanceOf(actors.bob)) - 900n);
      await stakingToken.connect(actors.carol).approve(pool, 700n);

      const pausing = fc.record({ kind: fc.constant("pause") });
      const kind = fc.constantFrom("stake", "stake", "unstake", "exit");
      const calling = fc.record({ kind, who, amount: fc.bigInt(0n, 1_500n), receiver });
      const moves = fc.array(fc.oneof({ weight: 20, arbitrary: calling }, { weight: 1, arbitrary: pausing }), {
        minLength: 200,
        maxLength: 200,
      });
      let made = 0;
      for (const taken of fc.sample(fc.noBias(moves), { seed: 3, numRuns: 1 }).flat()) {
        if (taken.kind === "pause" || !("who" in taken)) {
          if (!(await pool.paused())) await pool.connect(actors.guardian).pause();
          else {
            const data = pool.interface.encodeFunctionData("unpause");
            await announce(connection, access, actors.governor, address, data);
            await actors.governor.sendTransaction({ to: address, data });
          }
          continue;
        }
        const signer = people[taken.who] ?? actors.alice;
        const account = signer.address;
        const to = taken.receiver === "self" ? account : taken.receiver === "pool" ? address : ZERO_ADDRESS;
        const contract = pool.connect(signer);
        const { amount: sum } = taken;
        const state = {
          address,
          paused: await pool.paused(),
          minimum: await pool.minimumStake(),
          cap: await pool.cap(),
          totalStaked: await pool.totalSupply(),
        };
        const staked = { account, staked: await pool.balanceOf(signer) };
        const spender = {
          account,
          balance: await stakingToken.balanceOf(signer),
          allowance: await stakingToken.allowance(signer, pool),
        };
        const calls: Record<string, Call> = {
          stake: {
            refusals: async () => Promise.resolve(checkStake(state, sum, spender)),
            ask: async () => contract.stake.staticCall(sum),
            make: async () => contract.stake(sum),
          },
          unstake: {
            refusals: async () => Promise.resolve(checkUnstake({ address }, staked, sum, to)),
            ask: async () => contract.withdrawTo.staticCall(sum, to),
            make: async () => contract.withdrawTo(sum, to),
          },
          exit: {
            refusals: async () => Promise.resolve(checkExit({ address }, staked, to)),
            ask: async () => contract.exitTo.staticCall(to),
            make: async () => contract.exitTo(to),
          },
        };
        const call = calls[taken.kind];
        if (call !== undefined && (await compare(call, seen))) made++;
      }
      expect([...seen].sort()).to.include.members([
        "ERC20InsufficientAllowance",
        "ERC20InsufficientBalance",
        "PoolBelowMinimum",
        "PoolCapExceeded",
        "PoolInsufficientStake",
        "PoolInvalidReceiver",
        "PoolPaused",
        "PoolZeroAmount",
      ]);
      expect(made).to.be.greaterThan(20);
    });
  });

  describe("of what is taken at most", () => {
    it("leave that much, and refuse one unit more", async () => {
      const flexible = { address: ZERO_ADDRESS, paused: false, minimum: 1n, cap: 500n, totalStaked: 400n };
      expect(mostStakeable(flexible)).to.equal(100n);
      expect(checkStake(flexible, 100n)).to.deep.equal([]);
      expect(checkStake(flexible, 101n)).to.deep.equal([
        { name: "PoolCapExceeded", args: { amount: 101n, capLeft: 100n } },
      ]);

      const { pool } = await deployFixedTermPool(ethers, { terms: TERMS, budget: 200n });
      const shape = { address: await pool.getAddress(), paused: false, availableBudget: 200n, conversion: ONE };
      for (const id of [0n, 1n, 2n]) {
        const term = toTerm({ termId: id, state: await pool.term(id) });
        const most = mostOpenable(shape, term);
        expect(checkOpening(shape, term, most)).to.deep.equal([]);
        expect(checkOpening(shape, term, most + 1n)).to.have.lengthOf(1);
      }
    });
  });
});
