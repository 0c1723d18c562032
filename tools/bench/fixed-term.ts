// The operations of a fixed-term pool. Stake and reward are different tokens, the dearer case.
import { admit, AMOUNT, DAY, gasOf, MAX_UINT96, ONE, passDay, REWARD, type Stage } from "./stage.ts";

export const FIXED_TERM_OPERATIONS = [
  "open the first position",
  "open a later position",
  "withdraw at maturity",
  "leave early",
  "renew",
] as const;
export type FixedTermOperation = (typeof FIXED_TERM_OPERATIONS)[number];

const DURATION = 30n * DAY;

/** A term without caps to speak of, whose penalty falls. */
export const TERM = {
  duration: DURATION,
  rate: ONE / 10n,
  minimum: 1n,
  principalCap: MAX_UINT96,
  rewardCap: MAX_UINT96,
  penalty: { startBps: 1_000n, endBps: 100n, forfeitedBps: 5_000n },
};

async function deployPool(stage: Stage) {
  const { ethers, owner, stakingToken, rewardsToken } = stage;
  const renderer = await ethers.deployContract("PositionRenderer");
  const flexible = await ethers.deployContract("FlexiblePool", [
    {
      authority: owner.address,
      distributor: owner.address,
      stakingToken: await rewardsToken.getAddress(),
      rewardsToken: await stakingToken.getAddress(),
      rewardsDuration: 7n * DAY,
      minimumStake: 1n,
      cap: MAX_UINT96,
    },
  ]);
  const pool = await ethers.deployContract("FixedTermPool", [
    {
      authority: owner.address,
      stakingToken: await stakingToken.getAddress(),
      rewardsToken: await rewardsToken.getAddress(),
      conversion: ONE,
      renderer: await renderer.getAddress(),
      rewardsPool: await flexible.getAddress(),
      insurance: owner.address,
      treasury: owner.address,
      split: { rewardsBps: 4_000n, insuranceBps: 3_000n, treasuryBps: 2_000n, burnBps: 1_000n },
      terms: [TERM],
    },
  ]);
  await admit(stage, pool);
  return pool;
}

/** Ten people with a position each, an earlier early exit's penalty waiting; the staker keeps others open throughout. */
export async function measureFixedTerm(stage: Stage): Promise<Record<FixedTermOperation, bigint>> {
  const { networkHelpers, owner, others, staker } = stage;
  const pool = await deployPool(stage);
  await pool.connect(owner).fund(REWARD);
  const open = (account: typeof staker) => gasOf(pool.connect(account).open(0n, AMOUNT, account, 0n));
  for (const other of others) await open(other);
  const [leaver] = others;
  if (leaver === undefined) throw new Error("The stage has no other stakers");
  await pool.connect(leaver).withdrawEarly(1n, AMOUNT, leaver, 0n, 0n);

  await passDay(stage);
  const first = await open(staker);
  const firstId = await pool.positionCount();
  await passDay(stage);
  const later = await open(staker);
  for (let i = 0; i < 2; ++i) await open(staker);

  await passDay(stage);
  const early = await gasOf(pool.connect(staker).withdrawEarly(firstId + 1n, AMOUNT, staker, 0n, 0n));
  await networkHelpers.time.setNextBlockTimestamp(BigInt(await networkHelpers.time.latest()) + DURATION);
  const mature = await gasOf(pool.connect(staker).withdraw(firstId, staker));
  await passDay(stage);
  const renewed = await gasOf(pool.connect(staker).renew(firstId + 2n, 0n, 0n));
  return {
    "open the first position": first,
    "open a later position": later,
    "withdraw at maturity": mature,
    "leave early": early,
    renew: renewed,
  };
}
