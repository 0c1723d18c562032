import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import {
  afterClaim,
  afterNotification,
  afterStake,
  afterWithdrawal,
  aprToApy,
  earlyExit,
  earned,
  periodFinish,
  previewOpen,
  previewWithdrawEarly,
  principalFor,
  projectEarned,
  promisedReward,
  rateToApr,
  readFlexiblePool,
  readStaker,
  renewed,
  rewardPerToken,
  splitPenalty,
  streamLeft,
  streamRate,
  termApy,
  type FlexiblePoolState,
} from "../../packages/sdk/src/math.ts";
import { BPS, deployFixedTermPool, openPosition, type SplitInput, type TermInput } from "../helpers/fixed-term.ts";
import { DAY, deployFlexiblePool, fund, HOUR, MAX_UINT96, ONE, PERIOD, YEAR } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

/** Numbers of all magnitudes, so that small amounts and large ones meet. */
function magnitude(bits: number): fc.Arbitrary<bigint> {
  return fc.integer({ min: 1, max: bits }).chain((size) => fc.bigInt({ min: 1n, max: 2n ** BigInt(size) - 1n }));
}

const penalty = fc
  .tuple(fc.bigInt(0n, 2_500n), fc.bigInt(0n, 2_500n), fc.bigInt(0n, BPS))
  .map(([a, b, forfeitedBps]) => ({ startBps: a > b ? a : b, endBps: a > b ? b : a, forfeitedBps }))
  // A term has to charge something.
  .map((schedule) => (schedule.startBps === 0n ? { ...schedule, forfeitedBps: BPS } : schedule));

const term: fc.Arbitrary<TermInput> = fc.record({
  duration: fc.oneof(fc.bigInt(DAY, 1461n * DAY), fc.constantFrom(DAY, 30n * DAY, YEAR)),
  rate: fc.bigInt(1n, ONE),
  minimum: fc.constant(1n),
  principalCap: fc.constant(MAX_UINT96),
  rewardCap: fc.constant(MAX_UINT96),
  penalty,
});

/** Shares that add up to the whole, with some of them missing. */
const split: fc.Arbitrary<SplitInput> = fc
  .tuple(fc.bigInt(0n, BPS), fc.bigInt(0n, BPS), fc.bigInt(0n, BPS), fc.constantFrom(0n, 1n))
  .map(([x, y, z, keep]) => {
    const [a = 0n, b = 0n, c = 0n] = [x * keep, y, z].sort((p, q) => (p < q ? -1 : 1));
    return { rewardsBps: a, insuranceBps: b - a, treasuryBps: c - b, burnBps: BPS - c };
  });

