import { expect } from "chai";

import {
  formatAmount,
  formatCompact,
  formatDuration,
  formatExact,
  formatSteady,
  parseAmount,
  typedAmount,
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

  for (const [text, locale, expected] of [
    ["1,234.5", "en", 1_234_500_000n],
    ["1.234,5", "de", 1_234_500_000n],
    ["1234.5", "en", 1_234_500_000n],
    ["5.", "en", 5_000_000n],
    ["", "en", "empty"],
    ["1,5", "en", "invalid"],
    ["1.5", "de", "invalid"],
    ["-1", "en", "invalid"],
    ["1e3", "en", "invalid"],
    ["0x10", "en", "invalid"],
    ["1.1234567", "en", "digits"],
  ] as const)
    it(`read "${text}" in ${locale} as ${expected.toString()}`, () => {
      expect(parseAmount(text, 6, locale)).to.equal(expected);
    });

  it("are typed so that they read back the same", () => {
    for (const locale of ["en", "de"])
      for (const amount of [0n, 1n, 10n ** 18n, 1_234_567_890_123_456_789n])
        expect(parseAmount(typedAmount(amount, 18, locale), 18, locale)).to.equal(amount);
  });

  it("durations name their two largest units", () => {
    expect(formatDuration(86_400 + 3_600 + 59, "en")).to.equal("1 day 1 hour");
    expect(formatDuration(90 * 86_400, "de")).to.equal("90 Tage");
    expect(formatDuration(0.4, "en")).to.equal("0 seconds");
  });
});
