// May this be taken out, or renewed, by this account now? Leaving is never paused: what is refused here is asked of what is not there.
import { previewWithdrawEarly, promisedReward } from "../math/fixed-term.ts";
import { saturatingSub, type Whole } from "../math/units.ts";
import { paysItsOwnToken, type FixedTermPool, type PoolTokens, type Term } from "../pools/pool.ts";
import { checkPromise, checkTakesNew, principalLeft } from "./depositing.ts";
import { checkReceiver, isSame, toAddress, unless, type Refusal } from "./refusal.ts";

const HOUR = 3_600n;
/** Windows in which strangers may renew, in seconds: whole hours between these. */
const [SHORTEST_WINDOW, LONGEST_WINDOW] = [HOUR, 720n * HOUR];

/** An open position. Amounts in base units, times in Unix seconds. */
export interface KnownPosition {
  readonly id: bigint;
  readonly owner: string;
  readonly termId: number;
  readonly principal: bigint;
  readonly reward: bigint;
  readonly maturity: Whole;
}

/** Who acts on a position. */
export interface Caller {
  readonly account: string;
  /** Whether its owner has approved the account, for this position or for all. */
  readonly approved?: boolean;
}

/** When, in Unix seconds, and for whom. */
interface At {
  readonly now: Whole;
  readonly receiver?: string;
}

/** What `withdraw` of `amount` base units of a flexible stake would be refused for, in the contract's order; empty if it would not be. */
export function checkUnstake(
  pool: { readonly address: string },
  { account, staked }: { readonly account: string; readonly staked: bigint },
  amount: bigint,
  receiver = account,
): readonly Refusal[] {
  return [
    ...checkReceiver(pool, receiver),
    ...unless(amount !== 0n, { name: "PoolZeroAmount", args: {} }),
    ...unless(amount <= staked, {
      name: "PoolInsufficientStake",
      args: { account: toAddress(account), amount, stake: staked },
    }),
  ];
}

/** What `exit` of a flexible pool would be refused for; empty if it would not be. */
export function checkExit(
  pool: { readonly address: string },
  { account, staked }: { readonly account: string; readonly staked: bigint },
  receiver = account,
): readonly Refusal[] {
  return [...checkReceiver(pool, receiver), ...unless(staked !== 0n, { name: "PoolZeroAmount", args: {} })];
}

/** What `withdraw` of a position would be refused for, in the contract's order; empty if it would not be. */
export function checkWithdrawal(
  pool: { readonly address: string },
  position: KnownPosition,
  caller: Caller,
  { now, receiver = caller.account }: At,
): readonly Refusal[] {
  return [...checkAuthorized(position, caller), ...checkMature(position, now), ...checkReceiver(pool, receiver)];
}

/**
 * What `withdrawEarly` with `amount` base units of a position would be refused for, in the contract's order; empty if it would not be.
 * The minimums are what is asked for at least.
 */
export function checkEarlyWithdrawal(
  pool: { readonly address: string },
  term: Pick<Term, "duration" | "penalty">,
  position: KnownPosition,
  caller: Caller,
  amount: bigint,
  {
    now,
    receiver = caller.account,
    minPrincipalOut = 0n,
    minRewardOut = 0n,
  }: At & { readonly minPrincipalOut?: bigint; readonly minRewardOut?: bigint },
): readonly Refusal[] {
  const { principal } = position;
  const before = [
    ...checkAuthorized(position, caller),
    ...checkReceiver(pool, receiver),
    ...unless(amount !== 0n, { name: "PoolZeroAmount", args: {} }),
    ...unless(amount <= principal, { name: "PoolAmountAbovePrincipal", args: { amount, principal } }),
  ];
  // Of what cannot leave nobody can tell what it would pay.
  if (amount === 0n || amount > principal) return before;
  const { principalOut, rewardOut } = previewWithdrawEarly(term, position, amount, now);
  const args = { principalOut, minPrincipalOut, rewardOut, minRewardOut };
  const enough = principalOut >= minPrincipalOut && rewardOut >= minRewardOut;
  return [...before, ...unless(enough, { name: "PoolPayoutBelowMinimum", args })];
}

/** What a renewal makes of a position. Amounts in base units. */
export interface Renewal {
  /** Principal of the new position. */
  readonly principal: bigint;
  /** What the new position is promised. */
  readonly reward: bigint;
  /** Reward of the old one that is paid to its owner: in a pool of two tokens. */
  readonly paid: bigint;
  /** Reward of the old one that the pool owes to its owner from then on, to be claimed: where it does not fit below the term's caps. */
  readonly owed: bigint;
}

