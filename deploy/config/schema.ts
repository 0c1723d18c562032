import { parseBps, parseDuration, parseRate } from "@termstake/sdk/units";
import { getAddress, isAddress, ZeroAddress } from "ethers";
import { z } from "zod";

/** A moment in Unix seconds; or seconds after the first block, for a chain that is born with its node. */
export type Start = { readonly at: bigint } | { readonly afterFirstBlock: bigint };

/** A text that `parse` reads; what it throws becomes the problem. */
export function parsedBy<T>(parse: (text: string) => T) {
  return z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
}

function parseAddress(text: string): string {
  const address = isAddress(text) ? getAddress(text) : undefined;
  if (address === undefined) throw new Error(`"${text}" is no address`);
  if (address === ZeroAddress) throw new Error("is still the zero address: put in the real one");
  return address;
}

/** Reads a moment, or a time after the first block. Throws on anything else. */
export function parseStart(text: string): Start {
  const [, delay] = /^(.+) after the first block$/.exec(text) ?? [];
  if (delay !== undefined) return { afterFirstBlock: parseDuration(delay) };
  const milliseconds = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new Error(`"${text}" is no moment such as "2030-01-31T12:00:00Z"`);
  // What no calendar has, such as the 29th of February 2031 or 24:00, would be read as another day.
  if (new Date(milliseconds).toISOString() !== text.replace("Z", ".000Z"))
    throw new Error(`"${text}" is no moment: no calendar has this day or this hour`);
  return { at: BigInt(milliseconds / 1_000) };
}

const address = parsedBy(parseAddress);
const duration = parsedBy(parseDuration);
const rate = parsedBy(parseRate);
const bps = parsedBy(parseBps);
const start = parsedBy(parseStart);
export const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*$/, "letters and digits only, since it becomes part of identifiers");
/** Whole tokens; how many base units they are depends on the token. */
export const amount = z.string().regex(/^\d+(\.\d+)?$/, 'an amount in whole tokens such as "1000" or "0.5"');
const cap = z.union([amount, z.literal("none")]);
const count = z.int().min(0).transform(BigInt);

const role = z.strictObject({ account: address, delay: duration });

const token = z.strictObject({
  /** Of a token that exists; without it a token is made up, which only local chains allow. */
  address: address.optional(),
  decimals: z.int().min(0).max(36),
});

const flexiblePool = z.strictObject({
  stakingToken: name,
  rewardsToken: name,
  rewardsDuration: duration,
  minimumStake: amount,
  cap,
});

const term = z.strictObject({
  duration,
  rate,
  minimum: amount,
  principalCap: cap,
  rewardCap: cap,
  penalty: z.strictObject({ start: bps, end: bps, forfeited: bps }),
});

const fixedTermPool = z.strictObject({
  stakingToken: name,
  rewardsToken: name,
  /** Whole rewards tokens that one whole staking token is worth. */
  worth: amount.default("1"),
  /** Flexible pool that receives the rewards share of penalties, where the tokens differ. */
  rewardsPool: name.optional(),
  split: z.strictObject({ rewards: bps, insurance: bps, treasury: bps, burn: bps }),
  terms: z.array(term).min(1),
});

const schedule = z.strictObject({
  token: name,
  epoch: duration,
  budget: amount,
  start,
  epochs: count,
  fee: bps,
  weights: z.record(name, count),
});

/** The form of `deploy/config/*.json5`: what a person writes, with units. */
export const configFile = z.strictObject({
  roles: z.strictObject({ admin: role, operator: role, guardian: role }),
  treasury: address,
  /** Share of the schedules' fees that goes to the insurance fund; the treasury gets the rest. */
  insuranceShareOfFees: bps,
  /** Least time between the publication of a round of compensation and its claims; longer than the admin's delay. */
  minimumClaimDelay: duration,
  tokens: z.record(name, token),
  flexiblePools: z.record(name, flexiblePool),
  fixedTermPools: z.record(name, fixedTermPool),
  schedules: z.record(name, schedule),
});

export type ConfigFile = z.output<typeof configFile>;
