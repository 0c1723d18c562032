import { formatPercentage, ONE } from "../../scripts/lib/units.ts";

/** A yearly rate to hundredths of a percent. */
export function writeRate(rate: bigint): string {
  const hundredths = (rate * 10_000n) / ONE;
  return formatPercentage(hundredths, 10_000n);
}
