// How values are written in sentences. Contracts know base units and seconds; who knows a token's decimals or a reader's language
// passes writers of their own.

/** What an amount is of: one of a pool's two tokens, a token by its address, or a token that the error does not tell. */
export type AmountOf = "staking" | "rewards" | `0x${string}` | undefined;

/** Writes the values of an error's sentence. */
export interface Writing {
  /** An amount in base units. */
  readonly amount: (value: bigint, of: AmountOf) => string;
  /** A moment in Unix seconds. */
  readonly time: (seconds: bigint) => string;
  /** A length of time in seconds. */
  readonly duration: (seconds: bigint) => string;
  readonly address: (address: `0x${string}`) => string;
}

const UNITS = [
  ["day", 86_400n],
  ["hour", 3_600n],
  ["minute", 60n],
  ["second", 1n],
] as const;

/** The last moment that a JavaScript date can tell, in Unix seconds. */
const LAST_DATE = 8_640_000_000_000n;

/** Writes amounts in base units, moments in UTC, and addresses in full. */
export const PLAIN_WRITING: Writing = {
  amount: (value) => counted(value, "base unit"),
  time: (seconds) =>
    seconds > LAST_DATE
      ? `second ${seconds}`
      : `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19).replace("T", " ")} UTC`,
  duration(seconds) {
    const [count, unit] = wholeUnits(seconds);
    return counted(count, unit);
  },
  address: (address) => address,
};

/** A length of time in its largest unit that divides it: 172,800 seconds are 2 of "day". */
export function wholeUnits(seconds: bigint): readonly [count: bigint, unit: string] {
  const [unit, length] = UNITS.find(([, each]) => seconds % each === 0n) ?? ["second", 1n];
  return [seconds / length, unit];
}

/** A number of things: `1 term`, `12,000 terms`. */
export function counted(value: bigint, thing: string): string {
  return `${grouped(value)} ${thing}${value === 1n ? "" : "s"}`;
}

/** A number with its thousands apart. */
export function grouped(value: bigint): string {
  return value.toString().replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A share of `whole` in per cent, exactly: 25 of 10,000 is `0.25 %`. */
export function percentage(value: bigint, whole: bigint): string {
  const digits = whole.toString().length - 1;
  const scaled = (value * 100n).toString().padStart(digits + 1, "0");
  const fraction = scaled.slice(-digits).replace(/0+$/, "");
  return `${scaled.slice(0, -digits)}${fraction === "" ? "" : `.${fraction}`} %`;
}
