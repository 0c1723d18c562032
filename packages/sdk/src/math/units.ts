/** 100 %, in basis points. */
export const BPS = 10_000n;

/** 100 % a year, or one unit of reward for one unit of stake, as the contracts write it. */
export const ONE = 10n ** 18n;

/** Seconds of a day. */
export const DAY = 86_400n;

/** Seconds of the year that rates refer to. */
export const YEAR = 365n * 86_400n;

/** A whole number: ethers reads all as bigints, viem those of up to 48 bits as numbers. */
export type Whole = bigint | number;

/** The quotient rounded up, of numbers from zero on. */
export function ceilDiv(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** `a − b`, or 0 if that is below it. */
export function saturatingSub(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}
