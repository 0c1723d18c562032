import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ZeroHash } from "ethers";

import type { IFixedTermPool, IFlexiblePool } from "../../types/contracts/PoolFactory.js";
import type {
  AccessManager,
  FixedTermPool,
  FixedTermPoolDeployer,
  FlexiblePool,
  FlexiblePoolDeployer,
  PlainToken,
  PoolFactory,
} from "../../types/index.js";
import { FULL_YEAR, MONTH } from "./fixed-term.ts";
import {
  deployAccess,
  deployToken,
  MAX_UINT96,
  namedActors,
  ONE,
  PERIOD,
  Role,
  ZERO_ADDRESS,
  type Actors,
} from "./fixtures.ts";

/** Values of the contracts' `PoolKind`. */
export const PoolKind = { none: 0n, flexible: 1n, fixedTerm: 2n } as const;

export interface FactoryFixture {
  actors: Actors;
  access: AccessManager;
  factory: PoolFactory;
  flexibleDeployer: FlexiblePoolDeployer;
  fixedTermDeployer: FixedTermPoolDeployer;
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
  /** Configurations that a creator may use as they are; the deployer governs what comes of them. */
  flexible: IFlexiblePool.ConfigStruct;
  fixedTerm: IFixedTermPool.ConfigStruct;
}

/** A factory whose listing the governor decides on, and configurations of both kinds over two plain tokens. */
export async function deployFactory(ethers: HardhatEthers): Promise<FactoryFixture> {
  const actors = await namedActors(ethers);
  const access = await deployAccess(ethers, actors);
  const flexibleDeployer = await ethers.deployContract("FlexiblePoolDeployer");
  const fixedTermDeployer = await ethers.deployContract("FixedTermPoolDeployer");
  const factory = await ethers.deployContract("PoolFactory", [access, flexibleDeployer, fixedTermDeployer]);
  await access.setTargetFunctionRole(factory, [factory.interface.getFunction("setListed").selector], Role.governor);

  const stakingToken = await deployToken(ethers, "STAKE");
  const rewardsToken = await deployToken(ethers, "REWARD", 6);
  const tokens = {
    authority: await access.getAddress(),
    stakingToken: await stakingToken.getAddress(),
    rewardsToken: await rewardsToken.getAddress(),
  };
  return {
    actors,
    access,
    factory,
    flexibleDeployer,
    fixedTermDeployer,
    stakingToken,
    rewardsToken,
    flexible: {
      ...tokens,
      distributor: actors.funder.address,
      rewardsDuration: PERIOD,
      minimumStake: 5n,
      cap: 1_000_000n * ONE,
    },
    fixedTerm: {
      ...tokens,
      conversion: 10n ** 6n,
      renderer: await (await ethers.deployContract("PositionRenderer")).getAddress(),
      rewardsPool: ZERO_ADDRESS,
      insurance: actors.guardian.address,
      treasury: actors.governor.address,
      split: { rewardsBps: 0n, insuranceBps: 5_000n, treasuryBps: 3_000n, burnBps: 2_000n },
      terms: [MONTH, { ...FULL_YEAR, principalCap: MAX_UINT96 - 1n }],
    },
  };
}

/** Creates a flexible pool and returns it, connected to its creator. */
export async function createFlexiblePool(
  ethers: HardhatEthers,
  factory: PoolFactory,
  creator: HardhatEthersSigner,
  config: IFlexiblePool.ConfigStruct,
  salt: string = ZeroHash,
): Promise<FlexiblePool> {
  const address = await factory.predictFlexiblePool(creator, config, salt);
  await factory.connect(creator).createFlexiblePool(config, salt);
  return ethers.getContractAt("FlexiblePool", address, creator);
}

/** Creates a fixed-term pool and returns it, connected to its creator. */
export async function createFixedTermPool(
  ethers: HardhatEthers,
  factory: PoolFactory,
  creator: HardhatEthersSigner,
  config: IFixedTermPool.ConfigStruct,
  salt: string = ZeroHash,
): Promise<FixedTermPool> {
  const address = await factory.predictFixedTermPool(creator, config, salt);
  await factory.connect(creator).createFixedTermPool(config, salt);
  return ethers.getContractAt("FixedTermPool", address, creator);
}
