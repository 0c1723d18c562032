// The peers that npm carries, each deployed as its authors deploy it.
import { readFile } from "node:fs/promises";

import { BaseContract, ContractFactory, Interface } from "ethers";
import { z } from "zod";

import { type FlexibleActions, PERIOD, sender, stakingRewardsActions } from "./flexible.ts";
import { type Build, compilePeer, SOURCES } from "./peer-sources.ts";
import { admit, DAY, REWARD, type Stage } from "./stage.ts";

export interface Peer {
  name: string;
  deploy: (stage: Stage) => Promise<FlexibleActions>;
}

const published = z.object({ abi: z.array(z.unknown()), bytecode: z.string() });

/** The bytecode that Uniswap deployed: no source of it is needed. */
export async function liquidityStaker(): Promise<Build> {
  const file = new URL(import.meta.resolve("@uniswap/liquidity-staker/build/StakingRewards.json"));
  const { abi, bytecode } = published.parse(JSON.parse(await readFile(file, "utf8")));
  return { abi: new Interface(JSON.stringify(abi)), bytecode };
}

export async function deployBuild(
  { owner }: Pick<Stage, "owner">,
  { abi, bytecode }: Build,
  args: unknown[],
): Promise<BaseContract> {
  const contract = await new ContractFactory(abi, bytecode, owner).deploy(...args);
  await contract.waitForDeployment();
  return new BaseContract(await contract.getAddress(), abi, owner);
}

async function addresses({ owner, stakingToken, rewardsToken }: Stage) {
  return { owner: owner.address, staking: await stakingToken.getAddress(), rewards: await rewardsToken.getAddress() };
}

async function deploySynthetix(stage: Stage): Promise<FlexibleActions> {
  const { owner, staking, rewards } = await addresses(stage);
  const pool = await deployBuild(stage, await compilePeer(SOURCES.synthetix), [owner, owner, rewards, staking]);
  await admit(stage, pool);
  return stakingRewardsActions(stage, pool);
}

async function deployUniswap(stage: Stage): Promise<FlexibleActions> {
  const { owner, staking, rewards } = await addresses(stage);
  const pool = await deployBuild(stage, await liquidityStaker(), [owner, rewards, staking]);
  await admit(stage, pool);
  return stakingRewardsActions(stage, pool);
}

/** A fixed rate a staked token, paid from a deposit; leaving takes two transactions. */
async function deployThirdweb(stage: Stage): Promise<FlexibleActions> {
  const { owner, staking, rewards } = await addresses(stage);
  const args = [DAY, owner, 1n, 100n, staking, rewards, owner];
  const pool = await deployBuild(stage, await compilePeer(SOURCES.thirdweb), args);
  await admit(stage, pool);
  const send = sender(pool);
  return {
    stake: (staker, amount) => send(staker, "stake", amount),
    withdraw: (staker, amount) => send(staker, "withdraw", amount),
    claim: (staker) => send(staker, "claimRewards"),
    exit: async (staker, staked) => (await send(staker, "withdraw", staked)) + (await send(staker, "claimRewards")),
    fund: (reward) => send(stage.owner, "depositRewardTokens", reward),
  };
}

/** Mints its own reward token at each operation and pays with each change of stake; there is nothing to fund. */
async function deployMasterChef(stage: Stage): Promise<FlexibleActions> {
  const { owner, staking } = await addresses(stage);
  const sushi = await deployBuild(stage, await compilePeer(SOURCES.sushiToken), []);
  const block = await stage.ethers.provider.getBlockNumber();
  const args = [sushi, owner, REWARD / (PERIOD / 12n), block, block + 1];
  const chef = await deployBuild(stage, await compilePeer(SOURCES.masterChef), args);
  const toSushi = sender(sushi);
  for (const account of [stage.owner, stage.staker]) await toSushi(stage.owner, "mint", account.address, REWARD);
  await toSushi(stage.owner, "transferOwnership", chef);
  const send = sender(chef);
  await send(stage.owner, "add", 1n, staking, false);
  await admit(stage, chef);
  return {
    stake: (staker, amount) => send(staker, "deposit", 0n, amount),
    withdraw: (staker, amount) => send(staker, "withdraw", 0n, amount),
    claim: (staker) => send(staker, "deposit", 0n, 0n),
    exit: (staker, staked) => send(staker, "withdraw", 0n, staked),
  };
}

export const PEERS: Peer[] = [
  { name: "Synthetix StakingRewards", deploy: deploySynthetix },
  { name: "Uniswap liquidity-staker", deploy: deployUniswap },
  { name: "thirdweb Staking20Base", deploy: deployThirdweb },
  { name: "Sushi MasterChef", deploy: deployMasterChef },
];
