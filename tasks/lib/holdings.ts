import type { Provider } from "ethers";

import {
  FlexiblePool__factory,
  PlainToken__factory,
  type InsuranceFund,
  type RewardDistributor,
} from "../../types/index.ts";

/** What holds tokens for others. */
export interface Holders {
  readonly provider: Provider;
  readonly pools: readonly { readonly name: string; readonly address: string }[];
  readonly distributor: RewardDistributor;
  readonly insuranceFund: InsuranceFund;
  /** Tokens that distributor and fund are asked about; pools say themselves which are theirs. */
  readonly tokens: readonly { readonly symbol: string; readonly address: string }[];
}

/** One token in one contract, in base units. */
export interface Holding {
  readonly place: string;
  readonly contract: string;
  readonly token: string;
  readonly symbol: string;
  readonly liabilities: bigint;
  readonly balance: bigint;
}

/** Reads what everything holds and owes, at one block: balances and debts of different moments would not fit together. */
export async function readHoldings(holders: Holders, block: number): Promise<Holding[]> {
  const { provider, distributor, insuranceFund } = holders;
  const at = { blockTag: block };
  const symbolOf = new Map(holders.tokens.map(({ address, symbol }) => [address, symbol]));
  const holding = async (place: string, contract: string, token: string, liabilities: bigint): Promise<Holding> => ({
    place,
    contract,
    token,
    symbol: symbolOf.get(token) ?? token,
    liabilities,
    balance: await PlainToken__factory.connect(token, provider).balanceOf(contract, at),
  });
  const found: Holding[] = [];
  for (const { name, address } of holders.pools) {
    // Both kinds of pool answer these alike.
    const pool = FlexiblePool__factory.connect(address, provider);
    for (const token of new Set([await pool.stakingToken(at), await pool.rewardsToken(at)])) {
      found.push(await holding(name, address, token, await pool.liabilities(token, at)));
    }
  }
  for (const { address: token } of holders.tokens) {
    const [payer, fund] = [await distributor.getAddress(), await insuranceFund.getAddress()];
    found.push(await holding("RewardDistributor", payer, token, await distributor.liabilities(token, at)));
    found.push(await holding("InsuranceFund", fund, token, await insuranceFund.reserved(token, at)));
  }
  return found;
}
