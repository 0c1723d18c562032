// The operations of a flexible pool by the decimals of its tokens: the pairs that are common, and a reward beyond 80 bits.
import { deployFlexiblePool, FLEXIBLE_OPERATIONS, measureFlexible, stakingRewardsActions } from "./flexible.ts";
import { AMOUNT, MAX_UINT96, REWARD, type Stage } from "./stage.ts";

export interface TokenPair {
  /** Decimals of stake and reward, or what is special. */
  readonly name: string;
  readonly amount: bigint;
  readonly reward: bigint;
  readonly cap: bigint;
}

/** A thousand million whole tokens of 6 decimals: the cap that makes a narrow accumulator last. */
const CAP_OF_6_DECIMALS = 10n ** 15n;
const AMOUNT_OF_6_DECIMALS = 123_456_789n;
const REWARD_OF_6_DECIMALS = 7_654_321_098n;

export const TOKEN_PAIRS: readonly TokenPair[] = [
  { name: "18/18", amount: AMOUNT, reward: REWARD, cap: MAX_UINT96 },
  { name: "6/18", amount: AMOUNT_OF_6_DECIMALS, reward: REWARD, cap: CAP_OF_6_DECIMALS },
  { name: "18/6", amount: AMOUNT, reward: REWARD_OF_6_DECIMALS, cap: MAX_UINT96 },
  { name: "18/18, a reward above 2^80", amount: AMOUNT, reward: 65_432n * REWARD, cap: MAX_UINT96 },
];

/** Keys of `measurePairs`. */
export const PAIR_OPERATIONS = TOKEN_PAIRS.flatMap(({ name }) =>
  FLEXIBLE_OPERATIONS.map((operation) => `${operation} (${name})`),
);

/** Gas of each operation in a pool of each pair; a stage of its own for each. */
export async function measurePairs(freshStage: () => Promise<Stage>): Promise<Record<string, bigint>> {
  const gas: Record<string, bigint> = {};
  for (const { name, amount, reward, cap } of TOKEN_PAIRS) {
    const stage = await freshStage();
    const actions = stakingRewardsActions(stage, await deployFlexiblePool(stage, cap));
    const measured = await measureFlexible(stage, actions, { amount, reward });
    for (const [operation, used] of Object.entries(measured)) gas[`${operation} (${name})`] = used;
  }
  return gas;
}
