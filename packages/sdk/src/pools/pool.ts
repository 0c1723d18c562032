/** What contracts write for a cap that is none: 2^96 − 1. */
export const NO_CAP = 2n ** 96n - 1n;

export interface Token {
  readonly address: string;
  /** As the token says it: text from a stranger, only ever rendered as text. The start of its address where it says nothing. */
  readonly symbol: string;
  readonly decimals: number;
}

/** The tokens of a pool, as far as it matters whether they are one. */
export interface PoolTokens {
  readonly stakingToken: Pick<Token, "address">;
  readonly rewardsToken: Pick<Token, "address">;
}

interface PoolBase {
  readonly address: string;
  /** Whether governance lists it. */
  readonly listed: boolean;
  readonly creator: string;
  /** Who governs it. */
  readonly authority: string;
  /** Whether that is who governs the factory. */
  readonly sameAuthority: boolean;
  /** Unix time in seconds. */
  readonly createdAt: number;
  readonly paused: boolean;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
}

/** A pool that is left at any time. Amounts in base units, times in seconds. */
export interface FlexiblePool extends PoolBase {
  readonly kind: "flexible";
  readonly totalStaked: bigint;
  readonly cap: bigint;
  readonly minimum: bigint;
  /** What the current or last period streams in all. */
  readonly periodReward: bigint;
  readonly rewardsDuration: bigint;
  readonly periodFinish: bigint;
  readonly rewardsOwed: bigint;
}

/** What leaving early costs, in basis points. */
export interface Penalty {
  readonly startBps: bigint;
  readonly endBps: bigint;
  readonly forfeitedBps: bigint;
}

/** A term of a fixed-term pool. Amounts in base units, times in seconds. */
export interface Term {
  readonly id: number;
  readonly duration: bigint;
  /** Yearly; 1e18 is 100 %. */
  readonly rate: bigint;
  readonly minimum: bigint;
  /** `NO_CAP` if it is uncapped. */
  readonly principalCap: bigint;
  /** `NO_CAP` if it is uncapped. */
  readonly rewardCap: bigint;
  readonly penalty: Penalty;
  readonly openPrincipal: bigint;
  readonly reservedReward: bigint;
  readonly paused: boolean;
  readonly closed: boolean;
}

/** Where principal penalties go, in basis points that add up to 10,000. */
export interface Split {
  readonly rewardsBps: bigint;
  readonly insuranceBps: bigint;
  readonly treasuryBps: bigint;
  readonly burnBps: bigint;
}

/** A pool whose rewards are reserved at opening. Amounts in base units. */
export interface FixedTermPool extends PoolBase {
  readonly kind: "fixed";
  readonly totalPrincipal: bigint;
  readonly availableBudget: bigint;
  readonly reservedRewards: bigint;
  /** Reward units for 1e18 stake units. */
  readonly conversion: bigint;
  readonly positionCount: bigint;
  /** Terms that there are; `terms` may hold the first ones only, those that are not closed before the others. */
  readonly termCount: number;
  readonly terms: readonly Term[];
  readonly split: Split;
  readonly rewardsPool: string;
  readonly insurance: string;
  readonly treasury: string;
}

/** A pool that the lens could not read. */
export interface UnreadablePool {
  readonly kind: "unreadable";
  readonly flexible: boolean;
  readonly address: string;
  readonly listed: boolean;
}

export type Pool = FlexiblePool | FixedTermPool;

/** A term of those that were read. */
export function termOf(pool: FixedTermPool, id: number): Term | undefined {
  return pool.terms.find((term) => term.id === id);
}

/** Terms that were not read, in pools together. */
export function untoldTerms(pools: readonly Pool[]): number {
  return pools.reduce((sum, pool) => sum + (pool.kind === "fixed" ? pool.termCount - pool.terms.length : 0), 0);
}

/** Whether both tokens of a pool are the same, so that a reward can be staked. */
export function paysItsOwnToken(pool: PoolTokens): boolean {
  return pool.stakingToken.address === pool.rewardsToken.address;
}
