/** The last moment that a JavaScript date can tell, in Unix seconds: contracts can name later ones. */
export const LAST_DATE = 8_640_000_000_000n;

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Unix seconds as `2027-01-31 12:00:00 UTC`; as `second 9999999999999` where no date can tell them. */
export function formatMoment(seconds: bigint | number): string {
  if (BigInt(seconds) > LAST_DATE) return `second ${seconds}`;
  return `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** The same after the day of the week, by which a person sees a wrong date: `Sunday 2027-01-31 12:00:00 UTC`. */
export function formatDay(seconds: bigint | number): string {
  const day = BigInt(seconds) > LAST_DATE ? undefined : DAYS[new Date(Number(seconds) * 1_000).getUTCDay()];
  return day === undefined ? formatMoment(seconds) : `${day} ${formatMoment(seconds)}`;
}
