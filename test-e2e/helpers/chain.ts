// The chain behind the page, as a test acts on it from outside: accounts, tokens, time, and what the contracts themselves say.
import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  PoolFactory__factory,
  StakingLens__factory,
  type FixedTermPool,
  type FlexiblePool,
  type PoolFactory,
} from "@termstake/sdk/ethers";
import { JsonRpcProvider, Network, parseUnits, toBeHex, Wallet, type BaseContract, type Signer } from "ethers";

import type { PageDeployment } from "../../scripts/lib/page-server.ts";
import type { PlainToken } from "../../types/contracts/mocks/tokens/PlainToken.ts";
import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";

export const DAY = 86_400;
const CHAIN = 31_337;
/** The guardian of the local protocol config. */
const GUARDIAN = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

/** Base units of a whole number of TSK, or of a decimal one written as text. */
export function tsk(amount: string | number): bigint {
  return parseUnits(String(amount), 18);
}

export class Chain {
  readonly provider: JsonRpcProvider;
  readonly deployment: PageDeployment;
  /** Pools of the protocol config. */
  readonly flexible: FlexiblePool;
  readonly fixed: FixedTermPool;
  readonly fixedForDollars: FixedTermPool;
  readonly factory: PoolFactory;
  readonly stake: PlainToken;
  readonly dollars: PlainToken;

  private constructor(
    provider: JsonRpcProvider,
    deployment: PageDeployment,
    pools: readonly string[],
    tokens: readonly string[],
  ) {
    const at = (list: readonly string[], index: number) => {
      const address = list[index];
      if (address === undefined) throw new Error(`The protocol config has no number ${index}`);
      return address;
    };
    this.provider = provider;
    this.deployment = deployment;
    this.flexible = FlexiblePool__factory.connect(at(pools, 0), provider);
    this.fixed = FixedTermPool__factory.connect(at(pools, 1), provider);
    this.fixedForDollars = FixedTermPool__factory.connect(at(pools, 2), provider);
    this.factory = PoolFactory__factory.connect(deployment.contracts.PoolFactory, provider);
    this.stake = PlainToken__factory.connect(at(tokens, 0), provider);
    this.dollars = PlainToken__factory.connect(at(tokens, 1), provider);
  }

  /** Reads what a page serves, and where the node behind it has the protocol config's pools. */
  static async of({ nodeUrl, pageUrl }: { nodeUrl: string; pageUrl: string }): Promise<Chain> {
    const network = Network.from(CHAIN);
    const provider = new JsonRpcProvider(nodeUrl, network, { staticNetwork: network, cacheTimeout: -1 });
    provider.pollingInterval = 100;
    // The page's own description, whose shape its server fixes.
    const deployment = (await (await fetch(`${pageUrl}/deployment.json`)).json()) as PageDeployment;
    const lens = StakingLens__factory.connect(deployment.contracts.StakingLens, provider);
    const views = await lens.pools(deployment.contracts.PoolFactory, 0, 3);
    const tokens = [views[0]?.stakingToken.token ?? "", views[2]?.rewardsToken.token ?? ""];
    return new Chain(
      provider,
      deployment,
      views.map(({ info }) => info.pool),
      tokens,
    );
  }

  /** Runs `body`, and takes everything that it did to the chain back. */
  async undone<T>(body: () => Promise<T>): Promise<T> {
    const snapshot: unknown = await this.provider.send("evm_snapshot", []);
    try {
      return await body();
    } finally {
      await this.provider.send("evm_revert", [snapshot]);
    }
  }

  /** A new account with ether for fees, and `amount` of TSK. */
  async account(amount = tsk(100_000)): Promise<Wallet> {
    const wallet = new Wallet(Wallet.createRandom().privateKey, this.provider);
    await this.endow(wallet.address, amount);
    return wallet;
  }

