import { expect } from "chai";
import fc from "fast-check";

import { parseAmount, readingsOf, typedAmount, typedReading } from "../../app/src/shared/amount-text.ts";
import { formatAmount, formatExact } from "../../app/src/shared/format.ts";

const LOCALES = ["en", "en-GB", "en-IN", "en-ZA", "de", "de-AT", "de-CH"];

describe("app: amounts that people type", () => {
  for (const [text, expected] of [
    ["1,234.5", 1_234_500_000n],
    ["1.234,5", 1_234_500_000n],
    ["1 234,5", 1_234_500_000n],
    ["1’234.5", 1_234_500_000n],
    ["12,34,567.5", 1_234_567_500_000n],
    ["1,234,567", 1_234_567_000_000n],
    ["1.234.567", 1_234_567_000_000n],
    ["1234.5", 1_234_500_000n],
    ["1234,5", 1_234_500_000n],
    ["1,5", 1_500_000n],
    ["1.5", 1_500_000n],
    [".5", 500_000n],
    [",5", 500_000n],
    ["5.", 5_000_000n],
    ["0.123", 123_000n],
    ["0,123", 123_000n],
    ["1234.567", 1_234_567_000n],
    ["1.50000000", 1_500_000n],
    ["007", 7_000_000n],
    [" 7 ", 7_000_000n],
    ["", "empty"],
    [" ", "empty"],
    ["1.234", "ambiguous"],
    ["1,234", "ambiguous"],
    ["1,000", "ambiguous"],
    ["123.000", "ambiguous"],
    ["-1", "invalid"],
    ["1e3", "invalid"],
    ["0x10", "invalid"],
    [".", "invalid"],
    ["1.2.3", "invalid"],
    ["1,23,45", "invalid"],
    ["1 5", "invalid"],
    ["1.2345,6", "invalid"],
    ["0,123,456", "invalid"],
    ["1.1234567", "digits"],
  ] as const)
    it(`read "${text}" as ${expected.toString()}, in every language`, () => {
      expect(parseAmount(text, 6)).to.equal(expected);
    });

  it("that can be read in two ways are chosen from, and the choice has one meaning in every language", () => {
    for (const text of ["1.234", "1,234"]) {
      expect(readingsOf(text)).to.have.members(["1.234", "1234"]);
      for (const locale of LOCALES) {
        const chosen = readingsOf(text).map((reading) => parseAmount(typedReading(reading, locale), 6));
        expect(chosen).to.have.members([1_234_000n, 1_234_000_000n]);
      }
    }
    expect(parseAmount(typedReading("1.234", "en"), 3)).to.equal(1_234n); // with a zero more than the token has decimals
  });

  it("never mean another amount than the one that the page printed: it is read, or asked about", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 30n),
        fc.nat({ max: 24 }),
        fc.constantFrom(...LOCALES),
        (amount, decimals, locale) => {
          const printed = formatExact(amount, decimals, locale);
          const read = parseAmount(printed, decimals);
          if (read !== "ambiguous") expect(read, printed).to.equal(amount);
          else
            expect(
              readingsOf(printed).map((reading) => parseAmount(typedReading(reading, locale), decimals)),
            ).to.include(amount);
        },
      ),
      { numRuns: 2_000, seed: 20_261_128 },
    );
  });

  it("are read as they were printed where that is short, too", () => {
    expect(parseAmount(formatAmount(1_234_567_890_123n, 6, "de"), 6)).to.equal(1_234_567_890_100n);
    expect(parseAmount(formatAmount(12_345_678_901_234n, 6, "en-IN"), 6)).to.equal(12_345_678_901_200n);
  });

  it("are written into a field so that they read back the same, whatever the token and the language", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2n ** 96n),
        fc.nat({ max: 255 }),
        fc.constantFrom(...LOCALES),
        (amount, decimals, locale) => {
          expect(parseAmount(typedAmount(amount, decimals, locale), decimals)).to.equal(amount);
        },
      ),
      { numRuns: 500, seed: 20_261_128 },
    );
    expect(typedAmount(1_234_000n, 6, "en")).to.equal("1.2340");
    expect(typedAmount(1_234_000n, 6, "de")).to.equal("1,2340");
  });
});
