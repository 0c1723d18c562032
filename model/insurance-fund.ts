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

export interface RoundTerms {
  readonly token: Token;
  readonly claims: readonly Claim[];
  readonly total: bigint;
  /** Seconds from publishing to opening. */
  readonly delay: bigint;
  /** Seconds from opening to expiry. */
  readonly window: bigint;
}

const DAY = 86_400n;
const MAXIMUM_DELAY = 90n * DAY;
const [MINIMUM_WINDOW, MAXIMUM_WINDOW] = [30n * DAY, 1_461n * DAY];
const TOTAL_LIMIT = 2n ** 128n - 1n;

function requireTime(time: bigint, minimum: bigint, maximum: bigint): void {
  require(time >= minimum && time <= maximum, "InsuranceTimeOutOfRange", time, minimum, maximum);
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

  /** A round opens `minimumDelay` seconds after its publication, at least. */
  constructor(
    readonly address: Address,
    readonly minimumDelay: bigint,
  ) {}

  /* ANYONE */

  /** Whoever proves a claim of the round is answered; anything else has no proof. */
  claim(id: bigint, index: bigint, { account, amount }: Claim, now: bigint): void {
    const round = this.#requireOpen(id);
    require(now >= round.opensAt, "InsuranceNotOpen", id, round.opensAt);
    require(now < round.expiresAt, "InsuranceExpired", id, round.expiresAt);
    require(!round.paid.has(index), "InsuranceAlreadyClaimed", id, index);
    const published = round.claims[Number(index)];
    const proven = published?.account === account && published.amount === amount;
    require(proven, "InsuranceInvalidProof", id, index, account, amount);
    const left = round.total - round.claimed;
    require(amount <= left, "InsuranceRoundExhausted", id, amount, left);

    round.token.transfer(this.address, account, amount);
    round.paid.add(index);
    round.claimed += amount;
    this.#reserve(round.token, -amount);
  }

  closeRound(id: bigint, now: bigint): void {
    const round = this.#requireOpen(id);
    require(now >= round.expiresAt, "InsuranceNotExpired", id, round.expiresAt);
    round.closed = true;
    this.#reserve(round.token, round.claimed - round.total);
  }

  /* GOVERNANCE */

  /** Publishes a round of `claims` that reserves `total`, which may be less than they add up to. */
  publish(id: bigint, { token, claims, total, delay, window }: RoundTerms, now: bigint): void {
    const next = BigInt(this.#rounds.length);
    require(id === next, "InsuranceUnexpectedRound", id, next);
    requireTime(delay, this.minimumDelay, MAXIMUM_DELAY);
    requireTime(window, MINIMUM_WINDOW, MAXIMUM_WINDOW);
    require(total > 0n && total <= TOTAL_LIMIT, "InsuranceTotalOutOfRange", total, TOTAL_LIMIT);
    const available = this.available(token);
    require(total <= available, "InsuranceNotCovered", total, available, total - available);
    const opensAt = now + delay;
    const round = { token, claims, total, opensAt, expiresAt: opensAt + window, paid: new Set<bigint>() };
    this.#reserve(token, total);
    this.#rounds.push({ ...round, claimed: 0n, closed: false });
  }

  /* GUARDIAN */

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