  /** Gives an account ether for fees, and `amount` of TSK. */
  async endow(account: string, amount: bigint): Promise<void> {
    await this.provider.send("hardhat_setBalance", [account, toBeHex(10n ** 20n)]);
    if (amount > 0n) await this.mint(this.stake, account, amount);
  }

  async mint(token: PlainToken, to: string, amount: bigint): Promise<void> {
    await mined((await this.deployer()).sendTransaction(await token.mint.populateTransaction(to, amount)));
  }

  /** Stakes in the flexible pool for an account, from tokens of somebody else. */
  async stakeFor(account: string, amount: bigint): Promise<void> {
    const giver = await this.account(amount);
    await mined(this.stake.connect(giver).approve(await addressOf(this.flexible), amount));
    await mined(this.flexible.connect(giver).stakeFor(account, amount));
  }

  /** Anybody, for what anybody may do. */
  async deployer(): Promise<Signer> {
    return this.provider.getSigner(0);
  }

  /** Pauses a pool's deposits, as its guardian. */
  async pause(pool: FlexiblePool | FixedTermPool): Promise<void> {
    await mined(pool.connect(await this.provider.getSigner(GUARDIAN)).pause());
  }

  /** Pauses a pool in a new block, ahead of every transaction that waits for it. */
  async pauseAhead(pool: FlexiblePool | FixedTermPool): Promise<void> {
    const [maxFeePerGas, maxPriorityFeePerGas] = [parseUnits("200", "gwei"), parseUnits("50", "gwei")];
    await pool.connect(await this.provider.getSigner(GUARDIAN)).pause({ maxFeePerGas, maxPriorityFeePerGas });
    await this.provider.send("evm_mine", []);
  }

  /** Pauses a term, as its pool's guardian. */
  async pauseTerm(pool: FixedTermPool, termId: number): Promise<void> {
    await mined(pool.connect(await this.provider.getSigner(GUARDIAN)).pauseTerm(termId));
  }

  /** Runs `body` while transactions wait for a block that is mined by hand. */
  async unmined<T>(body: () => Promise<T>): Promise<T> {
    await this.provider.send("evm_setAutomine", [false]);
    try {
      return await body();
    } finally {
      await this.provider.send("evm_setAutomine", [true]);
    }
  }

  /** The newest block's time, in seconds. */
  async now(): Promise<number> {
    const block = await this.provider.getBlock("latest");
    if (block === null) throw new Error("The chain has no block");
    return block.timestamp;
  }

  /** The time of a block that were mined now: the page goes by it, too. */
  async pendingTime(): Promise<number> {
    const block = (await this.provider.send("eth_getBlockByNumber", ["pending", false])) as { timestamp: string };
    return Number(block.timestamp);
  }

  /** Lets time pass, and mines a block then. */
  async pass(seconds: number): Promise<void> {
    await this.provider.send("evm_increaseTime", [seconds]);
    await this.provider.send("evm_mine", []);
  }

  /** The next block, whenever it is mined, will have been so many seconds after the last one: what is foretold for it comes true to the unit. */
  async holdNextBlock(seconds: number): Promise<void> {
    await this.provider.send("evm_setNextBlockTimestamp", [(await this.now()) + seconds]);
  }

  /** Ids of the positions that were ever given to an account. */
  async positions(pool: FixedTermPool, account: string): Promise<bigint[]> {
    const received = await pool.queryFilter(pool.filters.Transfer(undefined, account), 0);
    return received.map(({ args }) => args.tokenId);
  }

  /** What an account has of a token. */
  async balance(token: PlainToken, account: string): Promise<bigint> {
    return token.balanceOf(account);
  }
}

/** Waits for a transaction, and throws if it failed. */
export async function mined(sending: Promise<{ wait(): Promise<unknown> }>): Promise<void> {
  await (await sending).wait();
}

/** A contract's address, which it had from its first moment on. */
export async function addressOf(contract: BaseContract): Promise<string> {
  return contract.getAddress();
}
