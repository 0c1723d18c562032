/**
 * Yearly rate, compounding, at which the flows of a wallet come to nothing: its money-weighted return. A flow of day `d`
 * counts (1 + rate) ^ (−d / 365). 0 without flows in both directions.
 */
export function moneyWeightedReturn(flows: Float64Array): number {
  if (!flows.some((flow) => flow < 0) || !flows.some((flow) => flow > 0)) return 0;
  let [low, high] = [-0.9999, 1];
  while (presentValue(flows, high) > 0 && high < 1e9) high *= 4;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (presentValue(flows, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Falls as the rate rises, for flows that go out before they come back. */
function presentValue(flows: Float64Array, rate: number): number {
  const daily = (1 + rate) ** (-1 / 365);
  let [sum, factor] = [0, 1];
  for (const flow of flows) {
    sum += flow * factor;
    factor *= daily;
  }
  return sum;
}

/** Worst, 5 of 100, middle, 95 of 100 and best; by the nearest rank. */
export interface Spread {
  readonly least: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { least: rank(0), low: rank(0.05), median: rank(0.5), high: rank(0.95), most: rank(1) };
}
