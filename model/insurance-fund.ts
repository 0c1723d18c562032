import { require } from "./refusal.ts";
import type { Address, Token } from "./token.ts";

export interface Claim {
  readonly account: Address;
  readonly amount: bigint;
}

export interface Round {
  readonly token: Token;
  /** By index. */
  readonly claims: readonly Claim[];
  readonly total: bigint;
  readonly opensAt: bigint;
  readonly expiresAt: bigint;
  readonly paid: ReadonlySet<bigint>;
  readonly claimed: bigint;
  readonly closed: boolean;
}

interface MutableRound extends Round {
  readonly paid: Set<bigint>;
  claimed: bigint;
  closed: boolean;
}

/** Rounds of compensation, each reserved when it is published; proofs are taken as given. */
export class InsuranceFund {
  readonly #rounds: MutableRound[] = [];
  readonly #reserved = new Map<Token, bigint>();

  constructor(readonly address: Address) {}

  /* ANYONE */

  claim(id: bigint, index: bigint, now: bigint): void {
    const round = this.#requireOpen(id);
    require(now >= round.opensAt, "InsuranceNotOpen", id, round.opensAt);
    require(now < round.expiresAt, "InsuranceExpired", id, round.expiresAt);
    require(!round.paid.has(index), "InsuranceAlreadyClaimed", id, index);
    const claim = round.claims[Number(index)];
    if (claim === undefined) throw new RangeError(`Round ${id} has no claim ${index}`);
    const left = round.total - round.claimed;
    require(claim.amount <= left, "InsuranceRoundExhausted", id, claim.amount, left);

    round.token.transfer(this.address, claim.account, claim.amount);
    round.paid.add(index);
    round.claimed += claim.amount;
    this.#reserve(round.token, -claim.amount);
  }

  closeRound(id: bigint, now: bigint): void {
    const round = this.#requireOpen(id);
    require(now >= round.expiresAt, "InsuranceNotExpired", id, round.expiresAt);
    round.closed = true;
    this.#reserve(round.token, round.claimed - round.total);
  }

  /* GOVERNANCE */

  /** Publishes a round of `claims` that reserves `total`, which may be less than they add up to. */
  publish(token: Token, claims: readonly Claim[], total: bigint, delay: bigint, window: bigint, now: bigint): bigint {
    const available = this.available(token);
    require(total <= available, "InsuranceNotCovered", total, available, total - available);
    const opensAt = now + delay;
    const round = { token, claims, total, opensAt, expiresAt: opensAt + window, paid: new Set<bigint>() };
    this.#reserve(token, total);
    return BigInt(this.#rounds.push({ ...round, claimed: 0n, closed: false })) - 1n;
  }

  cancelRound(id: bigint, now: bigint): void {
    const round = this.#requireOpen(id);
    require(now < round.opensAt, "InsuranceAlreadyOpen", id, round.opensAt);
    round.closed = true;
    this.#reserve(round.token, -round.total);
  }

  /* VIEWS */

  get rounds(): readonly Round[] {
    return this.#rounds;
  }

  reserved(token: Token): bigint {
    return this.#reserved.get(token) ?? 0n;
  }

  available(token: Token): bigint {
    const available = token.balanceOf(this.address) - this.reserved(token);
    return available > 0n ? available : 0n;
  }

  /* INTERNAL */

  #requireOpen(id: bigint): MutableRound {
    const round = this.#rounds[Number(id)];
    require(round !== undefined, "InsuranceRoundUnknown", id, BigInt(this.#rounds.length));
    require(!round.closed, "InsuranceRoundClosed", id);
    return round;
  }

  #reserve(token: Token, amount: bigint): void {
    this.#reserved.set(token, this.reserved(token) + amount);
  }
}
