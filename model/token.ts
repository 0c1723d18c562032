import { require } from "./refusal.ts";

export type Address = string;

export const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";

/** Where tokens go that cannot be burned. */
export const DEAD_ADDRESS: Address = "0x000000000000000000000000000000000000dEaD";

/** A token that moves exactly what it is asked to, and that can refuse accounts. */
export class Token {
  readonly #balances = new Map<Address, bigint>();
  readonly #blocked = new Set<Address>();
  #supply = 0n;

  constructor(
    readonly address: Address,
    /** Whether it has a `burn` that works. */
    readonly burnable = false,
  ) {}

  get supply(): bigint {
    return this.#supply;
  }

  balanceOf(account: Address): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  isBlocked(account: Address): boolean {
    return this.#blocked.has(account);
  }

  mint(to: Address, amount: bigint): void {
    require(!this.#blocked.has(to), "AccountBlocked", to);
    this.#supply += amount;
    this.#balances.set(to, this.balanceOf(to) + amount);
  }

  burn(from: Address, amount: bigint): void {
    this.#balances.set(from, this.balanceOf(from) - amount);
    this.#supply -= amount;
  }

  setBlocked(account: Address, blocked: boolean): void {
    if (blocked) this.#blocked.add(account);
    else this.#blocked.delete(account);
  }

  /** Whether the token itself lets the transfer pass; balances are the caller's matter. */
  accepts(from: Address, to: Address): boolean {
    return !this.#blocked.has(from) && !this.#blocked.has(to);
  }

  /** Refuses what `transfer` would refuse, and moves nothing. */
  check(from: Address, to: Address, amount: bigint): void {
    require(!this.#blocked.has(from), "AccountBlocked", from);
    require(!this.#blocked.has(to), "AccountBlocked", to);
    const balance = this.balanceOf(from);
    require(amount <= balance, "ERC20InsufficientBalance", from, balance, amount);
  }

  transfer(from: Address, to: Address, amount: bigint): void {
    this.check(from, to, amount);
    this.#balances.set(from, this.balanceOf(from) - amount);
    this.#balances.set(to, this.balanceOf(to) + amount);
  }
}
