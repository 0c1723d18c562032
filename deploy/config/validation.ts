import { BPS, DAY, formatDuration, formatPercentage, ONE } from "@termstake/sdk/units";
import { formatUnits } from "ethers";

import {
  AMOUNT_LIMIT,
  type ProtocolConfig,
  type FixedTermPoolEntry,
  type FlexiblePoolEntry,
  type Problem,
  type ScheduleEntry,
  type TermEntry,
} from "./protocol-config.ts";
import { earlyPayout, longerNeverBeatsShorter, maturePayout } from "./term-safety.ts";

// The ceilings of the contracts. They are repeated here so that a mistake is told with its place in the file, and
// before the first transaction rather than by the one that reverts.
const MINIMUM_PERIOD = 3_600n;
const MINIMUM_TERM = DAY;
const MAXIMUM_DURATION = 1_461n * DAY;
const PENALTY_CEILING_BPS = 2_500n;
const FEE_CEILING_BPS = 3_500n;
const MAXIMUM_EPOCHS = 10_000n;
const MAXIMUM_WEIGHT = 2n ** 32n - 1n;
const CONVERSION_LIMIT = 2n ** 128n - 1n;
const BUDGET_LIMIT = 2n ** 128n - 1n;
const DELAY_LIMIT = 2n ** 32n - 1n;
const MINIMUM_CLAIM_DELAY = 2n * DAY;
const MAXIMUM_CLAIM_DELAY = 90n * DAY;
/** Time between a round and the last moment at which the admin can still act before its claims open. */
const TIME_TO_NOTICE = DAY;
/** Pools count time in 32 bits; the distributor would take a schedule that goes on longer. */
const LAST_TIME = 2n ** 32n - 1n;
/** Decimals from which on a stake is coarse, and a reward fine, for a pool without a cap. */
const FEW_DECIMALS = 8;
const MANY_DECIMALS = 18;
const EPOCHS = [DAY, 7n * DAY, 30n * DAY];

/** Everything that would fail on chain, or be unsafe there; empty if the protocol config can be deployed. Pure. */
export function validateProtocolConfig(protocolConfig: ProtocolConfig): Problem[] {
  return [
    ...checkRoles(protocolConfig),
    ...checkClaimDelay(protocolConfig),
    ...share("insuranceShareOfFees", protocolConfig.insuranceShareOfFeesBps, BPS),
    ...checkNames(protocolConfig),
    ...Object.entries(protocolConfig.flexiblePools).flatMap(([name, pool]) =>
      checkFlexiblePool(name, pool, protocolConfig),
    ),
    ...Object.entries(protocolConfig.fixedTermPools).flatMap(([name, pool]) =>
      checkFixedTermPool(name, pool, protocolConfig),
    ),
    ...Object.entries(protocolConfig.schedules).flatMap(([name, schedule]) =>
      checkSchedule(name, schedule, protocolConfig),
    ),
  ];
}

function checkRoles({ roles }: ProtocolConfig): Problem[] {
  const problems: Problem[] = [];
  for (const name of ["admin", "operator"] as const) {
    const { delay } = roles[name];
    const place = `roles.${name}.delay`;
    if (delay === 0n) problems.push({ place, message: "is 0: every role but the guardian's acts after a delay" });
    problems.push(...atMost(place, delay, DELAY_LIMIT, formatDuration));
  }
  if (roles.guardian.delay !== 0n) {
    const message = `is ${formatDuration(roles.guardian.delay)}: the guardian brakes at once, so it must be 0`;
    problems.push({ place: "roles.guardian.delay", message });
  }
  const holders = Object.entries(roles);
  for (const [i, [name, { account }]] of holders.entries()) {
    const other = holders.slice(0, i).find(([, earlier]) => earlier.account === account);
    if (other === undefined) continue;
    problems.push({
      place: `roles.${name}.account`,
      message: `${account} is the ${other[0]} already; roles are kept apart`,
    });
  }
  return problems;
}

/** The admin has a day to notice a bad round and replace its publisher before claims open. */
function checkClaimDelay({ minimumClaimDelay, roles: { admin } }: ProtocolConfig): Problem[] {
  const place = "minimumClaimDelay";
  if (minimumClaimDelay < admin.delay + TIME_TO_NOTICE) {
    const message = `${formatDuration(minimumClaimDelay)} is less than the admin's delay of ${formatDuration(admin.delay)} and ${formatDuration(TIME_TO_NOTICE)} to notice: claims would open before the admin acts`;
    return [{ place, message }];
  }
  return between(place, minimumClaimDelay, MINIMUM_CLAIM_DELAY, MAXIMUM_CLAIM_DELAY, formatDuration);
}

