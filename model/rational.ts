/**
 * An exact fraction of whole numbers.
 *
 * Sums take the least common multiple of denominators and are not reduced further, so a denominator divides the product
 * of all that went in: that needs one short division for each sum, where reducing would need a long Euclid. Whatever is
 * summed for ever is kept to a grain instead (`floorTo`, `ceilTo`), whose denominator never grows.
 */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);

  private constructor(
    readonly numerator: bigint,
    /** Above 0. */
    readonly denominator: bigint,
  ) {}

  /** Throws a `RangeError` unless the denominator is above 0. */
  static of(numerator: bigint, denominator = 1n): Rational {
    if (denominator <= 0n) throw new RangeError(`${denominator} is no denominator`);
    return new Rational(numerator, denominator);
  }

  plus(other: Rational): Rational {
    if (this.denominator === other.denominator) {
      return new Rational(this.numerator + other.numerator, this.denominator);
    }
    const common = greatestCommonDivisor(this.denominator, other.denominator);
    const factor = other.denominator / common;
    const numerator = this.numerator * factor + other.numerator * (this.denominator / common);
    return new Rational(numerator, this.denominator * factor);
  }

  minus(other: Rational): Rational {
    return this.plus(new Rational(-other.numerator, other.denominator));
  }

  times(factor: bigint): Rational {
    return new Rational(this.numerator * factor, this.denominator);
  }

  /** Largest whole number that is not above it. */
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    return quotient * this.denominator > this.numerator ? quotient - 1n : quotient;
  }

  /** Smallest whole number that is not below it. */
  ceil(): bigint {
    return -new Rational(-this.numerator, this.denominator).floor();
  }

  /** Largest multiple of 1 / `grain` that is not above it; itself without a grain. */
  floorTo(grain: bigint | undefined): Rational {
    return grain === undefined ? this : new Rational(this.times(grain).floor(), grain);
  }

  /** Smallest multiple of 1 / `grain` that is not below it; itself without a grain. */
  ceilTo(grain: bigint | undefined): Rational {
    return grain === undefined ? this : new Rational(this.times(grain).ceil(), grain);
  }
}

/** Quick where one divides the other, or where one is short. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = a < b ? [b, a] : [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
