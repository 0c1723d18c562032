import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { parseUnits } from "ethers";
import JSON5 from "json5";

import { AMOUNT_LIMIT, mapValues, ProtocolConfigError, type Problem, type ProtocolConfig } from "./protocol-config.ts";
import { configFile, type ConfigFile } from "./schema.ts";
import { validateProtocolConfig } from "./validation.ts";

/**
 * Reads and checks a config file. One that `extends` another, named relative to itself, has what that one has, but for
 * the entries of its own. Throws `ProtocolConfigError` with every problem found.
 */
export async function loadProtocolConfig(path: string | URL): Promise<ProtocolConfig> {
  const url = typeof path === "string" ? pathToFileURL(path) : path;
  const own = await readJson5(url);
  if (!isRecord(own) || typeof own["extends"] !== "string") return checkedConfig(own);

  const { extends: name, ...entries } = own;
  const base = await readJson5(new URL(name, url));
  if (!isRecord(base))
    throw new ProtocolConfigError([{ place: "extends", message: `${name} holds no protocol config` }]);
  return checkedConfig(withEntries(base, entries));
}

/** Parses and checks the text of a config file of its own. Throws `ProtocolConfigError` with every problem found. */
export function parseProtocolConfig(text: string): ProtocolConfig {
  return checkedConfig(parseJson5(text));
}

function checkedConfig(json: unknown): ProtocolConfig {
  const parsed = configFile.safeParse(json);
  if (!parsed.success) {
    throw new ProtocolConfigError(
      parsed.error.issues.map((issue) => ({ place: writePath(issue.path), message: issue.message })),
    );
  }
  const protocolConfig = inBaseUnits(parsed.data);
  assertProtocolConfig(protocolConfig);
  return protocolConfig;
}

/** Throws `ProtocolConfigError` if anything in the protocol config would fail, or is unsafe, on chain. */
export function assertProtocolConfig(protocolConfig: ProtocolConfig): void {
  const problems = validateProtocolConfig(protocolConfig);
  if (problems.length !== 0) throw new ProtocolConfigError(problems);
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

/** Reads a file that people write. Throws `ProtocolConfigError` if it is no JSON5. */
export async function readJson5(url: URL): Promise<unknown> {
  return parseJson5(await readFile(url, "utf8"));
}

function parseJson5(text: string): unknown {
  try {
    return JSON5.parse(text);
  } catch (error) {
    throw new ProtocolConfigError([{ place: "file", message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** Writes where in a file something stands, as in `pools.Fixed.terms[2].rate`. */
export function writePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "file";
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
}

/** What a person wrote in whole tokens, as base units. Throws `ProtocolConfigError` for unknown tokens and too many decimals. */
function inBaseUnits(file: ConfigFile): ProtocolConfig {
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

  const protocolConfig: ProtocolConfig = {
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
  if (problems.length !== 0) throw new ProtocolConfigError(problems);
  return protocolConfig;
}
