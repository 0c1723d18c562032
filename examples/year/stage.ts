import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { DAY } from "@termstake/sdk/units";
import { id, MaxUint256, parseEther, parseUnits, ZeroAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  type FixedTermPool,
  type FlexiblePool,
  type PlainToken,
} from "../../types/index.ts";
import { AMOUNT_LIMIT, lookUp, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";
import { deployPair, deployWrappedEther, provideLiquidity, wrap } from "./tokens.ts";

export const STAKERS = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ivo", "Jun"] as const;
export type Staker = (typeof STAKERS)[number];

/** Everybody who acts. Those before the stakers have their places from the parameters. */
const ACCOUNTS = { Sponsor: 0, Operator: 2, Treasury: 4, Keeper: 5 } as const;
const FIRST_STAKER = 6;
export type Person = Staker | keyof typeof ACCOUNTS;

/** Where tokens go that nobody is to have again; pools send there what their token cannot burn. */
export const DEAD = "0x000000000000000000000000000000000000dEaD";

export const TOKENS_EACH = parseEther("50000");
export const WRAPPED_EACH = parseEther("50");

/** Everything that the year is played on. */
export interface Stage {
  readonly connection: NetworkConnection;
  readonly protocolConfig: ProtocolConfig;
  readonly protocol: Protocol;
  readonly people: Readonly<Record<Person, HardhatEthersSigner>>;
  readonly tokens: Readonly<Record<"TSK" | "USDX" | "WETH" | "LP", PlainToken>>;
  readonly flexible: Readonly<Record<"Flexible" | "Liquidity" | "Ether", FlexiblePool>>;
  readonly fixed: Readonly<Record<"Fixed" | "FixedForDollars" | "EtherFixed", FixedTermPool>>;
}

/** Deploys the protocol config, the published tokens and the pools of others, and gives everybody tokens to begin with. */
export async function setStage(
  connection: NetworkConnection,
  protocolConfig: ProtocolConfig,
  progress: (text: string) => void,
): Promise<Stage> {
  progress("Deploying the contracts");
  const protocol = await deployProtocol(connection, protocolConfig);
  const people = await everybody(connection);
  progress("Deploying wrapped ether and a Uniswap V2 pair from their published bytecode");
  const [TSK, USDX] = [lookUp(protocol.tokens, "TSK"), lookUp(protocol.tokens, "USDX")];
  const WETH = await deployWrappedEther(people.Sponsor);
  const LP = await deployPair(people.Sponsor, TSK, WETH);
  const tokens = { TSK, USDX, WETH, LP };
  progress("Giving everybody tokens");
  await endow(tokens, people);
  progress("Creating pools that nobody had to allow");
  return {
    connection,
    protocolConfig,
    protocol,
    people,
    tokens,
    ...(await createPools(protocol, people, protocolConfig, tokens)),
  };
}

async function everybody({ ethers }: NetworkConnection): Promise<Stage["people"]> {
  const signers = await ethers.getSigners();
  const signer = (index: number): HardhatEthersSigner => {
    const found = signers[index];
    if (found === undefined) throw new Error(`The node has no account number ${index}`);
    return found;
  };
  const staker = (name: Staker) => signer(FIRST_STAKER + STAKERS.indexOf(name));
  return {
    Sponsor: signer(ACCOUNTS.Sponsor),
    Operator: signer(ACCOUNTS.Operator),
    Treasury: signer(ACCOUNTS.Treasury),
    Keeper: signer(ACCOUNTS.Keeper),
    Ada: staker("Ada"),
    Ben: staker("Ben"),
    Cleo: staker("Cleo"),
    Dan: staker("Dan"),
    Eve: staker("Eve"),
    Finn: staker("Finn"),
    Gus: staker("Gus"),
    Hana: staker("Hana"),
    Ivo: staker("Ivo"),
    Jun: staker("Jun"),
  };
}

/** Sponsor and stakers get TSK and wrapped ether, the sponsor USDX, and three stakers become providers of liquidity. */
async function endow({ TSK, USDX, WETH, LP }: Stage["tokens"], people: Stage["people"]): Promise<void> {
  await (await TSK.mint(people.Sponsor, parseEther("10000000"))).wait();
  await (await USDX.mint(people.Sponsor, parseUnits("1000000", 6))).wait();
  await wrap(WETH, people.Sponsor, parseEther("100"));
  await Promise.all(
    STAKERS.map(async (name) => {
      await (await TSK.mint(people[name], TOKENS_EACH)).wait();
      await wrap(WETH, people[name], WRAPPED_EACH);
    }),
  );
  await LIQUIDITY_PROVIDERS.reduce(async (before, name) => {
    await before; // what the pair received is whose mint comes next
    await provideLiquidity(LP, TSK, WETH, people[name]);
  }, Promise.resolve());
}

const LIQUIDITY_PROVIDERS = ["Ada", "Ben", "Cleo"] as const satisfies readonly Staker[];

async function createPools(
  protocol: Protocol,
  people: Stage["people"],
  { treasury }: ProtocolConfig,
  { TSK, USDX, WETH, LP }: Stage["tokens"],
): Promise<Pick<Stage, "flexible" | "fixed">> {
  const { access, distributor, insuranceFund, renderer } = protocol;
  const factory = protocol.factory.connect(people.Ada);
  const flexible = async (name: string, staking: PlainToken, rewards: PlainToken, rewardsDuration: bigint) => {
    const config = {
      authority: access,
      distributor,
      stakingToken: staking,
      rewardsToken: rewards,
      rewardsDuration,
      minimumStake: 1_000n,
      cap: AMOUNT_LIMIT,
    };
    const address = await factory.predictFlexiblePool(people.Ada, config, id(name));
    await (await factory.createFlexiblePool(config, id(name))).wait();
    return FlexiblePool__factory.connect(address, people.Ada);
  };
  const terms = [
    {
      duration: 180n * DAY,
      rate: parseEther("0.04"),
      minimum: parseEther("0.1"),
      principalCap: parseEther("1000"),
      rewardCap: parseEther("20"),
      penalty: { startBps: 500n, endBps: 100n, forfeitedBps: 5_000n },
    },
  ];
  const config = {
    authority: access,
    stakingToken: WETH,
    rewardsToken: WETH,
    conversion: parseEther("1"),
    renderer,
    rewardsPool: ZeroAddress,
    insurance: insuranceFund,
    treasury,
    split: { rewardsBps: 2_500n, insuranceBps: 2_500n, treasuryBps: 2_500n, burnBps: 2_500n },
    terms,
  };
  const etherFixed = await factory.predictFixedTermPool(people.Ada, config, id("EtherFixed"));
  await (await factory.createFixedTermPool(config, id("EtherFixed"))).wait();
  return {
    flexible: {
      Flexible: lookUp(protocol.flexiblePools, "Flexible"),
      Liquidity: await flexible("Liquidity", LP, TSK, DAY),
      Ether: await flexible("Ether", WETH, USDX, 30n * DAY),
    },
    fixed: {
      Fixed: lookUp(protocol.fixedTermPools, "Fixed"),
      FixedForDollars: lookUp(protocol.fixedTermPools, "FixedForDollars"),
      EtherFixed: FixedTermPool__factory.connect(etherFixed, people.Ada),
    },
  };
}

/** Lets every contract take what a person pays in: approvals are not the story. */
export async function approveEverything({ protocol, people, tokens, flexible, fixed }: Stage): Promise<void> {
  const { TSK, USDX, WETH, LP } = tokens;
  const stakers = STAKERS.map((name) => people[name]);
  const allowances = [
    ...[flexible.Flexible, fixed.Fixed, fixed.FixedForDollars].map((spender) => ({ token: TSK, spender, by: stakers })),
    ...[flexible.Ether, fixed.EtherFixed].map((spender) => ({ token: WETH, spender, by: stakers })),
    { token: LP, spender: flexible.Liquidity, by: LIQUIDITY_PROVIDERS.map((name) => people[name]) },
    { token: TSK, spender: protocol.distributor, by: [people.Sponsor] },
    { token: USDX, spender: protocol.distributor, by: [people.Sponsor] },
    { token: TSK, spender: fixed.Fixed, by: [people.Sponsor] },
    { token: USDX, spender: fixed.FixedForDollars, by: [people.Sponsor] },
    { token: WETH, spender: fixed.EtherFixed, by: [people.Sponsor] },
  ];
  for (const { token, spender, by } of allowances) {
    await Promise.all(by.map(async (payer) => (await token.connect(payer).approve(spender, MaxUint256)).wait()));
  }
}
