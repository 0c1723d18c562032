import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function deploy() {
  return ethers.deployContract("RenderingHarness");
}

/** The last second of the year 9999. */
const LAST_SECOND = 253_402_300_799n;
const RUNS = { numRuns: 150 };

/** What an amount shows: its value in millionths of a whole, or undefined if it is not written with all its digits. */
function millionths(text: string): bigint | undefined {
  const match = /^(\d{1,3}(?:,\d{3})*)(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  return BigInt(whole.replaceAll(",", "")) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
}

describe("CivilDate", () => {
  it("writes the dates that JavaScript writes", async () => {
    const harness = await networkHelpers.loadFixture(deploy);
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 0n, max: LAST_SECOND }), async (time) => {
        expect(await harness.date(time)).to.equal(new Date(Number(time) * 1_000).toISOString().slice(0, 10));
      }),
      RUNS,
    );
  });

  for (const day of [
    "1970-01-01",
    "2000-02-29",
    "2026-12-31",
    "2028-02-29",
    "2100-02-28",
    "2100-03-01",
    "2104-02-29",
    "2399-12-31",
    "2400-02-29",
    "2400-03-01",
    "9999-12-31",
  ]) {
    it(`writes ${day} from its first second to its last`, async () => {
      const harness = await networkHelpers.loadFixture(deploy);
      const first = BigInt(Date.parse(day)) / 1_000n;
      expect(await harness.date(first)).to.equal(day);
      expect(await harness.date(first + 86_399n)).to.equal(day);
    });
  }
});

describe("CivilDate, through 400 years", () => {
  for (const year of [2_000, 2_001, 2_100]) {
    it(`writes every day of ${year}`, async () => {
      const harness = await networkHelpers.loadFixture(deploy);
      const first = Date.UTC(year, 0, 1) / 1_000;
      const days = (Date.UTC(year + 1, 0, 1) / 1_000 - first) / 86_400;
      const times = Array.from({ length: days }, (_, day) => first + day * 86_400);
      const expected = times.map((time) => new Date(time * 1_000).toISOString().slice(0, 10));
      expect(await harness.dates(times)).to.deep.equal(expected);
    });
  }

  for (let century = 2_000; century < 2_400; century += 100) {
    it(`writes the days around each end of February and of December from ${century} on`, async () => {
      const harness = await networkHelpers.loadFixture(deploy);
      const times: number[] = [];
      for (let year = century; year < century + 100; year++) {
        for (const turn of [Date.UTC(year, 2, 1), Date.UTC(year + 1, 0, 1)]) {
          for (const days of [-3, -2, -1, 0, 1]) times.push(turn / 1_000 + days * 86_400);
        }
      }
      const expected = times.map((time) => new Date(time * 1_000).toISOString().slice(0, 10));
      expect(await harness.dates(times)).to.deep.equal(expected);
    });
  }
});

describe("DecimalFormat", () => {
  const amounts = fc
    .tuple(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.integer({ min: 0, max: 255 }))
    .map(([bits, shift]) => bits >> BigInt(shift));
  const decimals = fc.integer({ min: 0, max: 30 });

  it("never shows too much when cut downward, nor too little when cut upward, nor off by more than its last digit", async () => {
    const harness = await networkHelpers.loadFixture(deploy);
    await fc.assert(
      fc.asyncProperty(amounts, decimals, async (units, places) => {
        const one = 10n ** BigInt(places);
        const step = units / one >= 1_000_000n ? 1_000_000n : 1n;
        for (const up of [false, true]) {
          const shown = millionths(await harness.amount(units, places, up));
          if (shown === undefined) continue; // an exponent, or less than the last digit: below
          const [error, low, high] = [shown * one - units * 1_000_000n, up ? 0n : -step * one, up ? step * one : 0n];
          expect(error >= low && error <= high, `${units} of ${places}, up: ${up}`).to.equal(true);
        }
      }),
      RUNS,
    );
  });

  it("keeps to 17 characters, whatever the amount", async () => {
    const harness = await networkHelpers.loadFixture(deploy);
    await fc.assert(
      fc.asyncProperty(amounts, fc.integer({ min: 0, max: 255 }), fc.boolean(), async (units, places, up) => {
        expect((await harness.amount(units, places, up)).length).to.be.at.most(17);
      }),
      RUNS,
    );
  });

  const cases: [units: bigint, decimals: number, down: string, up: string][] = [
    [0n, 18, "0", "0"],
    [1n, 0, "1", "1"],
    [1n, 18, "<0.000001", "0.000001"],
    [2n ** 256n - 1n, 83, "0.000001", "0.000002"],
    [2n ** 256n - 1n, 84, "<0.000001", "0.000001"],
    [1n, 255, "<0.000001", "0.000001"],
    [123n, 2, "1.23", "1.23"],
    [1_000_000n, 0, "1,000,000", "1,000,000"],
    [999_999_999_999n, 6, "999,999.999999", "999,999.999999"],
    [1_000_000n, 6, "1", "1"],
    [1_234_567n, 6, "1.234567", "1.234567"],
    [12_345_678n, 7, "1.234567", "1.234568"],
    [9_999_999_999n, 10, "0.999999", "1"],
    [1_234_567_890_123n, 6, "1,234,567", "1,234,568"],
    [9_999_999_999_999n, 0, "9,999,999,999,999", "9,999,999,999,999"],
    [10_000_000_000_000n, 0, "1e13", "1e13"],
    [1_000_000_500_000n, 6, "1,000,000", "1,000,001"],
    [12_345_678_901_234n, 0, "1.234e13", "1.235e13"],
    [12_340_000_000_001n, 0, "1.234e13", "1.235e13"],
    [99_999_999_999_999n, 0, "9.999e13", "10e13"],
    [2n ** 256n - 1n, 0, "1.157e77", "1.158e77"],
  ];
  for (const [units, places, down, up] of cases) {
    it(`writes ${units} units of ${places} decimals as ${down}, or ${up} upward`, async () => {
      const harness = await networkHelpers.loadFixture(deploy);
      expect(await harness.amount(units, places, false)).to.equal(down);
      expect(await harness.amount(units, places, true)).to.equal(up);
    });
  }

  it("writes rates as percent, cut to two digits", async () => {
    const harness = await networkHelpers.loadFixture(deploy);
    const one = 10n ** 18n;
    expect(await harness.percent(one / 5n, one)).to.equal("20%");
    expect(await harness.percent(125n * 10n ** 15n, one)).to.equal("12.5%");
    expect(await harness.percent(123_456n * 10n ** 12n, one)).to.equal("12.34%");
    expect(await harness.percent(1n, one)).to.equal("0%");
    expect(await harness.percent(one, one)).to.equal("100%");
  });
});
