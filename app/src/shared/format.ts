// Numbers and dates as a person of a locale reads them. Amounts stay whole numbers of base units up to here.
import { formatAmount as decimalText, LAST_DATE } from "@termstake/sdk/units";

/** Most digits after the point that `Intl` writes without loss. */
const MOST_DIGITS = 100;

/** Beyond these, words for numbers, and digits, fill the page: powers of ten are shorter. */
const LARGEST_WORDS = 1e15;
const LARGEST_PERCENT = 1e7;

/** An amount in base units, rounded down to at most `digits` after the point, so that nobody is shown more than there is. */
export function formatAmount(amount: bigint, decimals: number, locale: string, digits = 4): string {
  const smallest = 10n ** BigInt(Math.max(0, decimals - digits));
  if (amount > 0n && amount < smallest) return `< ${decimal(decimalText(smallest, decimals), locale, digits)}`;
  return decimal(decimalText(amount, decimals), locale, digits);
}

/** An amount in base units with every digit that it has. */
export function formatExact(amount: bigint, decimals: number, locale: string): string {
  return decimal(decimalText(amount, decimals), locale, decimals);
}

/** An amount that changes while one looks at it: always as many digits, so that it does not jump. Rounded down. */
export function formatSteady(amount: bigint, decimals: number, locale: string, digits = 8): string {
  const shown = Math.min(digits, decimals);
  const text = decimalText(amount, decimals);
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
    roundingMode: "trunc",
  });
  return isNumeric(text) ? format.format(text) : text;
}

/** Whether an amount that is there is written as zero by `formatSteady`. */
export function isSteadilyZero(amount: bigint, decimals: number, digits = 8): boolean {
  return amount < 10n ** BigInt(Math.max(0, decimals - digits));
}

/** A short form of a large amount, as in 1.2M. */
export function formatCompact(amount: bigint, decimals: number, locale: string): string {
  if (amount < 10_000n * 10n ** BigInt(decimals)) return formatAmount(amount, decimals, locale, 2);
  const value = Number(decimalText(amount, decimals));
  const format = new Intl.NumberFormat(locale, {
    notation: value < LARGEST_WORDS ? "compact" : "scientific",
    maximumFractionDigits: 2,
    roundingMode: "trunc",
  });
  return format.format(value);
}

/** Whether `Intl` can be given a decimal text, which it formats without loss; a type that a pattern cannot narrow to. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function decimal(text: string, locale: string, digits: number): string {
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: Math.min(digits, MOST_DIGITS),
    roundingMode: "trunc",
  });
  return isNumeric(text) ? format.format(text) : text;
}

/** A number of no exact kind, as on the axis of a chart: short, with three digits that count. */
export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

/** A yearly rate as contracts write it, 1e18 being 100 %, as per cent: rounded down, as on a position's card. */
export function formatRate(rate: bigint, locale: string): string {
  return percent(decimalText(rate, 18), locale, 2);
}

/** A fraction as per cent, rounded down like every rate. */
export function formatPercent(fraction: number, locale: string, digits = 2): string {
  if (fraction < LARGEST_PERCENT) return percent(plainDecimal(fraction), locale, digits);
  return new Intl.NumberFormat(locale, { style: "percent", notation: "scientific", maximumFractionDigits: 2 }).format(
    fraction,
  );
}

/** A fraction that is lost, as per cent: rounded up, so that nobody loses more than was shown. */
export function formatLoss(fraction: number, locale: string, digits = 2): string {
  return percent(plainDecimal(fraction), locale, digits, "ceil");
}

/** Basis points as per cent. */
export function formatBps(bps: bigint | number, locale: string): string {
  return percent(decimalText(BigInt(bps), 4), locale, 2);
}

function percent(text: string, locale: string, digits: number, roundingMode: "trunc" | "ceil" = "trunc"): string {
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits, roundingMode });
  return isNumeric(text) ? format.format(text) : text;
}

/** Digits that floating-point arithmetic gets right: what compounds to 0.2 may come to 0.19999999999999996. */
const CERTAIN_DIGITS = 12;

/** The shortest decimal that means a number, so that neither 0.29 nor 0.2 is cut to less; exponents are written out. */
function plainDecimal(value: number): string {
  const text = String(Number(value.toPrecision(CERTAIN_DIGITS)));
  return isNumeric(text) ? text : value.toFixed(12);
}

/** Every moment is told in one zone, by name: the one that a position's card is written in. */
const ZONE = "UTC";

/** A day of a Unix time in seconds, with its zone. */
export function formatDate(seconds: number, locale: string): string {
  return `${formatDay(seconds, locale)} ${ZONE}`;
}

/** A day alone, as on the axis of a chart that names the zone elsewhere. */
export function formatDay(seconds: number, locale: string): string {
  return moment(seconds, locale, { dateStyle: "medium" });
}

/** A moment of a Unix time in seconds, with its zone. */
export function formatMoment(seconds: number, locale: string): string {
  return `${moment(seconds, locale, { dateStyle: "medium", timeStyle: "short" })} ${ZONE}`;
}

function moment(seconds: number, locale: string, style: Intl.DateTimeFormatOptions): string {
  if (!(seconds <= Number(LAST_DATE))) return new Intl.NumberFormat(locale).format(seconds);
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: ZONE }).format(seconds * 1_000);
}

/** A length of time in seconds, by its two largest units. */
export function formatDuration(seconds: number, locale: string, display: "long" | "narrow" = "long"): string {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const largest = units.findIndex(([, size]) => seconds >= size);
  if (largest === -1) return formatUnit(0, "second", locale, display);
  const parts: string[] = [];
  let left = Math.floor(seconds);
  for (const [unit, size] of units.slice(largest, largest + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(formatUnit(count, unit, locale, display));
  }
  return parts.join(" ");
}

function formatUnit(count: number, unit: string, locale: string, display: "long" | "narrow"): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: display }).format(count);
}

/** The ends of an address. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
