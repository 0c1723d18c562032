import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import type { PlainToken } from "../../../types/index.js";
import { MAX_UINT256, ZERO_ADDRESS } from "../fixtures.ts";
import { SPLIT } from "../fixed-term.ts";
import {
  type Addresses,
  CONVERSION,
  FLEXIBLE_LIMITS,
  FORTUNE,
  INSURANCE_SHARE_BPS,
  type Kind,
  MINIMUM_CLAIM_DELAY,
  TERMS,
} from "./protocol.ts";

const ACTORS = 8;

/** An account without code. */
const TREASURY = "0x7000000000000000000000000000000000000007";

/** Deploys everything under a governor who acts at once; each actor holds a fortune and has approved every contract. */
export async function deployContracts(ethers: HardhatEthers): Promise<{ addresses: Addresses; reader: string }> {
  const [governor, ...others] = await ethers.getSigners();
  if (governor === undefined || others.length < ACTORS) throw new Error(`The network has fewer than ${ACTORS} actors`);
  const actors = others.slice(0, ACTORS);
  const authority = await (await ethers.deployContract("AccessManager", [governor.address])).getAddress();
  const renderer = await (await ethers.deployContract("PositionRenderer")).getAddress();
  const fund = await (await ethers.deployContract("InsuranceFund", [authority, MINIMUM_CLAIM_DELAY])).getAddress();
  const distributor = await (
    await ethers.deployContract("RewardDistributor", [authority, fund, TREASURY, INSURANCE_SHARE_BPS])
  ).getAddress();

  const stake = await ethers.deployContract("BlocklistToken");
  const reward = await ethers.deployContract("BlocklistToken");
  const coin = await ethers.deployContract("BurnableToken", [0]);
  const tokens = { stake: await stake.getAddress(), reward: await reward.getAddress(), coin: await coin.getAddress() };

  const flexibleOf = async (kind: Kind, stakingToken: string, rewardsToken: string) => {
    const { duration: rewardsDuration, minimum: minimumStake, cap } = FLEXIBLE_LIMITS[kind];
    return ethers.deployContract("FlexiblePool", [
      { authority, distributor, stakingToken, rewardsToken, rewardsDuration, minimumStake, cap },
    ]);
  };
  const streams = await flexibleOf("one", tokens.stake, tokens.stake);
  const flexible = {
    two: await (await flexibleOf("two", tokens.stake, tokens.reward)).getAddress(),
    one: await streams.getAddress(),
  };
  const fixedOf = async (kind: Kind, stakingToken: string, rewardsToken: string, rewardsPool: string) => {
    const recipients = { renderer, rewardsPool, insurance: fund, treasury: TREASURY };
    const terms = { conversion: CONVERSION[kind], split: SPLIT, terms: [...TERMS] };
    const pool = await ethers.deployContract("FixedTermPool", [
      { authority, stakingToken, rewardsToken, ...recipients, ...terms },
    ]);
    return pool.getAddress();
  };
  const fixed = {
    two: await fixedOf("two", tokens.stake, tokens.reward, flexible.one),
    one: await fixedOf("one", tokens.coin, tokens.coin, ZERO_ADDRESS),
  };
  await streams.connect(governor).setFunder(fixed.two, true);

  const spenders = [...Object.values(flexible), ...Object.values(fixed), distributor];
  for (const token of Object.values(tokens)) {
    await provide(actors, await ethers.getContractAt("PlainToken", token), spenders);
  }
  const reader = await (await ethers.deployContract("BatchReader")).getAddress();
  const addresses = {
    actors: actors.map(({ address }) => address),
    governor: governor.address,
    treasury: TREASURY,
    renderer,
    tokens,
    flexible,
    fixed,
    distributor,
    fund,
  };
  return { addresses, reader };
}

async function provide(
  actors: readonly HardhatEthersSigner[],
  token: PlainToken,
  spenders: readonly string[],
): Promise<void> {
  for (const actor of actors) {
    await token.mint(actor, FORTUNE);
    for (const spender of spenders) await token.connect(actor).approve(spender, MAX_UINT256);
  }
}
