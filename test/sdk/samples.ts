// Pools to compute with.
import type { FixedTermPool, FlexiblePool, Term, Token } from "@termstake/sdk/pools";

export const DAY = 86_400;
export const ONE = 10n ** 18n;

export const TSK: Token = { address: "0x0000000000000000000000000000000000000001", symbol: "TSK", decimals: 18 };
export const USDX: Token = { address: "0x0000000000000000000000000000000000000002", symbol: "USDX", decimals: 6 };

const base = {
  listed: true,
  creator: "0x",
  authority: "0x",
  sameAuthority: true,
  createdAt: 0,
  paused: false,
  stakingToken: TSK,
  rewardsToken: TSK,
};

export function flexiblePool(change: Partial<FlexiblePool> = {}): FlexiblePool {
  return {
    ...base,
    kind: "flexible",
    address: "0x00000000000000000000000000000000000000F1",
    totalStaked: 400n * ONE,
    cap: 2n ** 96n - 1n,
    minimum: ONE,
    periodReward: 7_000n * ONE,
    rewardsDuration: BigInt(7 * DAY),
    periodFinish: BigInt(7 * DAY),
    rewardsOwed: 0n,
    ...change,
  };
}

/** The README's term: 90 days at 6 %, 3 % falling to 1 %, half of the reward. */
export function term(change: Partial<Term> = {}): Term {
  return {
    id: 0,
    duration: BigInt(90 * DAY),
    rate: (ONE / 100n) * 6n,
    minimum: 10n * ONE,
    principalCap: 2n ** 96n - 1n,
    rewardCap: 2n ** 96n - 1n,
    penalty: { startBps: 300n, endBps: 100n, forfeitedBps: 5_000n },
    openPrincipal: 0n,
    reservedReward: 0n,
    paused: false,
    closed: false,
    ...change,
  };
}

export function fixedPool(change: Partial<FixedTermPool> = {}): FixedTermPool {
  return {
    ...base,
    kind: "fixed",
    address: "0x00000000000000000000000000000000000000F2",
    totalPrincipal: 0n,
    availableBudget: 1_000n * ONE,
    reservedRewards: 0n,
    conversion: ONE,
    positionCount: 0n,
    termCount: 1,
    terms: [term()],
    split: { rewardsBps: 4_000n, insuranceBps: 2_000n, treasuryBps: 3_000n, burnBps: 1_000n },
    rewardsPool: "0x0000000000000000000000000000000000000000",
    insurance: "0x",
    treasury: "0x",
    ...change,
  };
}
