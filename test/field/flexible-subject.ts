import type { IFlexiblePool, PlainToken } from "../../types/index.js";
import {
  announce,
  deployFlexiblePool,
  deployTokens,
  giveStake,
  namedActors,
  PERIOD,
  type Actors,
  type Connection,
  type FlexiblePoolOptions,
} from "../helpers/fixtures.ts";

/** A flexible pool, or something that stands in for one with a fault. */
export interface FlexibleSubject {
  actors: Actors;
  pool: IFlexiblePool;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
  /** Rescues by whoever may; in the pool that ships, governance after its delay. */
  rescue: (token: PlainToken, amount: bigint) => Promise<unknown>;
}

/** Two pools of one token, which is stake and reward of both. */
export interface TwoPools {
  actors: Actors;
  token: PlainToken;
  first: IFlexiblePool;
  second: IFlexiblePool;
  /** Sends tokens to where the second pool keeps them. */
  supplySecond: (amount: bigint) => Promise<unknown>;
  /** Takes tokens from where the first pool keeps them, as a downward rebase does. */
  shrinkFirst: (amount: bigint) => Promise<unknown>;
}

type FaultyPool =
  | "NaiveStakingRewards"
  | "BalanceAsSupplyPool"
  | "RoundingUpPool"
  | "CooldownPool"
  | "StakerListPool"
  | "InstantRewardPool";

/** The pool that ships. */
export async function realPool(connection: Connection, options: FlexiblePoolOptions = {}): Promise<FlexibleSubject> {
  const fixture = await deployFlexiblePool(connection.ethers, options);
  const { access, actors, pool } = fixture;
  const rescue = async (token: PlainToken, amount: bigint) => {
    const to = actors.governor.address;
    const call = pool.interface.encodeFunctionData("rescue", [await token.getAddress(), to, amount]);
    await announce(connection, access, actors.governor, await pool.getAddress(), call);
    return pool.connect(actors.governor).rescue(token, to, amount);
  };
  return { ...fixture, rescue };
}

/** A pool with faults of the field, in the same state as `realPool`. */
export async function faultyPool(
  { ethers }: Connection,
  contract: FaultyPool,
  options: FlexiblePoolOptions = {},
): Promise<FlexibleSubject> {
  const actors = await namedActors(ethers);
  const { stakingToken, rewardsToken } = await deployTokens(ethers, options);
  const factory = await ethers.getContractFactory<unknown[]>(contract);
  const deployed = await factory.deploy(stakingToken, rewardsToken, options.rewardsDuration ?? PERIOD);
  const pool = await ethers.getContractAt("IFlexiblePool", await deployed.getAddress());
  await giveStake(actors, stakingToken, pool);
  const rescue = (token: PlainToken, amount: bigint) =>
    pool.connect(actors.governor).rescue(token, actors.governor, amount);
  return { actors, pool, stakingToken, rewardsToken, rescue };
}

/** Two pools that ship. */
export async function realTwoPools(connection: Connection): Promise<TwoPools> {
  const { actors, pool: first, stakingToken: token } = await deployFlexiblePool(connection.ethers, { sameToken: true });
  const { pool: second } = await deployFlexiblePool(connection.ethers, { sameToken: true, stakingToken: token });
  return {
    actors,
    token,
    first,
    second,
    supplySecond: (amount) => token.mint(second, amount),
    shrinkFirst: async (amount) => take(connection, token, await first.getAddress(), actors, amount),
  };
}

/** Two pools that keep their tokens in one place. */
export async function poolsInOneCustody(connection: Connection): Promise<TwoPools> {
  const { ethers } = connection;
  const actors = await namedActors(ethers);
  const { stakingToken: token } = await deployTokens(ethers, {});
  const custody = await ethers.deployContract("SharedCustody", [await token.getAddress()]);
  const deploy = async () => {
    const pool = await ethers.deployContract("NaiveStakingRewards", [
      await custody.getAddress(),
      await custody.getAddress(),
      PERIOD,
    ]);
    return ethers.getContractAt("IFlexiblePool", await pool.getAddress());
  };
  await giveStake(actors, token, custody);
  return {
    actors,
    token,
    first: await deploy(),
    second: await deploy(),
    supplySecond: (amount) => token.mint(custody, amount),
    shrinkFirst: async (amount) => take(connection, token, await custody.getAddress(), actors, amount),
  };
}

async function take(
  { ethers, networkHelpers }: Connection,
  token: PlainToken,
  from: string,
  { stranger }: Actors,
  amount: bigint,
): Promise<void> {
  await networkHelpers.impersonateAccount(from);
  await networkHelpers.setBalance(from, 10n ** 18n);
  await token.connect(await ethers.getSigner(from)).transfer(stranger, amount);
  await networkHelpers.stopImpersonatingAccount(from);
}
