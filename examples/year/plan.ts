import { parseEther, parseUnits } from "ethers";

/** Something that happens on a day of the year. */
export interface Chapter {
  readonly day: number;
  readonly what: string;
  readonly play: () => Promise<unknown>;
}

export const LAST_DAY = 365;

/** Ids of the protocol config's schedule and of the two that governance adds. */
export const SCHEDULE = { weekly: 0n, daily: 1n, monthly: 2n } as const;

/** Ids of terms, in the parameters' order. */
export const TERM = { days30: 0n, days90: 1n, days180: 2n, days365: 3n } as const;
export const DOLLAR_TERM = { days90: 0n, days365: 1n } as const;
export const ETHER_TERM = 0n;

export const DAILY = { budget: parseEther("500"), epochs: 365n } as const;
/** Only the first months are funded at first. */
export const MONTHLY = { budget: parseUnits("1000", 6), epochs: 12n, funded: 3n } as const;

/** Between these days nobody calls `distribute` on the weekly schedule. */
export const KEEPER_AWAY = { from: 70, to: 105 } as const;
