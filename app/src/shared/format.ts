// Numbers and dates as a person of a locale reads them. Amounts stay whole numbers of base units up to here.
import { formatUnits } from "ethers";

/** An amount in base units, rounded down to at most `digits` after the point, so that nobody is shown more than there is. */
export function formatAmount(amount: bigint, decimals: number, locale: string, digits = 4): string {
  const smallest = 10n ** BigInt(Math.max(0, decimals - digits));
  if (amount > 0n && amount < smallest) return `< ${decimal(formatUnits(smallest, decimals), locale, digits)}`;
  return decimal(formatUnits(amount, decimals), locale, digits);
}

/** An amount in base units with every digit that it has. */
export function formatExact(amount: bigint, decimals: number, locale: string): string {
  return decimal(formatUnits(amount, decimals), locale, decimals);
}

/** An amount that changes while one looks at it: always as many digits, so that it does not jump. Rounded down. */
export function formatSteady(amount: bigint, decimals: number, locale: string, digits = 8): string {
  const shown = Math.min(digits, decimals);
  const text = formatUnits(amount, decimals);
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
    roundingMode: "trunc",
  });
  return isNumeric(text) ? format.format(text) : text;
}

/** A short form of a large amount, as in 1.2M. */
export function formatCompact(amount: bigint, decimals: number, locale: string): string {
  if (amount < 10_000n * 10n ** BigInt(decimals)) return formatAmount(amount, decimals, locale, 2);
  const format = new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 2,
    roundingMode: "trunc",
  });
  return format.format(Number(formatUnits(amount, decimals)));
}

/** Whether `Intl` can be given a decimal text, which it formats without loss; a type that a pattern cannot narrow to. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function decimal(text: string, locale: string, digits: number): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: Math.min(digits, 36), roundingMode: "trunc" });
  return isNumeric(text) ? format.format(text) : text;
}

/** A number of no exact kind, as on the axis of a chart: short, with three digits that count. */
export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

/** A fraction as per cent. */
export function formatPercent(fraction: number, locale: string, digits = 2): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(fraction);
}

/** Basis points as per cent. */
export function formatBps(bps: bigint | number, locale: string): string {
  return formatPercent(Number(bps) / 10_000, locale);
}

/** A day of a Unix time in seconds. */
export function formatDate(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(seconds * 1_000);
}

/** A moment of a Unix time in seconds. */
export function formatMoment(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1_000);
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

/** Why a text is no amount. */
export type AmountProblem = "empty" | "invalid" | "digits";

/**
 * The base units that a person typed in the way of a locale: with its decimal sign, and its group sign or none. What could be read
 * in two ways is refused, since a point and a comma change places between locales.
 */
export function parseAmount(text: string, decimals: number, locale: string): bigint | AmountProblem {
  const trimmed = text.replace(/[\s\u00a0\u202f]/g, "");
  if (trimmed === "") return "empty";
  const { group, point } = separators(locale);
  const pattern = new RegExp(`^(\\d+|\\d{1,3}(?:${escape(group)}\\d{3})+)(?:${escape(point)}(\\d*))?$`);
  const [, whole, fraction = ""] = pattern.exec(trimmed) ?? [];
  if (whole === undefined) return "invalid";
  if (fraction.length > decimals) return "digits";
  return BigInt(whole.replaceAll(group, "") + fraction.padEnd(decimals, "0"));
}

/** An amount as a person would type it: every digit, no groups. */
export function typedAmount(amount: bigint, decimals: number, locale: string): string {
  return formatUnits(amount, decimals).replace(/\.0$/, "").replace(".", separators(locale).point);
}

function separators(locale: string): { group: string; point: string } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5);
  const find = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: find("group", ","), point: find("decimal", ".") };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
