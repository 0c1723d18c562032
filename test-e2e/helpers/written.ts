// Figures as the page has to write them, each by a way of its own.

/** A fraction as per cent, rounded once the noise of arithmetic after the twelfth digit is gone. */
function rounded(fraction: number, roundingMode: "trunc" | "ceil", digits: number): string {
  return Number(fraction.toFixed(12)).toLocaleString("en-GB", {
    style: "percent",
    maximumFractionDigits: digits,
    roundingMode,
  });
}

/** A rate, as on a position's card too: rounded down. */
export function percent(fraction: number): string {
  return rounded(fraction, "trunc", 2);
}

/** What is lost: rounded up. */
export function loss(fraction: number, digits = 2): string {
  return rounded(fraction, "ceil", digits);
}

export function bps(value: bigint): string {
  return percent(Number(value) / 10_000);
}
