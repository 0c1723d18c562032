// Pools besides the protocol config's, of any token, as anybody may create them.
import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  type FixedTermPool,
  type FlexiblePool,
  type IFixedTermPool,
  type IFlexiblePool,
} from "@termstake/sdk/ethers";
import { MaxUint256, ZeroAddress, ZeroHash, type BaseContract } from "ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "./chain.ts";

/** Stands for no cap. */
export const NO_CAP = 2n ** 96n - 1n;

/** A token that anybody can mint. */
export interface Mintable extends BaseContract {
  mint: (to: string, amount: bigint) => Promise<{ wait(): Promise<unknown> }>;
  approve: (spender: string, amount: bigint) => Promise<{ wait(): Promise<unknown> }>;
}

type FlexibleConfig = Pick<IFlexiblePool.ConfigStruct, "stakingToken" | "rewardsToken"> &
  Partial<IFlexiblePool.ConfigStruct>;
type FixedTermConfig = Pick<IFixedTermPool.ConfigStruct, "stakingToken" | "rewardsToken"> &
  Partial<IFixedTermPool.ConfigStruct>;

/** A term of 30 days at 12 %, as most tests need it. */
export const MONTH_TERM: IFixedTermPool.TermStruct = {
  duration: 30 * DAY,
  rate: 12n * 10n ** 16n,
  minimum: 1,
  principalCap: NO_CAP,
  rewardCap: NO_CAP,
  penalty: { startBps: 200, endBps: 100, forfeitedBps: 5_000 },
};

/** Creates a flexible pool that nobody governs; the deployer may pay its stream. */
export async function createFlexiblePool(chain: Chain, config: FlexibleConfig): Promise<FlexiblePool> {
  const deployer = await chain.deployer();
  const factory = chain.factory.connect(deployer);
  const whole: IFlexiblePool.ConfigStruct = {
    authority: ZeroAddress,
    distributor: await deployer.getAddress(),
    rewardsDuration: 7 * DAY,
    minimumStake: 1,
    cap: NO_CAP,
    ...config,
  };
  const address = await factory.createFlexiblePool.staticCall(whole, ZeroHash);
  await mined(factory.createFlexiblePool(whole, ZeroHash));
  return FlexiblePool__factory.connect(address, chain.provider);
}

/** Streams `amount` of its reward token through a flexible pool of `createFlexiblePool`. */
export async function stream(chain: Chain, pool: FlexiblePool, token: Mintable, amount: bigint): Promise<void> {
  await mined(token.mint(await addressOf(pool), amount));
  await mined(pool.connect(await chain.deployer()).notifyRewardAmount(amount));
}

/** Creates a fixed-term pool that nobody governs, whose penalties go to the treasury. */
export async function createFixedTermPool(chain: Chain, config: FixedTermConfig): Promise<FixedTermPool> {
  const { fixed, factory } = chain;
  const [insurance, treasury] = await fixed.recipients();
  const whole: IFixedTermPool.ConfigStruct = {
    authority: ZeroAddress,
    conversion: tsk(1),
    renderer: await fixed.renderer(),
    rewardsPool: ZeroAddress,
    insurance,
    treasury,
    split: { rewardsBps: 0, insuranceBps: 0, treasuryBps: 10_000, burnBps: 0 },
    terms: [MONTH_TERM],
    ...config,
  };
  const creator = factory.connect(await chain.deployer());
  const address = await creator.createFixedTermPool.staticCall(whole, ZeroHash);
  await mined(creator.createFixedTermPool(whole, ZeroHash));
  return FixedTermPool__factory.connect(address, chain.provider);
}

/** Gives a fixed-term pool a budget of its reward token. */
export async function fundBudget(chain: Chain, pool: FixedTermPool, token: Mintable, amount: bigint): Promise<void> {
  const deployer = await chain.deployer();
  await mined(token.mint(await deployer.getAddress(), amount));
  await mined(token.approve(await addressOf(pool), MaxUint256));
  await mined(pool.connect(deployer).fund(amount));
}
