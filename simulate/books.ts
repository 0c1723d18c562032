import type { PenaltyShares } from "../model/penalty.ts";
import type { FixedTermPool } from "../model/fixed-term-pool.ts";
import type { FlexiblePool } from "../model/flexible-pool.ts";

export type AnyPool = FlexiblePool | FixedTermPool;

/** How a refusal counts that nobody's budget is to blame for. */
const OUT_OF_BUDGET = "PoolBudgetTooSmall";

/** What a pool has done since the beginning: reward in base units of the rewards token, penalties in those of the stake. */
export class PoolBooks {
  /** Notified to a flexible pool; reserved for positions of a fixed-term pool. */
  promised = 0n;
  /** Of what was promised, what early exits have given back to the budget. */
  released = 0n;
  paid = 0n;
  /** Reward that had accrued when its owner left early, and was forfeited; part of `released`. */
  forfeited = 0n;
  penalties = 0n;
  sent: PenaltyShares = { rewards: 0n, insurance: 0n, treasury: 0n, burned: 0n };
  /** Openings, stakes and renewals that were refused, by the error's name; a second try counts again. */
  readonly refusals = new Map<string, number>();
  /** Day on which somebody was first refused because the budget was too small. */
  dryOn: number | undefined;
  /** First day on which nothing streams to those who are staked, after something has. */
  streamEndedOn: number | undefined;

  refuse(error: string, day: number): void {
    this.refusals.set(error, (this.refusals.get(error) ?? 0) + 1);
    if (error === OUT_OF_BUDGET) this.dryOn ??= day;
  }

  send(due: PenaltyShares, left: PenaltyShares): void {
    this.sent = {
      rewards: this.sent.rewards + due.rewards - left.rewards,
      insurance: this.sent.insurance + due.insurance - left.insurance,
      treasury: this.sent.treasury + due.treasury - left.treasury,
      burned: this.sent.burned + due.burned - left.burned,
    };
  }
}

/** What a day ended with. */
export interface PoolDay {
  readonly staked: bigint;
  readonly promised: bigint;
  /** `promised` less what early exits gave back. */
  readonly reserved: bigint;
  readonly paid: bigint;
  /** Reward reserved, or notified and not yet paid. */
  readonly due: bigint;
  /** Reserved for nobody; a flexible pool has none. */
  readonly budget: bigint;
  readonly penalties: bigint;
  /** Yearly rate offered to whoever comes now: a share, in units of the stake's worth. */
  readonly rate: number;
}

/** Staking tokens that leave a wallet (negative) and come back to it, with rewards, by day; days in order, and few of them. */
export class Flows {
  readonly #days: number[] = [];
  readonly #amounts: number[] = [];

  add(day: number, tokens: number): void {
    const last = this.#days.length - 1;
    if (this.#days[last] === day) this.#amounts[last] = (this.#amounts[last] ?? 0) + tokens;
    else {
      this.#days.push(day);
      this.#amounts.push(tokens);
    }
  }

  /** Adds them to those of others, by day. */
  addTo(sums: Float64Array): void {
    for (const [i, day] of this.#days.entries()) sums[day] = (sums[day] ?? 0) + (this.#amounts[i] ?? 0);
  }
}

/** What one staker put in and got: base units of the stake and of the reward, and the same in money. */
export class Account {
  /** Staked now. */
  staked = 0n;
  /** Day from which `staked` has been what it is. */
  since = 0;
  /** Units staked times days. */
  stakeDays = 0n;
  paidIn = 0n;
  /** Of what was paid in, rewards that went straight back in. */
  restaked = 0n;
  principalOut = 0n;
  penalties = 0n;
  rewards = 0n;
  /** Earned and not yet paid when the simulation ends. */
  accrued = 0n;
  readonly worth = { paidIn: 0, restaked: 0, principalOut: 0, penalties: 0, rewards: 0, impermanentLoss: 0, fees: 0 };
  readonly flows = new Flows();
  /** Rewards in whole tokens of the stake, at the prices of the days on which they came. */
  rewardsInStake = 0;

  /** Brings `stakeDays` up to `day` before `staked` changes. */
  touch(day: number): void {
    this.stakeDays += this.staked * BigInt(day - this.since);
    this.since = day;
  }
}
