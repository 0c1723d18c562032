import { expect } from "chai";
import fc from "fast-check";

import { Rational } from "../../model/rational.ts";

const whole = fc.bigInt(-(2n ** 200n), 2n ** 200n);
const positive = fc.bigInt(1n, 2n ** 120n);
const rational = fc.tuple(whole, positive).map(([numerator, denominator]) => Rational.of(numerator, denominator));

/** Whether two fractions are equal, however they are written. */
function equal(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

describe("Rational", () => {
  it("adds, subtracts and multiplies exactly", () => {
    fc.assert(
      fc.property(rational, rational, whole, (a, b, factor) => {
        const cross = a.numerator * b.denominator + b.numerator * a.denominator;
        expect(equal(a.plus(b), Rational.of(cross, a.denominator * b.denominator))).to.equal(true);
        expect(equal(a.plus(b).minus(b), a)).to.equal(true);
        expect(equal(a.times(factor), Rational.of(a.numerator * factor, a.denominator))).to.equal(true);
      }),
    );
  });

  it("rounds down and up to whole units and to a grain, below zero too", () => {
    fc.assert(
      fc.property(rational, positive, (value, grain) => {
        const { numerator, denominator } = value;
        expect(value.floor() * denominator <= numerator && numerator < (value.floor() + 1n) * denominator).to.equal(
          true,
        );
        expect((value.ceil() - 1n) * denominator < numerator && numerator <= value.ceil() * denominator).to.equal(true);
        expect(equal(value.floorTo(grain), Rational.of(value.times(grain).floor(), grain))).to.equal(true);
        expect(equal(value.ceilTo(grain), Rational.of(value.times(grain).ceil(), grain))).to.equal(true);
      }),
    );
    expect(Rational.of(-1n, 2n).floor()).to.equal(-1n);
    expect(Rational.of(-1n, 2n).ceil()).to.equal(0n);
  });

  it("keeps a grain's denominator whatever is added, and an exact one within the product of all", () => {
    let [kept, exact, product] = [Rational.ZERO, Rational.ZERO, 1n];
    for (let divisor = 3n; divisor < 200n; divisor += 2n) {
      const third = Rational.of(1n, divisor);
      kept = kept.plus(third).floorTo(2n ** 96n);
      exact = exact.plus(third);
      product *= divisor;
      expect(kept.denominator).to.equal(2n ** 96n);
      expect(product % exact.denominator).to.equal(0n);
    }
    const lost = exact.minus(kept);
    expect(lost.numerator >= 0n && lost.times(2n ** 96n).floor() < 99n).to.equal(true);
  });

  it("throws at a denominator that is not above 0", () => {
    expect(() => Rational.of(1n, 0n)).to.throw(RangeError);
  });
});
