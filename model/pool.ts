import { require } from "./refusal.ts";
import { type Address, type Token, ZERO_ADDRESS } from "./token.ts";

/** Most base units of staking token in one pool, and the number that stands for no cap. */
export const AMOUNT_LIMIT = 2n ** 96n - 1n;

/** Longest duration of a period or a term: four years, in seconds. */
export const MAXIMUM_DURATION = 1_461n * 86_400n;

export interface PoolConfig {
  readonly address: Address;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
}

/** What both kinds of pool have in common. Who may call what is not modelled: callers are those whom roles allow. */
export abstract class Pool {
  readonly address: Address;
  readonly stakingToken: Token;
  readonly rewardsToken: Token;
  paused = false;

  protected constructor(config: PoolConfig) {
    this.address = config.address;
    this.stakingToken = config.stakingToken;
    this.rewardsToken = config.rewardsToken;
  }

  get sameToken(): boolean {
    return this.stakingToken === this.rewardsToken;
  }

  /** Base units of `token` that the pool owes to anybody or keeps for a purpose. */
  abstract liabilities(token: Token): bigint;

  pause(): void {
    this.paused = true;
  }

  unpause(): void {
    this.paused = false;
  }

  /** Sends tokens above all liabilities. */
  rescue(token: Token, to: Address, amount: bigint): void {
    this.requireReceiver(to);
    const surplus = token.balanceOf(this.address) - this.liabilities(token);
    require(amount <= surplus, "PoolRescueExceedsSurplus", token.address, amount, surplus);
    token.transfer(this.address, to, amount);
  }

  protected requireReceiver(receiver: Address): void {
    require(receiver !== ZERO_ADDRESS && receiver !== this.address, "PoolInvalidReceiver", receiver);
  }
}
