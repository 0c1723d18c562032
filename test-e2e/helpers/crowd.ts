// A protocol that has grown: hundreds of pools, and one account with a thousand positions in them.
import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/sdk/ethers";
import { toBeHex, toQuantity, type JsonRpcProvider } from "ethers";

import type { IFixedTermPool } from "../../types/contracts/FixedTermPool.ts";
import { AccessManager__factory } from "../../types/factories/@openzeppelin/contracts/access/manager/AccessManager__factory.ts";
import { addressOf, DAY, tsk, type Chain } from "./chain.ts";

/** The operator of the local protocol config, who lists pools, and the delay of what it does. */
const OPERATOR = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const OPERATOR_DELAY = DAY;
/** Most gas of one transaction (EIP-7825). */
const MOST_GAS = 2n ** 24n;
/** Transactions in one request to the node. */
const AT_ONCE = 50;
/** Calls in one of the operator's transactions: listing a pool takes a twentieth of a million gas. */
const CALLS = 100;

export interface Crowd {
  /** In order of creation, the protocol config's included. */
  readonly flexible: readonly string[];
  readonly fixed: readonly string[];
}

interface Transaction {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/**
 * Creates pools, half of each kind, until there are `pools`, all listed, streaming and with a budget; stakes for `account` in every
 * flexible one, and opens `positions` for it over the fixed-term ones, each in a block of its own.
 */
export async function gatherCrowd(
  chain: Chain,
  account: string,
  { pools, positions }: { pools: number; positions: number },
): Promise<Crowd> {
  const { provider, factory, stake } = chain;
  const deployer = await (await chain.deployer()).getAddress();
  const from = deployer;
  const [authority, factoryAddress, token] = await Promise.all([
    chain.fixed.authority(),
    addressOf(factory),
    addressOf(stake),
  ]);
  const first = Number(await factory.poolCount());

  await send(provider, [
    { from, to: token, data: stake.interface.encodeFunctionData("mint", [deployer, tsk(1_000_000_000)]) },
    ...(await creations(chain, factoryAddress, deployer, pools - first)),
  ]);
  const infos = await factory.pools(0, pools);
  const created = infos.slice(first).map(({ pool }) => pool);
  const ofKind = (kind: bigint) => infos.filter((info) => info.kind === kind).map(({ pool }) => pool);
  const flexible = ofKind(1n);
  const fixed = ofKind(2n).filter((pool) => pool !== chain.fixedForDollars.target);

  await list(provider, authority, factoryAddress, factory.interface, created);
  const flexibleCalls = FlexiblePool__factory.createInterface();
  const fixedCalls = FixedTermPool__factory.createInterface();
  const fresh = new Set(created);
  await send(provider, [
    ...[...flexible, ...fixed].map((pool) => ({
      from,
      to: token,
      data: stake.interface.encodeFunctionData("approve", [pool, tsk(1_000_000)]),
    })),
    ...flexible.flatMap((pool, i) => [
      ...(fresh.has(pool)
        ? [
            { from, to: token, data: stake.interface.encodeFunctionData("transfer", [pool, tsk(1_000 + i)]) },
            { from, to: pool, data: flexibleCalls.encodeFunctionData("notifyRewardAmount", [tsk(1_000 + i)]) },
          ]
        : []),
      { from, to: pool, data: flexibleCalls.encodeFunctionData("stakeFor", [account, tsk(100 + i)]) },
    ]),
    ...fixed
      .filter((pool) => fresh.has(pool))
      .map((pool) => ({ from, to: pool, data: fixedCalls.encodeFunctionData("fund", [tsk(10_000)]) })),
    ...Array.from({ length: positions }, (_, i) => ({
      from,
      to: fixed[i % fixed.length] ?? "",
      data: fixedCalls.encodeFunctionData("open", [i % 4, tsk(10 + i), account, 0]),
    })),
  ]);
  return { flexible, fixed };
}

async function creations(chain: Chain, factory: string, deployer: string, count: number): Promise<Transaction[]> {
  const { interface: calls } = chain.factory;
  const [
    authority,
    token,
    renderer,
    { rewardsBps, insuranceBps, treasuryBps, burnBps },
    [insurance, treasury],
    ...terms
  ] = await Promise.all([
    chain.fixed.authority(),
    addressOf(chain.stake),
    chain.fixed.renderer(),
    chain.fixed.penaltySplit(),
    chain.fixed.recipients(),
    ...[0, 1, 2, 3].map(async (id): Promise<IFixedTermPool.TermStruct> => {
      const { duration, rate, minimum, principalCap, rewardCap, penalty } = (await chain.fixed.term(id)).terms;
      const { startBps, endBps, forfeitedBps } = penalty;
      return { duration, rate, minimum, principalCap, rewardCap, penalty: { startBps, endBps, forfeitedBps } };
    }),
  ]);
  return Array.from({ length: count }, (_, i) => {
    const salt = toBeHex(i + 1, 32);
    const flexible = {
      authority,
      distributor: deployer,
      stakingToken: token,
      rewardsToken: token,
      rewardsDuration: 7 * DAY,
      minimumStake: tsk(1),
      cap: tsk(1_000_000 + i),
    };
    const fixed = {
      authority,
      stakingToken: token,
      rewardsToken: token,
      conversion: tsk(1),
      renderer,
      rewardsPool: "0x".padEnd(42, "0"),
      insurance,
      treasury,
      split: { rewardsBps, insuranceBps, treasuryBps, burnBps },
      terms,
    };
    const data =
      i % 2 === 0
        ? calls.encodeFunctionData("createFlexiblePool", [flexible, salt])
        : calls.encodeFunctionData("createFixedTermPool", [fixed, salt]);
    return { from: deployer, to: factory, data };
  });
}

/** Has governance list pools: it announces the calls, waits its delay, and makes them. */
async function list(
  provider: JsonRpcProvider,
  authority: string,
  factory: string,
  calls: Chain["factory"]["interface"],
  pools: readonly string[],
): Promise<void> {
  const access = AccessManager__factory.createInterface();
  const listing = pools.map((pool) => calls.encodeFunctionData("setListed", [pool, true]));
  const together = (each: (data: string) => string) =>
    chunks(listing, CALLS).map((page) => ({
      from: OPERATOR,
      to: authority,
      data: access.encodeFunctionData("multicall", [page.map(each)]),
    }));
  await send(
    provider,
    together((data) => access.encodeFunctionData("schedule", [factory, data, 0])),
  );
  await provider.send("evm_increaseTime", [OPERATOR_DELAY]);
  await send(
    provider,
    together((data) => access.encodeFunctionData("execute", [factory, data])),
  );
}

/** Sends transactions of unlocked accounts, many in one request; the node mines each at once. Throws if one fails. */
async function send(provider: JsonRpcProvider, transactions: readonly Transaction[]): Promise<void> {
  const { url } = provider._getConnection();
  for (const page of chunks(transactions, AT_ONCE)) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(
        page.map((transaction, id) => ({
          jsonrpc: "2.0",
          id,
          method: "eth_sendTransaction",
          params: [{ ...transaction, gas: toQuantity(MOST_GAS) }],
        })),
      ),
    });
    const answers = (await response.json()) as { error?: { message: string } }[];
    const failed = answers.find(({ error }) => error !== undefined);
    if (failed !== undefined) throw new Error(`The crowd could not gather: ${failed.error?.message ?? ""}`);
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
