// Amounts, rates, durations and moments, read and written: `@termstake/sdk/units`.
export { formatAmount, parseAmount } from "./units/amounts.ts";
export { formatDuration, formatSpan, parseDuration } from "./units/durations.ts";
export { formatDay, formatMoment, LAST_DATE } from "./units/moments.ts";
export { formatPercentage, formatRate, parseBps, parseRate } from "./units/percentages.ts";
export { UnitError } from "./units/unit-error.ts";
export { BPS, DAY, ONE, YEAR, type Whole } from "./math/units.ts";
