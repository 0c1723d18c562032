import { aprToApy } from "@termstake/sdk/math";
import { formatAmount as decimalText } from "@termstake/sdk/units";
import { expect } from "chai";

import {
  formatAmount,
  formatBps,
  formatCompact,
  formatDate,
  formatDay,
  formatDuration,
  formatExact,
  formatLoss,
  formatMoment,
  formatPercent,
  formatRate,
  formatSteady,
  isSteadilyZero,
} from "../../app/src/shared/format.ts";

describe("app: amounts as people read and write them", () => {
  it("are rounded down, and never shown as nothing", () => {
    expect(formatAmount(1_999_999n, 6, "en")).to.equal("1.9999");
    expect(formatAmount(1n, 18, "en")).to.equal("< 0.0001");
    expect(formatAmount(0n, 18, "en")).to.equal("0");
    expect(formatCompact(12_349_999n * 10n ** 18n, 18, "en")).to.equal("12.34M");
  });

  it("keep every digit where they have to be exact", () => {
    const amount = 1_234_567_890_123_456_789_012_345_678n;
    expect(formatExact(amount, 18, "en")).to.equal("1,234,567,890.123456789012345678");
    expect(formatExact(amount, 18, "de")).to.equal("1.234.567.890,123456789012345678");
  });

  it("keep their length while they tick", () => {
    expect(formatSteady(10n ** 18n, 18, "en")).to.equal("1.00000000");
    expect(formatSteady(1_999_999n, 6, "de")).to.equal("1,999999");
  });

  it("count as nothing to claim exactly where they tick as zero", () => {
    for (const decimals of [0, 6, 8, 9, 18, 80, 255])
      for (const digits of [0, 1, decimals - 9, decimals - 8, decimals - 7])
        for (const nearby of [-1n, 0n, 1n]) {
          const amount = 10n ** BigInt(Math.max(0, digits)) + nearby;
          const zero = !/[1-9]/.test(formatSteady(amount, decimals, "en"));
          expect(isSteadilyZero(amount, decimals), `${amount} of ${decimals} decimals`).to.equal(zero);
        }
    expect(isSteadilyZero(0n, 18)).to.equal(true);
    expect(isSteadilyZero(10n ** 10n - 1n, 18)).to.equal(true); // 0.00000000
    expect(isSteadilyZero(10n ** 10n, 18)).to.equal(false); // 0.00000001
  });

  it("are written whatever decimals a token claims", () => {
    for (const decimals of [0, 80, 81, 100, 101, 255]) {
      expect(decimalText(5n * 10n ** BigInt(decimals), decimals)).to.equal("5");
      for (const write of [formatAmount, formatExact, formatSteady, formatCompact])
        expect(write(5n * 10n ** BigInt(decimals), decimals, "en")).to.match(/^5(\.0+)?$/);
      expect(formatAmount(1n, decimals, "en")).to.equal(decimals === 0 ? "1" : "< 0.0001");
    }
    expect(decimalText(-1_500_000n, 6)).to.equal("-1.5");
  });

  it("rates are cut, never rounded up: as on a card", () => {
    const rates = [49_960_000_000_000_000n, 49_999_999_999_999_999n, 290_000_000_000_000_000n, 5n * 10n ** 16n, 0n];
    expect(rates.map((rate) => formatRate(rate, "en"))).to.deep.equal(["4.99%", "4.99%", "29%", "5%", "0%"]);
    expect([0.04996, 0.29, 0.57, 1e-9, 912.5].map((rate) => formatPercent(rate, "en"))).to.deep.equal([
      "4.99%",
      "29%",
      "57%",
      "0%",
      "91,250%",
    ]);
    expect(formatBps(29n, "de")).to.equal("0,29\u00a0%");
  });

  it("rates of a whole year's term come to what they are: noise of the arithmetic is not cut to a hundredth less", () => {
    const compounded = [
      [0.2, 1],
      [0.2, 2],
      [0.1, 1],
    ] as const;
    expect(compounded.map(([apr, times]) => formatPercent(aprToApy(apr, times), "en"))).to.deep.equal([
      "20%",
      "21%",
      "10%",
    ]);
    expect(formatPercent(0.2 - 1e-9, "en")).to.equal("19.99%"); // what is less is told as less
  });

  it("what is lost is rounded up, and no further than the arithmetic is certain", () => {
    const losses = [0.0816666, 0.02, 0.0200001, 1 - 0.9, 0.07 * 3, 1, 0];
    expect(losses.map((loss) => formatLoss(loss, "en"))).to.deep.equal([
      "8.17%",
      "2%",
      "2.01%",
      "10%",
      "21%",
      "100%",
      "0%",
    ]);
  });

  it("moments are told in one zone, by its name", () => {
    const maturity = Date.UTC(2027, 0, 31, 23, 30) / 1_000;
    const zone = process.env["TZ"];
    try {
      for (const place of ["Asia/Tokyo", "America/Los_Angeles"]) {
        process.env["TZ"] = place;
        expect(formatDate(maturity, "en")).to.equal("Jan 31, 2027 UTC");
        expect(formatMoment(maturity, "en")).to.match(/^Jan 31, 2027, 11:30\sPM UTC$/);
        expect(formatDay(maturity, "de")).to.equal("31.01.2027");
      }
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
    expect(formatDate(2 ** 60, "en")).to.equal("1,152,921,504,606,847,000 UTC"); // no date can tell it
  });

  it("durations name their two largest units", () => {
    expect(formatDuration(86_400 + 3_600 + 59, "en")).to.equal("1 day 1 hour");
    expect(formatDuration(90 * 86_400, "de")).to.equal("90 Tage");
    expect(formatDuration(0.4, "en")).to.equal("0 seconds");
  });
});