/**
 * What renewing `position` in `term` makes of it. The contract closes it first, so that its own room below the caps is free again; its
 * reward is compounded where the pool pays its own token and both fit below the term's caps.
 */
export function renewalOf(
  pool: Pick<FixedTermPool, "conversion"> & PoolTokens,
  term: Term,
  position: Pick<KnownPosition, "termId" | "principal" | "reward">,
): Renewal {
  const { principal, reward: earned } = position;
  const promised = (amount: bigint) => promisedReward(term, amount, pool.conversion);
  if (!paysItsOwnToken(pool)) return { principal, reward: promised(principal), paid: earned, owed: 0n };
  const freed = afterLeaving(term, position);
  const compounded = principal + earned;
  const rewardRoom = saturatingSub(freed.rewardCap, freed.reservedReward);
  return compounded <= principalLeft(freed) && promised(compounded) <= rewardRoom
    ? { principal: compounded, reward: promised(compounded), paid: 0n, owed: 0n }
    : { principal, reward: promised(principal), paid: 0n, owed: earned };
}

/**
 * What `renew` of a position in `term` would be refused for, in the contract's order; empty if it would not be. `order` is the position's
 * auto-renew, which lets anybody act for the owner.
 */
export function checkRenewal(
  pool: Pick<FixedTermPool, "paused" | "availableBudget" | "conversion"> & PoolTokens,
  term: Term,
  position: KnownPosition,
  caller: Caller,
  {
    now,
    order,
    minReward = 0n,
  }: {
    readonly now: Whole;
    readonly order?: { readonly termId: number; readonly window: bigint } | undefined;
    readonly minReward?: bigint;
  },
): readonly Refusal[] {
  const { principal } = renewalOf(pool, term, position);
  const ordered = order !== undefined && order.window !== 0n && order.termId === term.id;
  return [
    ...(isAuthorized(position, caller)
      ? []
      : ordered
        ? checkNotLapsed(position, order.window, now)
        : checkAuthorized(position, caller)),
    ...checkMature(position, now),
    ...checkPromise(pool, afterLeaving(term, position), principal, minReward),
  ];
}

/** What `setAutoRenew` of a position would be refused for, in the contract's order; empty if it would not be. */
export function checkAutoRenew(
  term: Pick<Term, "id" | "closed" | "paused">,
  position: KnownPosition,
  caller: Caller,
  { now, window, repeats }: { readonly now: Whole; readonly window: bigint; readonly repeats: boolean },
): readonly Refusal[] {
  const args = { caller: toAddress(caller.account), positionId: position.id };
  const possible = window >= SHORTEST_WINDOW && window <= LONGEST_WINDOW && window % HOUR === 0n;
  return [
    ...checkAuthorized(position, caller),
    ...unless(!repeats || isSame(caller.account, position.owner), { name: "PoolNotOwner", args }),
    ...checkTakesNew(term),
    ...unless(possible, {
      name: "PoolAutoRenewWindowOutOfRange",
      args: { window, minimum: SHORTEST_WINDOW, maximum: LONGEST_WINDOW },
    }),
    ...checkNotLapsed(position, window, now),
  ];
}

function isAuthorized({ owner }: KnownPosition, { account, approved = false }: Caller): boolean {
  return approved || isSame(account, owner);
}

function checkAuthorized(position: KnownPosition, caller: Caller): readonly Refusal[] {
  const args = { caller: toAddress(caller.account), positionId: position.id };
  return unless(isAuthorized(position, caller), { name: "PoolNotAuthorized", args });
}

function checkMature({ id, maturity }: KnownPosition, now: Whole): readonly Refusal[] {
  const args = { positionId: id, maturity: BigInt(maturity) };
  return unless(BigInt(now) >= args.maturity, { name: "PoolNotMature", args });
}

function checkNotLapsed({ id, maturity }: KnownPosition, window: bigint, now: Whole): readonly Refusal[] {
  const until = BigInt(maturity) + window;
  return unless(BigInt(now) <= until, { name: "PoolAutoRenewLapsed", args: { positionId: id, until } });
}

/** The term once a position has left it. */
function afterLeaving(
  term: Term,
  { termId, principal, reward }: Pick<KnownPosition, "termId" | "principal" | "reward">,
): Term {
  if (termId !== term.id) return term;
  return {
    ...term,
    openPrincipal: term.openPrincipal - principal,
    reservedReward: term.reservedReward - reward,
  };
}