/** Pools are found by name in weights, so that a name stands for one pool only. */
function checkNames({ flexiblePools, fixedTermPools }: ProtocolConfig): Problem[] {
  return Object.keys(fixedTermPools)
    .filter((name) => name in flexiblePools)
    .map((name) => ({ place: `fixedTermPools.${name}`, message: "a flexible pool has the same name" }));
}

function checkFlexiblePool(name: string, pool: FlexiblePoolEntry, protocolConfig: ProtocolConfig): Problem[] {
  const place = `flexiblePools.${name}`;
  const format = amountsOf(pool.stakingToken, protocolConfig);
  return [
    ...knownToken(`${place}.stakingToken`, pool.stakingToken, protocolConfig),
    ...knownToken(`${place}.rewardsToken`, pool.rewardsToken, protocolConfig),
    ...between(`${place}.rewardsDuration`, pool.rewardsDuration, MINIMUM_PERIOD, MAXIMUM_DURATION, formatDuration),
    ...limits(place, ["minimumStake", pool.minimumStake], ["cap", pool.cap], format),
  ];
}

/** What a fixed-term pool and its terms need of the protocol config around them. */
export type PoolSurroundings = Pick<ProtocolConfig, "tokens" | "flexiblePools">;

/** Everything that is wrong with a fixed-term pool; places begin with `fixedTermPools.NAME`. Pure. */
export function checkFixedTermPool(
  name: string,
  pool: FixedTermPoolEntry,
  protocolConfig: PoolSurroundings,
): Problem[] {
  const place = `fixedTermPools.${name}`;
  return [
    ...knownToken(`${place}.stakingToken`, pool.stakingToken, protocolConfig),
    ...knownToken(`${place}.rewardsToken`, pool.rewardsToken, protocolConfig),
    ...checkConversion(place, pool),
    ...checkSplit(place, pool),
    ...checkRewardsPool(place, pool, protocolConfig),
    ...pool.terms.flatMap((term, i) => checkTerm(`${place}.terms[${i}]`, term, pool, protocolConfig)),
    ...checkTermsTogether(place, pool, protocolConfig),
  ];
}

function checkConversion(place: string, pool: FixedTermPoolEntry): Problem[] {
  if (pool.stakingToken === pool.rewardsToken && pool.conversion !== ONE) {
    return [{ place: `${place}.worth`, message: "must be 1, since stake and reward are the same token" }];
  }
  return between(`${place}.worth`, pool.conversion, 1n, CONVERSION_LIMIT, (units) => `${units} units for 10^18`);
}

function checkSplit(place: string, { split }: FixedTermPoolEntry): Problem[] {
  const sum = split.rewardsBps + split.insuranceBps + split.treasuryBps + split.burnBps;
  if (sum === BPS) return [];
  return [{ place: `${place}.split`, message: `adds up to ${percent(sum)}, not to ${percent(BPS)}` }];
}

function checkRewardsPool(place: string, pool: FixedTermPoolEntry, { flexiblePools }: PoolSurroundings): Problem[] {
  const at = `${place}.rewardsPool`;
  if (pool.rewardsPool === undefined) {
    // Without one, a pool of one token adds the share to its own budget.
    if (pool.stakingToken === pool.rewardsToken || pool.split.rewardsBps === 0n) return [];
    return [
      { place: at, message: `missing: a flexible pool that pays ${pool.stakingToken} must take the rewards share` },
    ];
  }
  if (pool.split.rewardsBps === 0n) {
    return [{ place: at, message: `"${pool.rewardsPool}" would get nothing: the rewards share is 0 %` }];
  }
  const target = flexiblePools[pool.rewardsPool];
  if (target === undefined) return [{ place: at, message: `no flexible pool is called "${pool.rewardsPool}"` }];
  if (target.rewardsToken === pool.stakingToken) return [];
  return [{ place: at, message: `"${pool.rewardsPool}" pays ${target.rewardsToken}, not ${pool.stakingToken}` }];
}

