import type { ErrorArgs } from "../generated/errors.ts";

/**
 * Why a contract would refuse: the error that it would revert with, by its name, and the values that it would name. `refusalSentence` of
 * `@termstake/sdk/errors` says it in words.
 */
export type Refusal = {
  readonly [Name in keyof ErrorArgs]: { readonly name: Name; readonly args: ErrorArgs[Name] };
}[keyof ErrorArgs];

/** What stands against something: `refusal`, unless `fine`. */
export function unless(fine: boolean, refusal: Refusal): readonly Refusal[] {
  return fine ? [] : [refusal];
}

export function toAddress(address: string): `0x${string}` {
  return `0x${address.slice(2)}`;
}

/** Whether two addresses are the same, in whatever case they are written. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The address that stands for nobody. */
export const ZERO = `0x${"0".repeat(40)}`;

/** The receivers that no pool sends anything to. */
export function checkReceiver(pool: { readonly address: string }, receiver: string): readonly Refusal[] {
  const fine = !isSame(receiver, ZERO) && !isSame(receiver, pool.address);
  return unless(fine, { name: "PoolInvalidReceiver", args: { receiver: toAddress(receiver) } });
}
