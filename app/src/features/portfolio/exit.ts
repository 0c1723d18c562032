// What becomes of a position that is left: plain functions over what the contract's preview says.
import { splitPenalty } from "@termstake/sdk/math";
import { paysItsOwnToken, type FixedTermPool, type Split, type Token } from "@termstake/sdk/pools";

import type { ExitPreview, Position } from "../../chain/account.ts";
import { formatAmount } from "../../shared/format.ts";

export type Destination = "rewards" | "insurance" | "treasury" | "burned";

/** How a penalty of `amount` base units is divided; destinations without a share are left out. */
export function penaltyShares(split: Split, amount: bigint): { readonly kind: Destination; readonly amount: bigint }[] {
  const shares = splitPenalty(split, amount);
  return (
    [
      ["rewards", split.rewardsBps],
      ["insurance", split.insuranceBps],
      ["treasury", split.treasuryBps],
      ["burned", split.burnBps],
    ] as const
  )
    .filter(([, bps]) => bps > 0n)
    .map(([kind]) => ({ kind, amount: shares[kind] }));
}

/** All amounts in base units: of the staking token for principal and penalty, of the reward token for the rest. */
export interface ExitAccount {
  readonly principalOut: bigint;
  readonly rewardOut: bigint;
  readonly penalty: bigint;
  readonly shares: readonly { readonly kind: Destination; readonly amount: bigint }[];
  /** Reward that has accrued and is given up. */
  readonly forfeited: bigint;
  /** Reward that would have accrued until maturity. */
  readonly notAccrued: bigint;
  /** What goes on in a position of its own. */
  readonly stays: { readonly principal: bigint; readonly reward: bigint };
}

/** Accounts for everything that leaving with `amount` of the principal moves: nothing is left over. */
export function exitAccount(
  { principal, reward }: Pick<Position, "principal" | "reward">,
  amount: bigint,
  { principalOut, rewardOut, principalPenalty, forfeitedReward }: ExitPreview,
  split: Split,
): ExitAccount {
  const staying = principal - amount;
  const stayingReward = principal === 0n ? 0n : (reward * staying) / principal;
  return {
    principalOut,
    rewardOut,
    penalty: principalPenalty,
    shares: penaltyShares(split, principalPenalty).filter((share) => share.amount > 0n),
    forfeited: forfeitedReward,
    notAccrued: reward - stayingReward - rewardOut - forfeitedReward,
    stays: { principal: staying, reward: stayingReward },
  };
}

/** All that leaving pays, as it stands above the button: one amount where both are of the same token. */
export function paidOut(pool: FixedTermPool, { principalOut, rewardOut }: ExitPreview, locale: string): string {
  const { stakingToken, rewardsToken } = pool;
  const write = (amount: bigint, { decimals, symbol }: Token) => `${formatAmount(amount, decimals, locale)} ${symbol}`;
  if (paysItsOwnToken(pool)) return write(principalOut + rewardOut, stakingToken);
  return rewardOut === 0n
    ? write(principalOut, stakingToken)
    : `${write(principalOut, stakingToken)} + ${write(rewardOut, rewardsToken)}`;
}