function checkTerm(
  place: string,
  term: TermEntry,
  pool: FixedTermPoolEntry,
  protocolConfig: PoolSurroundings,
): Problem[] {
  const { startBps, endBps, forfeitedBps } = term.penalty;
  const problems = [
    ...between(`${place}.duration`, term.duration, MINIMUM_TERM, MAXIMUM_DURATION, formatDuration),
    ...between(`${place}.rate`, term.rate, 1n, ONE, (rate) => formatPercentage(rate, ONE)),
    ...limits(
      place,
      ["minimum", term.minimum],
      ["principalCap", term.principalCap],
      amountsOf(pool.stakingToken, protocolConfig),
    ),
    ...atMost(`${place}.rewardCap`, term.rewardCap, AMOUNT_LIMIT, amountsOf(pool.rewardsToken, protocolConfig)),
    ...share(`${place}.penalty.start`, startBps, PENALTY_CEILING_BPS),
    ...share(`${place}.penalty.forfeited`, forfeitedBps, BPS),
  ];
  if (endBps > startBps) {
    const message = `${percent(endBps)} is above the ${percent(startBps)} at opening: a penalty never rises`;
    problems.push({ place: `${place}.penalty.end`, message });
  }
  if (startBps === 0n && forfeitedBps !== BPS) {
    const message = `takes no principal and ${percent(forfeitedBps)} of the accrued reward: leaving early must cost principal or all of it`;
    problems.push({ place: `${place}.penalty`, message });
  }
  if (startBps === 0n && term.rewardCap === AMOUNT_LIMIT) {
    const message =
      "is missing: a term that takes no principal lets anybody hold budget for nothing, so that it needs one";
    problems.push({ place: `${place}.rewardCap`, message });
  }
  return problems;
}

/** What can be deployed, and should be thought over first; places as those of problems. Pure. */
export function protocolConfigWarnings(protocolConfig: ProtocolConfig): Problem[] {
  return [
    ...Object.entries(protocolConfig.flexiblePools).flatMap(([name, pool]) =>
      warnOfFlexiblePool(name, pool, protocolConfig),
    ),
    ...Object.entries(protocolConfig.fixedTermPools).flatMap(([name, pool]) =>
      pool.terms.flatMap((term, i) => warnOfTerm(`fixedTermPools.${name}.terms[${i}]`, term)),
    ),
  ];
}

/** A term that costs nobody principal. Pure. */
export function warnOfTerm(place: string, { penalty: { startBps } }: Pick<TermEntry, "penalty">): Problem[] {
  if (startBps !== 0n) return [];
  const message =
    "takes no principal: anybody can hold budget for nothing by opening positions and leaving, up to the reward cap";
  return [{ place: `${place}.penalty`, message }];
}

/** With few decimals staked and many paid, only a cap lets the pool count rewards in its narrow slot. Pure. */
export function warnOfFlexiblePool(
  name: string,
  pool: FlexiblePoolEntry,
  { tokens }: Pick<ProtocolConfig, "tokens">,
): Problem[] {
  const [staked, paid] = [tokens[pool.stakingToken]?.decimals ?? 18, tokens[pool.rewardsToken]?.decimals ?? 0];
  if (pool.cap !== AMOUNT_LIMIT || staked > FEW_DECIMALS || paid < MANY_DECIMALS) return [];
  const message = `is missing: with ${staked} decimals staked and ${paid} paid, every operation costs less gas in a pool that has one`;
  return [{ place: `flexiblePools.${name}.cap`, message }];
}

/** A longer term pays more, and never serves as a better short one. */
function checkTermsTogether(place: string, pool: FixedTermPoolEntry, protocolConfig: PoolSurroundings): Problem[] {
  const problems: Problem[] = [];
  for (const [i, longer] of pool.terms.entries()) {
    for (const [j, shorter] of pool.terms.slice(0, i).entries()) {
      if (longer.duration <= shorter.duration) {
        const message = `${formatDuration(longer.duration)} is not above the ${formatDuration(shorter.duration)} of terms[${j}]`;
        problems.push({ place: `${place}.terms[${i}].duration`, message });
      } else if (longer.rate <= shorter.rate) {
        const rates = `${formatPercentage(longer.rate, ONE)} is not above the ${formatPercentage(shorter.rate, ONE)}`;
        problems.push({ place: `${place}.terms[${i}].rate`, message: `${rates} of the shorter terms[${j}]` });
      } else if (!longerNeverBeatsShorter(shorter, longer)) {
        const message = describeLeak(pool, shorter, longer, protocolConfig);
        problems.push({ place: `${place}.terms[${i}].penalty`, message: `${message} of terms[${j}]` });
      }
    }
  }
  return problems;
}

/** Says by the contracts' own arithmetic what a thousand tokens would get. */
function describeLeak(
  pool: FixedTermPoolEntry,
  shorter: TermEntry,
  longer: TermEntry,
  protocolConfig: PoolSurroundings,
): string {
  const staking = protocolConfig.tokens[pool.stakingToken]?.decimals ?? 0;
  const rewards = protocolConfig.tokens[pool.rewardsToken]?.decimals ?? 0;
  const principal = 1_000n * 10n ** BigInt(staking);
  const early = earlyPayout(longer, principal, shorter.duration, pool.conversion);
  const mature = maturePayout(shorter, principal, pool.conversion);
  const write = (payout: typeof early) =>
    `${formatUnits(payout.principal, staking)} ${pool.stakingToken} and ${formatUnits(payout.reward, rewards)} ${pool.rewardsToken}`;
  return `of 1000 ${pool.stakingToken}, leaving after ${formatDuration(shorter.duration)} pays ${write(early)}, more than the ${write(mature)}`;
}