describe("sdk: math", function () {
  describe("given any terms, splits and conversions", function () {
    it("promises, charges, pays and divides what the pool does, to the unit", async function () {
      const conversion = fc.oneof(fc.constant(ONE), magnitude(88));
      const exit = fc.record({
        termId: fc.nat({ max: 3 }),
        principal: magnitude(80),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        moment: fc.double({ min: 0, max: 1.1, noNaN: true }),
      });
      const terms = fc.array(term, { minLength: 4, maxLength: 4 });
      let exitsSeen = 0;
      const previews = fc.array(fc.tuple(fc.nat({ max: 3 }), magnitude(96)), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(terms, split, conversion, previews, fc.array(exit, { maxLength: 4 }), async (...drawn) => {
          const [offered, shares, worth, amounts, exits] = drawn;
          const fixture = await deployFixedTermPool(ethers, {
            terms: offered,
            split: shares,
            conversion: worth,
            budget: 2n ** 111n,
          });
          const { pool, actors } = fixture;
          for (const [termId, amount] of amounts) {
            const now = BigInt(await time.latest());
            const { reward, maturity } = await pool.previewOpen(termId, amount);
            expect(previewOpen(termAt(offered, termId), amount, worth, now)).to.deep.equal({ reward, maturity });
          }
          for (const { termId, principal, part, moment } of exits) {
            const rules = termAt(offered, termId);
            const reward = promisedReward(rules, principal, worth);
            if (reward === 0n || reward > MAX_UINT96) continue;
            const id = await openPosition(pool, actors.alice, principal, BigInt(termId));
            const position = await pool.position(id);
            expect({ principal: position.principal, reward: position.reward }).to.deep.equal({ principal, reward });

            const amount = 1n + scaled(principal - 1n, part);
            await time.increase(1n + scaled(rules.duration, moment));
            const expected = previewWithdrawEarly(rules, position, amount, await time.latest());
            const preview = await pool.previewWithdrawEarly(id, amount);
            const { principalOut, rewardOut, principalPenalty, forfeitedReward } = expected;
            expect([...preview]).to.deep.equal([principalOut, rewardOut, principalPenalty, forfeitedReward]);
            exitsSeen++;

            const [budget, booked] = [await pool.availableBudget(), await bookedPenalties(pool)];
            await pool.connect(actors.alice).withdrawEarly(id, amount, actors.alice, 0n, 0n);
            const paid = previewWithdrawEarly(rules, position, amount, await time.latest());
            expect((await pool.availableBudget()) - budget).to.equal(paid.returnedReward);
            const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
            expect({ rewards, insurance, treasury, burned }).to.deep.equal(
              splitPenalty(shares, booked + paid.principalPenalty),
            );
            if (amount === principal) {
              expect(paid.remainder).to.deep.equal({ principal: 0n, reward: 0n });
            } else {
              const rest = await pool.position(await pool.positionCount());
              expect({ principal: rest.principal, reward: rest.reward }).to.deep.equal(paid.remainder);
              expect(rest.maturity).to.equal(position.maturity);
            }
          }
        }),
        { numRuns: 12 },
      );
      expect(exitsSeen).to.be.greaterThan(0);
    });
  });

  describe("principalFor", function () {
    it("is the most whose reward does not exceed what there is", function () {
      fc.assert(
        fc.property(term, magnitude(96), magnitude(88), (rules, reward, conversion) => {
          const most = principalFor(rules, reward, conversion);
          expect(promisedReward(rules, most, conversion) <= reward).to.equal(true);
          expect(promisedReward(rules, most + 1n, conversion) > reward).to.equal(true);
        }),
      );
    });
  });

  describe("earlyExit", function () {
    it("refuses an amount that the position does not hold", function () {
      const rules = { duration: 30n * DAY, penalty: { startBps: 500, endBps: 100, forfeitedBps: 5_000 } };
      for (const amount of [0n, -1n, 1_001n]) {
        expect(() => earlyExit(rules, { principal: 1_000n, reward: 5n }, amount, 0n)).to.throw(
          RangeError,
          `${amount} base units cannot leave a position of 1000`,
        );
      }
    });
  });

  describe("renewed", function () {
    it("holds what renewals on the chain do", async function () {
      const { pool, actors } = await networkHelpers.loadFixture(oneTokenPool);
      const { terms } = await pool.term(0n);
      let id = await openPosition(pool, actors.alice, 123_456_789n);
      for (let times = 0; times < 4; times++) {
        const { principal, reward } = await pool.position(id);
        expect(renewed(terms, 123_456_789n, times)).to.deep.equal({ principal, reward });
        await time.increase(terms.duration);
        await pool.connect(actors.alice).renew(id, 0n, 0n);
        id = await pool.positionCount();
      }
    });
  });

  describe("given any history of a flexible pool", function () {
    it("knows stakes, rewards and the clock as the pool does, to the unit", async function () {
      const who = fc.nat({ max: 2 });
      const step = fc.oneof(
        { weight: 4, arbitrary: fc.record({ kind: fc.constant("stake" as const), who, amount: magnitude(90) }) },
        { weight: 3, arbitrary: fc.record({ kind: fc.constant("withdraw" as const), who, amount: magnitude(90) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), who, amount: fc.constant(0n) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant("claim" as const), who, amount: fc.constant(0n) }) },
        { weight: 3, arbitrary: fc.record({ kind: fc.constant("notify" as const), who, amount: magnitude(110) }) },
      );
      const history = fc.array(fc.tuple(step, magnitude(20)), { minLength: 10, maxLength: 25, size: "max" });
      let [wide, carried] = [0, 0];
      await fc.assert(
        fc.asyncProperty(history, fc.constantFrom(MAX_UINT96, 10n ** 15n), async (steps, cap) => {
          const fixture = await deployFlexiblePool(ethers, { cap });
          const { pool, actors } = fixture;
          const limits = { duration: PERIOD, cap };
          const address = await pool.getAddress();
          const read = async (slot: string) => ethers.provider.getStorage(address, slot);
          const people = [actors.alice, actors.bob, actors.carol];
          for (const [{ kind, who: index, amount }, wait] of steps) {
            const person = people[index] ?? actors.alice;
            const [before, stakerBefore] = [
              await readFlexiblePool(read, limits),
              await readStaker(read, person.address),
            ];
            await time.increase(wait);
            if (kind === "stake") {
              if (before.totalStaked + amount > cap) continue;
              await pool.connect(person).stake(amount);
              const [after, staker] = afterStake(before, stakerBefore, amount, await time.latest());
              expect(await readFlexiblePool(read, limits)).to.deep.equal(plain(after));
              expect(await readStaker(read, person.address)).to.deep.equal(staker);
            } else if (kind === "withdraw" || kind === "leave") {
              const most = stakerBefore.stake;
              const leaving = kind === "leave" || amount > most ? most : amount;
              if (leaving === 0n) continue;
              await pool.connect(person).withdraw(leaving);
              const [after, staker] = afterWithdrawal(before, stakerBefore, leaving, await time.latest());
              expect(await readFlexiblePool(read, limits)).to.deep.equal(plain(after));
              expect(await readStaker(read, person.address)).to.deep.equal(staker);
            } else if (kind === "claim") {
              await pool.connect(person).getReward();
              expect(await readStaker(read, person.address)).to.deep.equal(
                afterClaim(before, stakerBefore, await time.latest()),
              );
            } else {
              const carry = await pool.carry();
              await fund(fixture, amount);
              const [after, left] = afterNotification(before, carry, amount, await time.latest());
              expect(await readFlexiblePool(read, limits)).to.deep.equal(plain(after));
              expect(await pool.carry()).to.equal(left);
              if (left !== 0n) carried++;
            }
            const state = await readFlexiblePool(read, limits);
            if (state.accumulator >= 2n ** 128n) wide++;
            const stakers = await Promise.all(people.map(async (each) => readStaker(read, each.address)));
            await time.increase(HOUR);
            const now = await time.latest();
            expect(await pool.rewardPerToken()).to.equal(rewardPerToken(state, now));
            expect(await pool.periodFinish()).to.equal(periodFinish(state, now));
            expect(await Promise.all(people.map(async (each) => pool.earned(each)))).to.deep.equal(
              stakers.map((staker) => earned(state, staker, now)),
            );
          }
        }),
        { numRuns: 16 },
      );
      expect(carried, "notifications that left something over").to.be.greaterThan(0);
      expect(wide, "steps with an accumulator above its low half").to.be.greaterThan(0);
    });

    it("refuses a withdrawal of more than the stake", function () {
      expect(() => afterWithdrawal(EMPTY, { stake: 5n, debt: 0n }, 6n, 0n)).to.throw(RangeError, "a stake of 5");
      expect(() => afterWithdrawal(EMPTY, { stake: 5n, debt: 0n }, 0n, 0n)).to.throw(RangeError);
    });

    it("counts up between readings of the views within a unit of the pool", async function () {
      const { pool, actors } = await networkHelpers.loadFixture(streamingPool);
      const stream = await streamOf(pool);
      const [stake, then] = [await pool.balanceOf(actors.alice), await time.latest()];
      const read = await pool.earned(actors.alice);
      await fc.assert(
        fc.asyncProperty(fc.bigInt(1n, 9n * DAY), async (seconds) => {
          await time.increase(seconds);
          const [now, actual] = [await time.latest(), await pool.earned(actors.alice)];
          const difference = projectEarned(stream, stake, read, then, now) - actual;
          expect(difference >= -1n && difference <= 1n).to.equal(true);
        }),
        { numRuns: 10 },
      );
    });
  });

  describe("rates", function () {
    it("compound as the year's number of renewals says", function () {
      expectNear(aprToApy(0.06, 12), Number(1_005n ** 12n - 1_000n ** 12n) / 1e36, 1e-16);
      expectNear(aprToApy(0.06, 1), 0.06, 1e-16);
      expectNear(aprToApy(0.06, Infinity), Math.exp(0.06) - 1, 1e-15);
      expect(aprToApy(0, 12)).to.equal(0);
      expectNear(aprToApy(1e-12, 365), 1e-12, 1e-23);
      expectNear(termApy({ rate: ONE / 10n, duration: YEAR }), 0.1, 1e-15);
      expect(rateToApr(60_000_000_000_000_000n)).to.equal(0.06);
    });

    it("come to what a year of renewals pays on the chain", function () {
      const rules = { rate: ONE / 10n, duration: 73n * DAY };
      const principal = 10n ** 27n;
      const gained = Number(renewed(rules, principal, 5).principal - principal) / Number(principal);
      expectNear(termApy(rules), gained, 1e-12);
    });

    it("tell what a stream pays to each staked unit, and what is left of it", async function () {
      const { pool } = await networkHelpers.loadFixture(streamingPool);
      const stream = await streamOf(pool);
      const perYear = (stream.periodReward * YEAR * ONE) / (PERIOD * stream.totalStaked);
      expect(streamRate(stream)).to.equal(perYear);
      expect(streamRate(stream, stream.totalStaked)).to.equal(perYear / 2n);
      expect(streamRate({ ...stream, totalStaked: 0n })).to.equal(undefined);
      expect(streamLeft(stream, stream.periodFinish)).to.equal(0n);
      expect(streamLeft(stream, stream.periodFinish + 1n)).to.equal(0n);
      expect(streamLeft(stream, stream.periodFinish - PERIOD / 2n)).to.equal(stream.periodReward / 2n);
      expect(streamLeft(stream, 0n)).to.equal(stream.periodReward);
    });
  });
});

