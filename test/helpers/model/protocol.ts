import { Distributor } from "../../../model/distributor.ts";
import { FixedTermPool, type FixedTermPoolConfig } from "../../../model/fixed-term-pool.ts";
import { FlexiblePool, type FlexiblePoolConfig } from "../../../model/flexible-pool.ts";
import { InsuranceFund } from "../../../model/insurance-fund.ts";
import type { Precision } from "../../../model/precision.ts";
import { Token } from "../../../model/token.ts";
import { DAY, MAX_UINT96, ONE } from "../fixtures.ts";
import { FULL_YEAR, MONTH, SPLIT, type TermInput } from "../fixed-term.ts";

/** A pool with two tokens, and one with one. */
export const KINDS = ["two", "one"] as const;
export type Kind = (typeof KINDS)[number];

/** STAKE is staked everywhere but in the fixed-term pool with one token, whose COIN can be burned. */
export const TOKENS = ["stake", "reward", "coin"] as const;
export type TokenName = (typeof TOKENS)[number];

/** Units of each token that each actor begins with. */
export const FORTUNE = 2n ** 124n;

export const INSURANCE_SHARE_BPS = 4_000n;

/** Seconds between the publication of a round and its claims, at least. */
export const MINIMUM_CLAIM_DELAY = 3n * DAY;

export const FLEXIBLE_LIMITS = {
  two: { duration: 7n * DAY, minimum: 5n, cap: MAX_UINT96 },
  one: { duration: 30n * DAY, minimum: 1n, cap: 10n ** 27n },
} as const;

/** Reward units for 10^18 stake units. */
export const CONVERSION = { two: (3n * ONE) / 7n, one: ONE } as const;

export const TERMS: readonly TermInput[] = [
  MONTH,
  { ...FULL_YEAR, principalCap: 10n ** 26n, rewardCap: 10n ** 25n },
  { ...MONTH, duration: DAY, rate: ONE, minimum: 1n, penalty: { startBps: 2_500n, endBps: 0n, forfeitedBps: 10_000n } },
];

/** Where the contracts stand, and who acts on them. */
export interface Addresses {
  readonly actors: readonly string[];
  readonly governor: string;
  readonly treasury: string;
  readonly renderer: string;
  readonly tokens: Readonly<Record<TokenName, string>>;
  readonly flexible: Readonly<Record<Kind, string>>;
  readonly fixed: Readonly<Record<Kind, string>>;
  readonly distributor: string;
  readonly fund: string;
}

/** The whole protocol as a model, in the state in which the contracts are deployed. */
export interface Protocol {
  readonly tokens: Readonly<Record<TokenName, Token>>;
  readonly flexible: Readonly<Record<Kind, FlexiblePool>>;
  readonly fixed: Readonly<Record<Kind, FixedTermPool>>;
  readonly distributor: Distributor;
  readonly fund: InsuranceFund;
}

/** The models' own classes, unless a test plants a fault. */
export interface Parts {
  flexible(config: FlexiblePoolConfig): FlexiblePool;
  fixed(config: FixedTermPoolConfig): FixedTermPool;
}

export const SOUND: Parts = {
  flexible: (config) => new FlexiblePool(config),
  fixed: (config) => new FixedTermPool(config),
};

export function buildProtocol(addresses: Addresses, precision: Precision, parts: Parts = SOUND): Protocol {
  const { tokens: at, fund, treasury } = addresses;
  const tokens = { stake: new Token(at.stake), reward: new Token(at.reward), coin: new Token(at.coin, true) };
  for (const token of Object.values(tokens)) for (const actor of addresses.actors) token.mint(actor, FORTUNE);

  const two = { stakingToken: tokens.stake, rewardsToken: tokens.reward };
  const stakeAlone = { stakingToken: tokens.stake, rewardsToken: tokens.stake };
  const coinAlone = { stakingToken: tokens.coin, rewardsToken: tokens.coin };
  const flexibleOf = (kind: Kind, pair: typeof two) =>
    parts.flexible({ address: addresses.flexible[kind], ...pair, ...FLEXIBLE_LIMITS[kind], precision });
  const flexible = { two: flexibleOf("two", two), one: flexibleOf("one", stakeAlone) };
  const governed = { insurance: fund, treasury, split: SPLIT, terms: TERMS };
  const fixed = {
    two: parts.fixed({
      address: addresses.fixed.two,
      ...two,
      ...governed,
      conversion: CONVERSION.two,
      rewardsPool: flexible.one,
    }),
    one: parts.fixed({ address: addresses.fixed.one, ...coinAlone, ...governed, conversion: CONVERSION.one }),
  };
  for (const pool of Object.values(flexible)) pool.setFunder(addresses.distributor, true);
  flexible.one.setFunder(fixed.two.address, true);
  const distributor = new Distributor({
    address: addresses.distributor,
    insurance: fund,
    treasury,
    insuranceShareBps: INSURANCE_SHARE_BPS,
    precision,
  });
  return { tokens, flexible, fixed, distributor, fund: new InsuranceFund(fund, MINIMUM_CLAIM_DELAY) };
}

/** The token that a kind of pool pays. */
export function poolsOf(protocol: Protocol, token: Token): (FlexiblePool | FixedTermPool)[] {
  const pools = [...Object.values(protocol.flexible), ...Object.values(protocol.fixed)];
  return pools.filter(({ rewardsToken }) => rewardsToken === token);
}

export function tokenAt(protocol: Protocol, address: string): Token {
  const token = Object.values(protocol.tokens).find((each) => each.address === address);
  if (token === undefined) throw new RangeError(`${address} is none of the tokens`);
  return token;
}
