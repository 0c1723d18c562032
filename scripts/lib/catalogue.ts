import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { formatUnits, parseUnits } from "ethers";
import JSON5 from "json5";

import { checkCatalogue } from "./catalogue-check.ts";
import { MendableError } from "./mendable-error.ts";
import { parametersFile, type ParametersFile, type Start } from "./parameters-file.ts";
import type { PenaltySchedule } from "./fixed-term-arithmetic.ts";

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
export interface Catalogue {
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

/** A catalogue that must not be deployed; its message lists every problem. */
export class CatalogueError extends MendableError {
  override readonly name = "CatalogueError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(["The catalogue cannot be deployed:", ...problems.map((p) => `  ${p.place}: ${p.message}`)].join("\n"));
    this.problems = problems;
  }
}

/**
 * Reads and checks a parameters file. One that `extends` another, named relative to itself, has what that one has, but for
 * the entries of its own. Throws `CatalogueError` with every problem found.
 */
export async function loadCatalogue(path: string | URL): Promise<Catalogue> {
  const url = typeof path === "string" ? pathToFileURL(path) : path;
  const own = await readJson5(url);
  if (!isRecord(own) || typeof own["extends"] !== "string") return checkedCatalogue(own);

  const { extends: name, ...entries } = own;
  const base = await readJson5(new URL(name, url));
  if (!isRecord(base)) throw new CatalogueError([{ place: "extends", message: `${name} holds no parameters` }]);
  return checkedCatalogue(withEntries(base, entries));
}

/** Parses and checks the text of a parameters file of its own. Throws `CatalogueError` with every problem found. */
export function parseCatalogue(text: string): Catalogue {
  return checkedCatalogue(parseJson5(text));
}

function checkedCatalogue(json: unknown): Catalogue {
  const parsed = parametersFile.safeParse(json);
  if (!parsed.success) {
    throw new CatalogueError(
      parsed.error.issues.map((issue) => ({ place: writePath(issue.path), message: issue.message })),
    );
  }
  const catalogue = inBaseUnits(parsed.data);
  assertCatalogue(catalogue);
  return catalogue;
}

/** Throws `CatalogueError` if anything in the catalogue would fail, or is unsafe, on chain. */
export function assertCatalogue(catalogue: Catalogue): void {
  const problems = checkCatalogue(catalogue);
  if (problems.length !== 0) throw new CatalogueError(problems);
}

/** The entry of a name. Throws if there is none, which a checked catalogue rules out. */
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

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The base with entries replaced by those of the same name: a role, a token, a pool or a schedule is replaced as a whole. */
function withEntries(base: Json, entries: Json): Json {
  return {
    ...base,
    ...mapValues(entries, (entry, name) => {
      const inherited = base[name];
      return isRecord(entry) && isRecord(inherited) ? { ...inherited, ...entry } : entry;
    }),
  };
}

/** Reads a file that people write. Throws `CatalogueError` if it is no JSON5. */
export async function readJson5(url: URL): Promise<unknown> {
  return parseJson5(await readFile(url, "utf8"));
}

function parseJson5(text: string): unknown {
  try {
    return JSON5.parse(text);
  } catch (error) {
    throw new CatalogueError([{ place: "file", message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** Writes where in a file something stands, as in `pools.Fixed.terms[2].rate`. */
export function writePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "file";
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
}

/** What a person wrote in whole tokens, as base units. Throws `CatalogueError` for unknown tokens and too many decimals. */
function inBaseUnits(file: ParametersFile): Catalogue {
  const problems: Problem[] = [];

  function decimalsOf(token: string, place: string): number {
    const known = file.tokens[token];
    if (known === undefined) problems.push({ place, message: `no token is called "${token}"` });
    return known?.decimals ?? 36;
  }
  function units(amount: string, decimals: number, place: string): bigint {
    if (amount === "none") return AMOUNT_LIMIT;
    try {
      return parseUnits(amount, decimals);
    } catch {
      problems.push({ place, message: `"${amount}" has more than the token's ${decimals} decimal places` });
      return 0n;
    }
  }
  /** Reward units for 10^18 stake units, from reward units for a whole staking token. */
  function conversionOf(worth: bigint, stakingDecimals: number, place: string): bigint {
    const [scaled, whole] = [worth * 10n ** 18n, 10n ** BigInt(stakingDecimals)];
    if (scaled % whole !== 0n) problems.push({ place, message: "is finer than the conversion that the pool can hold" });
    return scaled / whole;
  }

  const catalogue: Catalogue = {
    roles: file.roles,
    treasury: file.treasury,
    insuranceShareOfFeesBps: file.insuranceShareOfFees,
    minimumClaimDelay: file.minimumClaimDelay,
    tokens: mapValues(file.tokens, (token) => ({ address: token.address, decimals: token.decimals })),
    flexiblePools: mapValues(file.flexiblePools, (pool, name) => {
      const place = `flexiblePools.${name}`;
      const staking = decimalsOf(pool.stakingToken, `${place}.stakingToken`);
      decimalsOf(pool.rewardsToken, `${place}.rewardsToken`);
      return {
        ...pool,
        minimumStake: units(pool.minimumStake, staking, `${place}.minimumStake`),
        cap: units(pool.cap, staking, `${place}.cap`),
      };
    }),
    fixedTermPools: mapValues(file.fixedTermPools, (pool, name) => {
      const place = `fixedTermPools.${name}`;
      const staking = decimalsOf(pool.stakingToken, `${place}.stakingToken`);
      const rewards = decimalsOf(pool.rewardsToken, `${place}.rewardsToken`);
      return {
        stakingToken: pool.stakingToken,
        rewardsToken: pool.rewardsToken,
        conversion: conversionOf(units(pool.worth, rewards, `${place}.worth`), staking, `${place}.worth`),
        rewardsPool: pool.rewardsPool,
        split: {
          rewardsBps: pool.split.rewards,
          insuranceBps: pool.split.insurance,
          treasuryBps: pool.split.treasury,
          burnBps: pool.split.burn,
        },
        terms: pool.terms.map((term, i) => ({
          duration: term.duration,
          rate: term.rate,
          minimum: units(term.minimum, staking, `${place}.terms[${i}].minimum`),
          principalCap: units(term.principalCap, staking, `${place}.terms[${i}].principalCap`),
          rewardCap: units(term.rewardCap, rewards, `${place}.terms[${i}].rewardCap`),
          penalty: {
            startBps: term.penalty.start,
            endBps: term.penalty.end,
            forfeitedBps: term.penalty.forfeited,
          },
        })),
      };
    }),
    schedules: mapValues(file.schedules, ({ fee, ...schedule }, name) => ({
      ...schedule,
      budget: units(schedule.budget, decimalsOf(schedule.token, `schedules.${name}.token`), `schedules.${name}.budget`),
      feeBps: fee,
    })),
  };
  if (problems.length !== 0) throw new CatalogueError(problems);
  return catalogue;
}

export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
