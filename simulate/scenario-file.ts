import { DAY, parseDuration } from "@termstake/sdk/units";
import { z } from "zod";

import { amount, name, parsedBy } from "../deploy/config/schema.ts";

/** Longest time that is simulated: ten years. */
const MOST_DAYS = 3_650;

function refuseUnless(inRange: boolean, message: string): void {
  if (!inRange) throw new Error(message);
}

/** "30 days" as a number of days. */
function parseDays(text: string): number {
  const seconds = parseDuration(text);
  refuseUnless(seconds % DAY === 0n, `"${text}" is no whole number of days`);
  const days = Number(seconds / DAY);
  refuseUnless(days <= MOST_DAYS, `${days} days is above the limit of ${MOST_DAYS} days`);
  return days;
}

function parseDaysAboveZero(text: string): number {
  const days = parseDays(text);
  refuseUnless(days >= 1, `${days} days is below the least of 1 day`);
  return days;
}

/** "12.5 %" as 0.125. */
function parseShare(text: string, least: number, most: number): number {
  const [, digits] = /^(-?\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  refuseUnless(digits !== undefined, `"${text}" is no percentage such as "12.5 %"`);
  const percentage = Number(digits);
  refuseUnless(percentage >= least, `${percentage} % is below the least of ${least} %`);
  refuseUnless(percentage <= most, `${percentage} % is above the limit of ${most} %`);
  return percentage / 100;
}

function parseMoment(text: string): bigint {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  refuseUnless(!Number.isNaN(milliseconds), `"${text}" is no date such as "2030-01-31"`);
  const latest = Date.UTC(2090, 0, 1);
  refuseUnless(milliseconds <= latest, `${text} is above the limit of 2090-01-01: times of the contracts end in 2106`);
  return BigInt(milliseconds / 1_000);
}

const share = (least: number, most: number) => parsedBy((text) => parseShare(text, least, most));

function whole(least: number, most: number) {
  return z
    .int()
    .refine((value) => value >= least, {
      error: ({ input }) => `${String(input)} is below the least of ${least}`,
      abort: true,
    })
    .refine((value) => value <= most, { error: ({ input }) => `${String(input)} is above the limit of ${most}` });
}

const days = parsedBy(parseDays);
const someDays = parsedBy(parseDaysAboveZero);
const probability = share(0, 100);
const priceNumber = z
  .number()
  .refine((value) => value > 0, { error: ({ input }) => `${String(input)} is not above 0: a price is`, abort: true })
  .refine((value) => value <= 1e12, { error: ({ input }) => `${String(input)} is above the limit of 10^12` });

const price = z.strictObject({
  /** On the first day; a pair of tokens begins at this price of one pool share. */
  initial: priceNumber.optional(),
  /** Of a random walk: yearly, of the logarithm's mean and its deviation. */
  drift: share(-99, 1_000).default(0),
  volatility: share(0, 500).default(0),
  /** Points of a path by the time since the start; straight lines between them. */
  path: z.record(z.string(), priceNumber).optional(),
  /** The tokens that a liquidity pool's share stands for, and what its trading fees add a year. */
  pair: z.tuple([name, name]).optional(),
  fees: share(0, 500).default(0),
});

const payments = z.strictObject({
  /** On the first day. */
  initial: amount.default("0"),
  /** And `amount` again each time that this has passed. */
  every: someDays.optional(),
  amount: amount.default("0"),
  until: days.optional(),
});

const cohort = z.strictObject({
  pool: name,
  /** Index of a fixed-term pool's term. */
  term: z.int().min(0).optional(),
  stakers: whole(1, 100_000),
  arrive: z.strictObject({ from: days, over: days }),
  stake: z.strictObject({ least: amount, most: amount }),
  leave: z.strictObject({
    /** Share of those staked who leave within a year: at any time, however long they have been there. */
    perYear: share(0, 100),
    /** Share of them who first take out half, and stay on with the rest. */
    half: probability.default(0),
  }),
  /** Leaving because the stake has lost value. */
  panic: z
    .strictObject({
      /** Of the stake's price at arrival. */
      below: share(0, 100),
      /** Of the stakers. */
      share: probability,
      within: someDays,
    })
    .optional(),
  /** Of flexible pools. */
  claim: z.strictObject({ every: someDays, restake: z.boolean().default(false) }).optional(),
  /** Of fixed-term pools: the share of positions that go on in the same term at maturity. */
  renew: probability.optional(),
  /** Yearly rate below which nobody of the cohort comes in. */
  expects: share(0, 1_000).optional(),
  /** How long somebody who was turned away tries again, once a week. */
  patience: days.default(0),
});

/** The form of a scenario: what a person writes, with units. */
export const scenarioFile = z.strictObject({
  title: z.string().min(1),
  description: z.string().default(""),
  /** A parameters file of pools, terms and schedules, as `npm run deploy` takes it; relative to the scenario. */
  protocolConfig: z.string(),
  seed: whole(0, 2 ** 31 - 1),
  start: parsedBy(parseMoment),
  duration: someDays,
  currency: z.string().min(1).default("USD"),
  prices: z.record(name, price),
  funding: z.strictObject({
    schedules: z.record(name, payments).default({}),
    pools: z.record(name, payments).default({}),
  }),
  /** How often somebody divides and sends what penalties and fees have brought. */
  sweepEvery: parsedBy(parseDaysAboveZero).default(7),
  cohorts: z.record(name, cohort),
  stress: z.strictObject({
    /** When each of the stress cases begins. */
    at: someDays,
    /** What falls, and by how much, in the case of a falling price. */
    tokens: z.array(name).min(1),
    fall: share(1, 99.99).default(0.8),
  }),
});

export type ScenarioFile = z.output<typeof scenarioFile>;
export type PriceEntry = z.output<typeof price>;
