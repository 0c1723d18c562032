/** What a difference is about. */
export const CHECKS = [
  "code",
  "immutables",
  "roles",
  "listing",
  "config",
  "ceilings",
  "terms",
  "funders",
  "recipients",
  "schedules",
  "solvency",
] as const;

export type Check = (typeof CHECKS)[number];

/** One difference between a deployment and what it should be. */
export interface Finding {
  readonly check: Check;
  /** Where: a name of the protocol config or a contract's, and what of it. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** Gathers differences. */
export class Findings {
  readonly list: Finding[] = [];

  add(check: Check, place: string, expected: string, found: string): void {
    this.list.push({ check, place, expected, found });
  }

  /** A difference, unless both are the same. */
  same<T>(check: Check, place: string, expected: T, found: T, write: (value: T) => string = String): void {
    if (expected !== found) this.add(check, place, write(expected), write(found));
  }
}

/** `true` as "yes". */
export function writeYes(value: boolean): string {
  return value ? "yes" : "no";
}