/** Fractions: the matchers of amounts take whole numbers only. */
function expectNear(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected) <= tolerance, `${actual} is near ${expected}`).to.equal(true);
}

const EMPTY: FlexiblePoolState = {
  totalStaked: 5n,
  accumulator: 0n,
  digits: 96n,
  lastUpdate: 0n,
  periodReward: 0n,
  periodEnd: 0n,
  duration: PERIOD,
};

async function oneTokenPool() {
  return deployFixedTermPool(ethers, { sameToken: true });
}

async function streamingPool() {
  const fixture = await deployFlexiblePool(ethers);
  await fixture.pool.connect(fixture.actors.alice).stake(12_345n * ONE);
  await fixture.pool.connect(fixture.actors.bob).stake(7n * ONE + 1n);
  await fund(fixture, 1_000n * ONE + 1n);
  return fixture;
}

type FlexiblePool = Awaited<ReturnType<typeof streamingPool>>["pool"];

async function streamOf(pool: FlexiblePool) {
  return {
    totalStaked: await pool.totalSupply(),
    periodReward: await pool.getRewardForDuration(),
    rewardsDuration: await pool.rewardsDuration(),
    periodFinish: await pool.periodFinish(),
  };
}

/** Penalties that were booked and not swept yet, all shares together. */
async function bookedPenalties(pool: Awaited<ReturnType<typeof oneTokenPool>>["pool"]): Promise<bigint> {
  const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
  return rewards + insurance + treasury + burned;
}

function termAt(terms: readonly TermInput[], id: number): TermInput {
  const found = terms[id];
  if (found === undefined) throw new Error(`There is no term ${id}`);
  return found;
}

function scaled(value: bigint, factor: number): bigint {
  return (value * BigInt(Math.round(factor * 2 ** 40))) / 2n ** 40n;
}

/** All times as bigints, as they are read from storage. */
function plain(state: FlexiblePoolState): FlexiblePoolState {
  return { ...state, lastUpdate: BigInt(state.lastUpdate), periodEnd: BigInt(state.periodEnd) };
}
