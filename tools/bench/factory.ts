// What the factory's creations take, and what the lens reads of what was created.
import { TERM } from "./fixed-term.ts";
import { AMOUNT, DAY, gasOf, MAX_UINT96, ONE, type Stage } from "./stage.ts";

const TERM_COUNTS = [2, 32, 64] as const;

export const CREATIONS = ["create a flexible pool", ...TERM_COUNTS.map((terms) => creationOf(terms))] as const;
export const READINGS = [
  "read a flexible pool",
  ...TERM_COUNTS.map((terms) => readingOf(terms)),
  "read a stake",
  "read a position",
] as const;

function creationOf(terms: number): string {
  return `create a fixed-term pool of ${terms} terms`;
}

function readingOf(terms: number): string {
  return `read a fixed-term pool of ${terms} terms`;
}

/** Gas of each creation, and what an entry adds to a page of the lens. */
export async function measureFactory(stage: Stage): Promise<Record<string, bigint>> {
  const { ethers, owner, staker, stakingToken, rewardsToken } = stage;
  // One after the other: addresses stand in what is sent, and gas follows from their bytes.
  const flexibleDeployer = await ethers.deployContract("FlexiblePoolDeployer");
  const fixedTermDeployer = await ethers.deployContract("FixedTermPoolDeployer");
  const renderer = await ethers.deployContract("PositionRenderer");
  const access = await ethers.deployContract("AccessManager", [owner.address]);
  const lens = await ethers.deployContract("StakingLens");
  const factory = await ethers.deployContract("PoolFactory", [access, flexibleDeployer, fixedTermDeployer]);
  const common = {
    authority: await access.getAddress(),
    stakingToken: await stakingToken.getAddress(),
    rewardsToken: await rewardsToken.getAddress(),
  };
  const flexible = {
    ...common,
    distributor: owner.address,
    rewardsDuration: 7n * DAY,
    minimumStake: 1n,
    cap: MAX_UINT96,
  };
  const fixedTerm = {
    ...common,
    conversion: ONE,
    renderer: await renderer.getAddress(),
    rewardsPool: ethers.ZeroAddress,
    insurance: owner.address,
    treasury: owner.address,
    split: { rewardsBps: 0n, insuranceBps: 5_000n, treasuryBps: 3_000n, burnBps: 2_000n },
  };

  const gas: Record<string, bigint> = {};
  // A view that is sent, for the gas that its receipt names.
  const read = (data: string) => gasOf(owner.sendTransaction({ to: lens, data }));
  const factoryAddress = await factory.getAddress();
  const page = (offset: number, limit: number) =>
    lens.interface.encodeFunctionData("pools", [factoryAddress, offset, limit]);

  const salt = ethers.ZeroHash;
  gas["create a flexible pool"] = await gasOf(factory.createFlexiblePool(flexible, salt));
  for (const terms of TERM_COUNTS) {
    const config = { ...fixedTerm, terms: Array.from({ length: terms }, () => TERM) };
    gas[creationOf(terms)] = await gasOf(factory.createFixedTermPool(config, salt));
  }

  const created = await factory.pools(0n, 10n);
  const nothing = await read(page(created.length, 1));
  for (const [index, name] of READINGS.slice(0, created.length).entries())
    gas[name] = (await read(page(index, 1))) - nothing;

  const [flexibleInfo, fixedTermInfo] = created;
  if (flexibleInfo === undefined || fixedTermInfo === undefined) throw new Error("The factory created nothing");
  for (const { pool } of [flexibleInfo, fixedTermInfo]) await stakingToken.connect(staker).approve(pool, AMOUNT);
  await rewardsToken.connect(owner).approve(fixedTermInfo.pool, AMOUNT);
  await (await ethers.getContractAt("FlexiblePool", flexibleInfo.pool)).connect(staker).stake(AMOUNT);
  const pool = await ethers.getContractAt("FixedTermPool", fixedTermInfo.pool);
  await pool.connect(owner).fund(AMOUNT);
  await pool.connect(staker).open(0n, AMOUNT, staker, 0n);
  const stakes = (pools: string[]) => lens.interface.encodeFunctionData("stakes", [pools, staker.address]);
  const positions = (ids: bigint[]) => lens.interface.encodeFunctionData("positions", [fixedTermInfo.pool, ids]);
  gas["read a stake"] = (await read(stakes([flexibleInfo.pool]))) - (await read(stakes([])));
  gas["read a position"] = (await read(positions([1n]))) - (await read(positions([])));
  return gas;
}
