// May this amount be staked, or opened, now? Of a token that keeps a part of each transfer, what arrives is checked by the contract alone.
import { principalFor, promisedReward } from "../math/fixed-term.ts";
import { min, saturatingSub } from "../math/units.ts";
import type { FixedTermPool, FlexiblePool, Term } from "../pools/pool.ts";
import { checkReceiver, isSame, toAddress, unless, ZERO, type Refusal } from "./refusal.ts";

/** Who pays a deposit, as far as it is known; what is not known stands against nothing. Amounts in base units. */
export interface Spender {
  readonly account: string;
  readonly balance?: bigint | undefined;
  /** What the pool may take; left out where it is to be approved first. */
  readonly allowance?: bigint | undefined;
}

/**
 * What `stake` of `amount` base units would be refused for, in the contract's order and complete; empty if it would not be. A token may
 * refuse what the account lacks with an error of its own: here it is OpenZeppelin's.
 */
export function checkStake(
  pool: Pick<FlexiblePool, "address" | "paused" | "minimum" | "cap" | "totalStaked">,
  amount: bigint,
  spender?: Spender,
): readonly Refusal[] {
  return [
    ...checkTransfer(pool, amount, spender),
    ...unless(!pool.paused, { name: "PoolPaused", args: {} }),
    ...checkSize(amount, pool.minimum, pool.cap - pool.totalStaked),
  ];
}

/** The most base units that `stake` accepts now, for any payer. */
export function mostStakeable(pool: Pick<FlexiblePool, "cap" | "totalStaked">): bigint {
  return saturatingSub(pool.cap, pool.totalStaked);
}

/**
 * What `open` of `amount` base units in a term of the pool would be refused for, in the contract's order and complete; empty if it would
 * not be. `minReward` is the least reward that is asked for, `receiver` who is to own the position.
 */
export function checkOpening(
  pool: Pick<FixedTermPool, "address" | "paused" | "availableBudget" | "conversion">,
  term: Term,
  amount: bigint,
  {
    spender,
    receiver,
    minReward = 0n,
  }: { readonly spender?: Spender; readonly receiver?: string; readonly minReward?: bigint } = {},
): readonly Refusal[] {
  return [
    ...checkTransfer(pool, amount, spender),
    ...checkPromise(pool, term, amount, minReward),
    ...(receiver === undefined ? [] : checkOwner(pool, receiver)),
  ];
}

/** Most base units of principal that the term takes now: room below its cap, and what its budget covers the reward of. */
export function mostOpenable(pool: Pick<FixedTermPool, "availableBudget" | "conversion">, term: Term): bigint {
  return min(principalLeft(term), principalFor(term, rewardLeft(pool, term), pool.conversion));
}

/** Base units of principal that still fit below the term's cap. */
export function principalLeft({ principalCap, openPrincipal }: Pick<Term, "principalCap" | "openPrincipal">): bigint {
  return saturatingSub(principalCap, openPrincipal);
}

/** Base units of reward that the term can still promise: what the budget holds, below the term's own cap. */
export function rewardLeft(
  { availableBudget }: Pick<FixedTermPool, "availableBudget">,
  { rewardCap, reservedReward }: Pick<Term, "rewardCap" | "reservedReward">,
): bigint {
  return min(availableBudget, saturatingSub(rewardCap, reservedReward));
}

/** What opening a position asks of pool and term, wherever its principal comes from. */
export function checkPromise(
  pool: Pick<FixedTermPool, "paused" | "availableBudget" | "conversion">,
  term: Term,
  principal: bigint,
  minReward: bigint,
): readonly Refusal[] {
  const reward = promisedReward(term, principal, pool.conversion);
  const capLeft = saturatingSub(term.rewardCap, term.reservedReward);
  const available = pool.availableBudget;
  return [
    ...unless(!pool.paused, { name: "PoolPaused", args: {} }),
    ...checkTakesNew(term),
    ...checkSize(principal, term.minimum, principalLeft(term)),
    ...unless(reward !== 0n && reward >= minReward, { name: "PoolRewardBelowMinimum", args: { reward, minReward } }),
    ...unless(reward <= capLeft, { name: "PoolRewardCapExceeded", args: { reward, capLeft } }),
    ...unless(reward <= available, {
      name: "PoolBudgetTooSmall",
      args: { needed: reward, available, missing: reward - available },
    }),
  ];
}

/** Whether a term takes openings and renewals at all. */
export function checkTakesNew(term: Pick<Term, "id" | "closed" | "paused">): readonly Refusal[] {
  const termId = BigInt(term.id);
  return [
    ...unless(!term.closed, { name: "PoolTermClosed", args: { termId } }),
    ...unless(!term.paused, { name: "PoolTermPaused", args: { termId } }),
  ];
}

function checkTransfer(
  pool: { readonly address: string },
  amount: bigint,
  { account, balance = amount, allowance = amount }: Spender = { account: "0x" },
): readonly Refusal[] {
  const [owner, spender] = [toAddress(account), toAddress(pool.address)];
  return [
    ...unless(amount !== 0n, { name: "PoolZeroAmount", args: {} }),
    ...unless(allowance >= amount, {
      name: "ERC20InsufficientAllowance",
      args: { spender, allowance, needed: amount },
    }),
    ...unless(balance >= amount, {
      name: "ERC20InsufficientBalance",
      args: { sender: owner, balance, needed: amount },
    }),
  ];
}

function checkSize(received: bigint, minimum: bigint, capLeft: bigint): readonly Refusal[] {
  return [
    ...unless(received >= minimum, { name: "PoolBelowMinimum", args: { received, minimum } }),
    ...unless(received <= capLeft, { name: "PoolCapExceeded", args: { amount: received, capLeft } }),
  ];
}

/** Who cannot own a position. */
function checkOwner(pool: { readonly address: string }, receiver: string): readonly Refusal[] {
  const nobody = isSame(receiver, ZERO);
  const args = { receiver: toAddress(receiver) };
  return nobody ? [{ name: "ERC721InvalidReceiver", args }] : checkReceiver(pool, receiver);
}
