/**
 * How finely a model keeps what it accumulates: parts of a unit; without a number, exactly.
 *
 * Exact accumulators have a denominator that grows with every change of the total staked: right for histories of hundreds
 * of operations, and for judging how much rounding costs. Whatever runs for years takes `PUBLISHED`, whose denominators
 * never grow, so that every operation costs the same.
 */
export interface Precision {
  /** Of a reward accumulated by one staked unit, or by one of weight. */
  readonly accumulator?: bigint;
  /** Of what a staker has already been credited. */
  readonly debt?: bigint;
}

/** No rounding but where a rule asks for whole units. */
export const EXACT: Precision = {};

/** The grains that docs/ARCHITECTURE.md names: with these, a model pays what the contracts pay, to the unit. */
export const PUBLISHED: Precision = { accumulator: 2n ** 96n, debt: 2n ** 24n };