/** What a schedule needs of the protocol config around it. */
export interface ScheduleSurroundings extends PoolSurroundings {
  readonly fixedTermPools: Readonly<Record<string, Pick<FixedTermPoolEntry, "rewardsToken">>>;
}

/** Everything that is wrong with a schedule; places begin with `schedules.NAME`. Pure. */
export function checkSchedule(name: string, schedule: ScheduleEntry, protocolConfig: ScheduleSurroundings): Problem[] {
  const place = `schedules.${name}`;
  const problems = [
    ...knownToken(`${place}.token`, schedule.token, protocolConfig),
    ...between(`${place}.budget`, schedule.budget, 1n, BUDGET_LIMIT, amountsOf(schedule.token, protocolConfig)),
    ...between(`${place}.epochs`, schedule.epochs, 1n, MAXIMUM_EPOCHS, String),
    ...share(`${place}.fee`, schedule.feeBps, FEE_CEILING_BPS),
    ...Object.entries(schedule.weights).flatMap(([pool, weight]) =>
      checkWeight(`${place}.weights.${pool}`, pool, weight, schedule, protocolConfig),
    ),
  ];
  if (!EPOCHS.includes(schedule.epoch)) {
    const allowed = EPOCHS.map(formatDuration).join(", ");
    problems.push({ place: `${place}.epoch`, message: `${formatDuration(schedule.epoch)} is none of ${allowed}` });
  }
  const ends = "at" in schedule.start ? schedule.start.at + schedule.epochs * schedule.epoch : 0n;
  if (ends > LAST_TIME) {
    const [end, last] = [ends, LAST_TIME].map((time) => new Date(Number(time) * 1_000).toISOString());
    problems.push({
      place: `${place}.start`,
      message: `the last epoch would end at ${end}, after ${last}, the last time that pools know`,
    });
  }
  if (Object.keys(schedule.weights).length === 0)
    problems.push({ place: `${place}.weights`, message: "names no pool" });
  return problems;
}

function checkWeight(
  place: string,
  pool: string,
  weight: bigint,
  schedule: ScheduleEntry,
  { flexiblePools, fixedTermPools }: ScheduleSurroundings,
): Problem[] {
  const target = flexiblePools[pool] ?? fixedTermPools[pool];
  if (target === undefined) return [{ place, message: `no pool is called "${pool}"` }];
  const problems = between(place, weight, 1n, MAXIMUM_WEIGHT, String);
  if (target.rewardsToken !== schedule.token) {
    problems.push({ place, message: `the pool pays ${target.rewardsToken}, not ${schedule.token}` });
  }
  const duration = flexiblePools[pool]?.rewardsDuration ?? schedule.epoch;
  if (duration < schedule.epoch) {
    const message = `the pool would stream the budget of ${formatDuration(schedule.epoch)} within ${formatDuration(duration)}: its period has to be as long as the epoch at least`;
    problems.push({ place, message });
  }
  return problems;
}

/* BUILDING BLOCKS */

function knownToken(place: string, token: string, { tokens }: Pick<ProtocolConfig, "tokens">): Problem[] {
  return token in tokens ? [] : [{ place, message: `no token is called "${token}"` }];
}

/** 1 ≤ minimum ≤ cap ≤ the largest amount that pools count with. */
function limits(
  place: string,
  [minimumName, minimum]: [string, bigint],
  [capName, cap]: [string, bigint],
  format: (amount: bigint) => string,
): Problem[] {
  return [
    ...between(`${place}.${minimumName}`, minimum, 1n, cap, format),
    ...atMost(`${place}.${capName}`, cap, AMOUNT_LIMIT, format),
  ];
}

function share(place: string, bps: bigint, ceiling: bigint): Problem[] {
  return atMost(place, bps, ceiling, percent);
}

function between(
  place: string,
  value: bigint,
  least: bigint,
  most: bigint,
  format: (value: bigint) => string,
): Problem[] {
  if (value < least) return [{ place, message: `${format(value)} is below the least of ${format(least)}` }];
  return atMost(place, value, most, format);
}

function atMost(place: string, value: bigint, most: bigint, format: (value: bigint) => string): Problem[] {
  return value > most ? [{ place, message: `${format(value)} is above the limit of ${format(most)}` }] : [];
}

function percent(bps: bigint): string {
  return formatPercentage(bps, BPS);
}

function amountsOf(token: string, { tokens }: Pick<ProtocolConfig, "tokens">): (amount: bigint) => string {
  return (amount) => `${formatUnits(amount, tokens[token]?.decimals ?? 0)} ${token}`;
}
