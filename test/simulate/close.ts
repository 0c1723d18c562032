import { expect } from "chai";

/** Requires a number within a tolerance; chai's own stands for whole numbers alone where a network is in use. */
export function expectClose(actual: number | undefined, expected: number, tolerance: number): void {
  const close = actual !== undefined && Math.abs(actual - expected) <= tolerance;
  expect(close, `${String(actual)} within ${tolerance} of ${expected}`).to.equal(true);
}
