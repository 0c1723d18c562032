// Amounts as people type them and as fields write them: one rule for every language. What could be read in two ways, a factor of a
// thousand apart, is never guessed: the person chooses.
import { formatAmount as decimalText } from "@termstake/sdk/units";

/** Why a text is not an amount yet. */
export type AmountProblem = "empty" | "invalid" | "digits" | "ambiguous";

const POINTS = [".", ","] as const;
const GROUPS = [".", ",", " ", "'"] as const;
const SPACES = /[\s\u00a0\u2009\u202f]/g;
const APOSTROPHES = /[’‘ʼ＇]/g;

/**
 * The decimal numbers that a text can mean, as `1234.5`: with a point or a comma before the decimals, and points, commas, spaces or
 * apostrophes between groups, of three digits or as in India. None if it is no amount, two if only the person knows which is meant.
 */
export function readingsOf(text: string): readonly string[] {
  const plain = text.trim().replace(SPACES, " ").replace(APOSTROPHES, "'");
  const readings = new Set<string>();
  for (const point of [undefined, ...POINTS]) {
    const parts = point === undefined ? [plain] : plain.split(point);
    const [whole = "", fraction = ""] = parts;
    if (parts.length !== (point === undefined ? 1 : 2) || !/^\d*$/.test(fraction)) continue;
    const digits = wholeDigits(whole, point);
    if (digits === undefined || (digits === "" && fraction === "")) continue;
    readings.add(normal(digits, fraction));
  }
  return [...readings];
}

/** The base units that a person typed, or why they cannot be told. */
export function parseAmount(text: string, decimals: number): bigint | AmountProblem {
  if (text.trim() === "") return "empty";
  const [reading, other] = readingsOf(text);
  if (reading === undefined) return "invalid";
  if (other !== undefined) return "ambiguous";
  const [whole = "", fraction = ""] = reading.split(".");
  return fraction.length > decimals ? "digits" : BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** An amount as a field writes it: every digit, no groups, and in a way that has one meaning only. */
export function typedAmount(amount: bigint, decimals: number, locale: string): string {
  return typedReading(decimalText(amount, decimals), locale);
}

/** One of the `readingsOf` a text, written so that it has no other. */
export function typedReading(reading: string, locale: string): string {
  const written = reading.replace(".", decimalSign(locale));
  // A zero more changes no amount, and nobody groups by four.
  return readingsOf(written).length > 1 ? `${written}0` : written;
}

/** A reading as one choice of two: the fewest signs that set it apart from the other. */
export function shownReading(reading: string, locale: string): string {
  return reading.replace(".", decimalSign(locale));
}

/** Digits of a whole number that is grouped rightly, or not at all; undefined for any other. */
function wholeDigits(whole: string, point: string | undefined): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const grouped = GROUPS.some((group) => {
    if (group === point) return false;
    const sign = group === "." ? "\\." : group;
    return new RegExp(`^[1-9]\\d{0,2}(${sign}\\d{3})+$|^[1-9]\\d?(${sign}\\d{2})+${sign}\\d{3}$`).test(whole);
  });
  return grouped ? whole.replace(/\D/g, "") : undefined;
}

function normal(whole: string, fraction: string): string {
  const [digits, decimals] = [whole.replace(/^0+(?=\d)/, "") || "0", fraction.replace(/0+$/, "")];
  return decimals === "" ? digits : `${digits}.${decimals}`;
}

function decimalSign(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";
}
