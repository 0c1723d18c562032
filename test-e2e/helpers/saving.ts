// What people do in pools without the page, so that a test of the page begins where it wants to.
import type { FixedTermPool, FlexiblePool } from "@termstake/sdk/ethers";
import { getAddress, type Wallet } from "ethers";

import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";
import { mined, type Chain } from "./chain.ts";
import type { TestWallet } from "./wallet.ts";

/** Lets a pool take exactly `amount` of its staking token. */
async function allow(pool: FlexiblePool | FixedTermPool, account: Wallet, amount: bigint): Promise<void> {
  const token = PlainToken__factory.connect(await pool.stakingToken(), account);
  await mined(token.approve(pool, amount));
}

/** Stakes in a flexible pool. */
export async function stakeIn(pool: FlexiblePool, account: Wallet, amount: bigint): Promise<void> {
  await allow(pool, account, amount);
  await mined(pool.connect(account).stake(amount));
}

/** Opens a position, and says its id. */
export async function openIn(pool: FixedTermPool, account: Wallet, termId: number, principal: bigint): Promise<bigint> {
  await allow(pool, account, principal);
  await mined(pool.connect(account).open(termId, principal, account, 0));
  return pool.positionCount();
}

/** What `body` changes of some figures, each as it is in the newest block. */
export async function changes<Name extends string>(
  figures: Readonly<Record<Name, () => Promise<bigint>>>,
  body: () => Promise<unknown>,
): Promise<Record<Name, bigint>> {
  const names = Object.keys(figures) as Name[];
  const read = () => Promise.all(names.map((name) => figures[name]()));
  const before = await read();
  await body();
  const after = await read();
  return Object.fromEntries(names.map((name, i) => [name, (after[i] ?? 0n) - (before[i] ?? 0n)])) as Record<
    Name,
    bigint
  >;
}

/** Figures of one account: its balances of the pools' tokens. */
export function balancesOf({ stake, dollars }: Chain, account: Wallet) {
  return { stake: () => stake.balanceOf(account), dollars: () => dollars.balanceOf(account) };
}

/** What a wallet was asked to let pools take of a token, in base units, in order. */
export function approvals(wallet: TestWallet, token: string): bigint[] {
  const contract = PlainToken__factory.createInterface();
  return wallet
    .requests("eth_sendTransaction")
    .map(([transaction]) => transaction as { to: string; data: string })
    .filter(({ to }) => getAddress(to) === token)
    .map(({ data }) => contract.decodeFunctionData("approve", data)[1] as bigint);
}
