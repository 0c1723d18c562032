import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import type { IStakingRewards } from "../../types/index.js";
import { DAY, namedActors, ONE } from "../helpers/fixtures.ts";
import { type Deploy, deployOurs, ORACLE_PERIOD, ORACLES, subject } from "./subjects.ts";

// The same second for the same operation on every pool.
const connection = await network.create({ override: { allowBlocksWithSameTimestamp: true } });
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const HISTORIES = Number(process.env["ORACLE_HISTORIES"] ?? 8);
const SEED = Number(process.env["ORACLE_SEED"] ?? 0x0bac1e);

/** Scale of the peers' accumulators. */
const PEER_SCALE = 10n ** 18n;

const STAKERS = ["alice", "bob", "carol"] as const;
type StakerName = (typeof STAKERS)[number];

type Step = { wait: bigint } & (
  | { kind: "stake"; by: StakerName; amount: bigint }
  | { kind: "withdraw"; by: StakerName; percentage: bigint }
  | { kind: "claim" | "exit"; by: StakerName }
  | { kind: "notify"; reward: bigint }
);

const by = fc.constantFrom(...STAKERS);
const wait = fc.oneof(
  { arbitrary: fc.bigInt(0n, 3n * DAY), weight: 6 },
  { arbitrary: fc.bigInt(0n, 2n), weight: 2 },
  { arbitrary: fc.bigInt(ORACLE_PERIOD / 2n, 2n * ORACLE_PERIOD), weight: 1 },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ wait, kind: fc.constant("stake"), by, amount: fc.bigInt(1n, 10n ** 9n * ONE) }), weight: 4 },
  { arbitrary: fc.record({ wait, kind: fc.constant("withdraw"), by, percentage: fc.bigInt(1n, 100n) }), weight: 3 },
  { arbitrary: fc.record({ wait, kind: fc.constantFrom("claim", "exit"), by }), weight: 3 },
  { arbitrary: fc.record({ wait, kind: fc.constant("notify"), reward: fc.bigInt(ONE, 10n ** 6n * ONE) }), weight: 1 },
);

/** What makes two pools comparable: counts of whatever rounds, and the largest total staked. */
interface Course {
  notifications: bigint;
  operations: bigint;
  highestSupply: bigint;
}

/** Most units by which the peer may pay one account less: its rate, its accumulator and each account's earnings are floored. */
function peerLoses({ notifications, operations, highestSupply }: Course): bigint {
  return notifications * ORACLE_PERIOD + operations * (highestSupply / PEER_SCALE + 2n);
}

async function pair(deployPeer: Deploy, peerName: string) {
  const actors = await namedActors(ethers);
  const { alice, bob, carol, stranger: anchor, deployer: owner } = actors;
  const options = { owner, stakers: [alice, bob, carol, anchor] };
  const ours = await subject(connection, "FlexiblePool", deployOurs, options);
  const peer = await subject(connection, peerName, deployPeer, options);
  // Every reward has arrived before it is notified.
  for (const { pool, rewardsToken } of [ours, peer]) await rewardsToken.mint(pool, 10n ** 12n * ONE);
  return { actors, owner, anchor, ours, peer };
}

type Pair = Awaited<ReturnType<typeof pair>>;

/** Performs a step on every pool in the same second; a step that makes no sense is none. */
async function perform({ actors, ours, peer, owner }: Pair, taken: Step, course: Course): Promise<void> {
  const now = BigInt(await time.latest()) + taken.wait + 1n;
  const each = async (operation: (pool: IStakingRewards) => Promise<unknown>) => {
    for (const { pool } of [ours, peer]) {
      await time.setNextBlockTimestamp(now);
      await operation(pool);
    }
  };
  course.operations += 1n;
  if (taken.kind === "notify") {
    // Never below the running rate: what each pool does then is a difference of its own.
    const reward = taken.reward + (await ours.pool.getRewardForDuration());
    await each((pool) => pool.connect(owner).notifyRewardAmount(reward));
    course.notifications += 1n;
    return;
  }
  const staker = actors[taken.by];
  const staked = await ours.pool.balanceOf(staker);
  if (taken.kind === "stake") await each((pool) => pool.connect(staker).stake(taken.amount));
  if (taken.kind === "claim") await each((pool) => pool.connect(staker).getReward());
  if (staked === 0n) return;
  if (taken.kind === "exit") await each((pool) => pool.connect(staker).exit());
  if (taken.kind === "withdraw") {
    const amount = (staked * taken.percentage + 99n) / 100n;
    await each((pool) => pool.connect(staker).withdraw(amount));
  }
}

/** What either pool has paid and owes an account, and that they agree on it within the peer's own rounding. */
async function compare({ actors, anchor, ours, peer }: Pair, course: Course): Promise<void> {
  const supply = await ours.pool.totalSupply();
  expect(await peer.pool.totalSupply()).to.equal(supply);
  if (supply > course.highestSupply) course.highestSupply = supply;
  for (const account of [actors.alice, actors.bob, actors.carol, anchor]) {
    expect(await ours.pool.balanceOf(account)).to.equal(await peer.pool.balanceOf(account));
    const [here, there] = await Promise.all(
      [ours, peer].map(async (one) => (await one.rewardsToken.balanceOf(account)) + (await one.pool.earned(account))),
    );
    if (here === undefined || there === undefined) throw new Error("There are two pools");
    // Ours rounds down too, by less than a unit an operation.
    expect(here).to.be.at.least(there - course.operations);
    expect(here).to.be.at.most(there + peerLoses(course));
  }
}

for (const [name, deploy, installed] of ORACLES) {
  (installed ? describe : describe.skip)(`FlexiblePool beside ${name}`, () => {
    it("pays the same, whatever happens, within the peer's rounding", async () => {
      const fixture = () => pair(deploy, name);
      let paid = 0n;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30, size: "max" }), async (steps) => {
          const both = await networkHelpers.loadFixture(fixture);
          const course: Course = { notifications: 0n, operations: 0n, highestSupply: 0n };
          const { anchor, ours, peer } = both;
          // Somebody stays to the end: over an empty pool the two differ, and a test of its own says how.
          for (const { pool } of [ours, peer]) await pool.connect(anchor).stake(ONE);
          await perform(both, { kind: "notify", wait: 0n, reward: 10n ** 6n * ONE }, course);
          for (const taken of steps) {
            await perform(both, taken, course);
            await compare(both, course);
          }
          for (const who of STAKERS) await perform(both, { kind: "exit", wait: 2n * ORACLE_PERIOD, by: who }, course);
          for (const { pool } of [ours, peer]) await pool.connect(anchor).exit();
          await compare(both, course);
          for (const who of STAKERS) paid += await ours.rewardsToken.balanceOf(both.actors[who]);
        }),
        { numRuns: HISTORIES, seed: SEED },
      );
      // What was compared is not dust beside what was forgiven.
      expect(paid).to.be.greaterThan(BigInt(HISTORIES) * ONE);
    });
  });
}
