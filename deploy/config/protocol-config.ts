import { formatUnits } from "ethers";

import { UserError } from "../../shared/user-error.ts";
import type { Start } from "./schema.ts";
import type { PenaltySchedule } from "./term-safety.ts";

/** Largest amount that pools count with, in base units; as a cap it stands for none. */
export const AMOUNT_LIMIT = 2n ** 96n - 1n;

/** An account that holds a role, and the seconds that pass before what it asks for can be done. */
export interface RoleHolder {
  readonly account: string;
  readonly delay: bigint;
}

/** A token; one without an address is made up, which only local chains allow. */
export interface Token {
  readonly address: string | undefined;
  readonly decimals: number;
}

/** A flexible pool; tokens by name, amounts in base units, seconds. */
export interface FlexiblePoolEntry {
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly rewardsDuration: bigint;
  readonly minimumStake: bigint;
  readonly cap: bigint;
}

/** `IFixedTermPool.Term`. */
export interface TermEntry {
  readonly duration: bigint;
  readonly rate: bigint;
  readonly minimum: bigint;
  readonly principalCap: bigint;
  readonly rewardCap: bigint;
  readonly penalty: PenaltySchedule;
}

/** A fixed-term pool; tokens and `rewardsPool` by name, `conversion` in reward units for 10^18 stake units. */
export interface FixedTermPoolEntry {
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly conversion: bigint;
  readonly rewardsPool: string | undefined;
  readonly split: {
    readonly rewardsBps: bigint;
    readonly insuranceBps: bigint;
    readonly treasuryBps: bigint;
    readonly burnBps: bigint;
  };
  readonly terms: readonly TermEntry[];
}

/** An emission schedule; token and pools by name, budget in base units, seconds. */
export interface ScheduleEntry {
  readonly token: string;
  readonly epoch: bigint;
  readonly budget: bigint;
  readonly start: Start;
  readonly epochs: bigint;
  readonly feeBps: bigint;
  readonly weights: Readonly<Record<string, bigint>>;
}

/** Everything that a deployment depends on besides code and chain; entries by name. */
export interface ProtocolConfig {
  readonly roles: { readonly admin: RoleHolder; readonly operator: RoleHolder; readonly guardian: RoleHolder };
  readonly treasury: string;
  readonly insuranceShareOfFeesBps: bigint;
  /** Seconds between the publication of a round of compensation and its claims, at least; more than the admin's delay. */
  readonly minimumClaimDelay: bigint;
  readonly tokens: Readonly<Record<string, Token>>;
  readonly flexiblePools: Readonly<Record<string, FlexiblePoolEntry>>;
  readonly fixedTermPools: Readonly<Record<string, FixedTermPoolEntry>>;
  readonly schedules: Readonly<Record<string, ScheduleEntry>>;
}

/** Something wrong, and where. */
export interface Problem {
  readonly place: string;
  readonly message: string;
}

/** A protocol config that must not be deployed; its message lists every problem. */
export class ProtocolConfigError extends UserError {
  override readonly name = "ProtocolConfigError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(["The protocol config cannot be deployed:", ...problems.map((p) => `  ${p.place}: ${p.message}`)].join("\n"));
    this.problems = problems;
  }
}

/** The entry of a name. Throws if there is none, which a checked protocol config rules out. */
export function lookUp<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = entries[name];
  if (entry === undefined) throw new Error(`Nothing is called "${name}"`);
  return entry;
}

/** Unix seconds at which a schedule starts on a chain whose first block is of `firstBlock`. */
export function startTime(start: Start, firstBlock: bigint): bigint {
  return "at" in start ? start.at : firstBlock + start.afterFirstBlock;
}

/** Writes base units as whole tokens. */
export function formatAmount(amount: bigint, token: Token): string {
  return amount === AMOUNT_LIMIT ? "none" : formatUnits(amount, token.decimals);
}

export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
