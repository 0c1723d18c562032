import {
  formatAmount,
  formatDay,
  formatDuration,
  formatMoment,
  formatPercentage,
  formatRate,
  formatSpan,
  parseAmount,
  parseBps,
  parseDuration,
  parseRate,
  UnitError,
} from "@termstake/sdk/units";
import { expect } from "chai";
import fc from "fast-check";

const ONE = 10n ** 18n;

describe("sdk: units", () => {
  it("read every amount that they write, to the unit", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 256n - 1n), fc.nat({ max: 255 }), (amount, decimals) => {
        expect(parseAmount(formatAmount(amount, decimals), decimals)).to.equal(amount);
      }),
    );
    expect(formatAmount(1_500_000n, 6)).to.equal("1.5");
    expect(formatAmount(-1n, 18)).to.equal("-0.000000000000000001");
    expect(formatAmount(7n, 0)).to.equal("7");
  });

  it("read no amount that could mean another", () => {
    for (const text of ["", " 1", "1 ", "-1", "+1", "1e3", "1,5", "1,000.5", ".5", "1.", "0x10", "١"])
      expect(() => parseAmount(text, 18), text).to.throw(UnitError, `"${text}" is no amount`);
    expect(() => parseAmount("1.2345678", 6)).to.throw(UnitError, '"1.2345678" has 7 decimal places; the token has 6');
    expect(() => parseAmount((2n ** 256n).toString(), 0)).to.throw(UnitError, "above the 2^256 - 1 units");
    expect(parseAmount((2n ** 256n - 1n).toString(), 0)).to.equal(2n ** 256n - 1n);
    expect(parseAmount("1.234", 18)).to.equal((1_234n * ONE) / 1_000n);
  });

  it("read every duration that they write", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 40n), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).to.equal(seconds);
      }),
    );
    expect([1n, 60n, 90_000n, 172_800n].map(formatDuration)).to.deep.equal([
      "1 second",
      "1 minute",
      "25 hours",
      "2 days",
    ]);
    expect(parseDuration("2 weeks")).to.equal(1_209_600n);
    for (const text of ["", "1", "days", "1.5 days", "-1 day", "1 month", "1  day", "1 dayss"])
      expect(() => parseDuration(text), text).to.throw(UnitError, `"${text}" is no duration`);
  });

  it("write what is left of a time in its largest unit, rounded down", () => {
    expect([0n, 59n, 61n, 7_199n, 100_000n, 31_536_000n].map(formatSpan)).to.deep.equal([
      "0 seconds",
      "59 seconds",
      "1 minute",
      "1 hour",
      "1 day",
      "365 days",
    ]);
  });

  it("read percentages exactly, or not at all", () => {
    expect(parseRate("12.5 %")).to.equal(ONE / 8n);
    expect(parseBps("0.25%")).to.equal(25n);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 20n), (rate) => {
        expect(parseRate(formatPercentage(rate, ONE))).to.equal(rate);
      }),
    );
    expect(() => parseBps("0.125 %")).to.throw(UnitError, '"0.125 %" has more than 2 decimal places');
    for (const text of ["", "12.5", "% 5", "-1 %", "1,5 %", "1e2 %"])
      expect(() => parseRate(text), text).to.throw(UnitError, `"${text}" is no percentage`);
    expect(formatRate((ONE * 61_999n) / 1_000_000n)).to.equal("6.19 %");
  });

  it("write moments in UTC, and such as no date can tell by their number", () => {
    expect(formatMoment(1_801_396_800n)).to.equal("2027-01-31 12:00:00 UTC");
    expect(formatDay(1_801_396_800)).to.equal("Sunday 2027-01-31 12:00:00 UTC");
    expect(formatDay(2n ** 64n)).to.equal("second 18446744073709551616");
  });
});
