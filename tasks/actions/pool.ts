import { promisedReward } from "@termstake/sdk/math";
import { formatDuration, formatMoment, formatRate, ONE } from "@termstake/sdk/units";

import { table } from "../../shared/table.ts";
import { command } from "../lib/command.ts";
import { latestTime, nameOf, withDeployment, type Deployment } from "../lib/deployment.ts";
import {
  poolData,
  writeBps,
  writeBudget,
  writeCap,
  writeOffer,
  writeOwed,
  writeState,
  writeTotal,
} from "../lib/describe-pool.ts";
import { writeAmount } from "../lib/inputs.ts";
import type { ReadingArguments } from "../lib/options.ts";
import { findPool, tokenOf, type FixedTermFound, type FoundPool } from "../lib/pools.ts";
import { openPositions } from "../lib/positions.ts";
import { allSchedules, type FoundSchedule } from "../lib/schedules.ts";
import { lookUpToken, tokenAt } from "../lib/tokens.ts";

interface Arguments extends ReadingArguments {
  pool: string;
}

/** Ends of the spans in which dues are summed up, in days. */
const HORIZONS = [0n, 7n, 30n, 90n, 365n] as const;
const DAY = 86_400n;

export default command<Arguments>(async (args, hre) =>
  withDeployment(hre, args, async (deployment) => {
    const pool = await findPool(deployment, args.pool);
    const now = await latestTime(deployment);
    const [solvency, schedules] = [await readSolvency(deployment, pool), await readSchedules(deployment, args, pool)];
    const fixed = pool.kind === "fixed-term" ? await readFixedTerm(deployment, pool, now) : undefined;
    const rewards = tokenOf(pool.view.rewardsToken);

    const overview = [
      ["pool", pool.address],
      ["kind", `${pool.kind}, ${writeState(pool.view)}`],
      ["stake", `${tokenOf(pool.view.stakingToken).symbol} for ${rewards.symbol}`],
      ["rates", writeOffer(pool.view, now)],
      ["staked", writeTotal(pool.view)],
      ["budget", writeBudget(pool.view, now)],
      ["rewards owed", writeOwed(pool.view)],
      ...(fixed === undefined ? [] : [["owed since a transfer failed", writeAmount(fixed.totalOwed, rewards)]]),
      ...solvency.map(({ token, liabilities, balance, surplus }) => [
        `holds, of ${token.symbol}`,
        `${writeAmount(balance, token)} for ${writeAmount(liabilities, token)} that it owes or keeps: ${surplus < 0n ? "NOT SOLVENT" : "solvent"}`,
      ]),
    ];
    const parts = [table(["", pool.name], overview), ...(fixed?.tables ?? []), ...scheduleTables(schedules)];
    return {
      data: {
        ...poolData(deployment, pool.view, now),
        solvency,
        ...(fixed?.data ?? {}),
        schedules: schedules.map(({ schedule, weight, pending }) => ({
          schedule: schedule.id,
          weight,
          totalWeight: schedule.state.totalWeight,
          pending,
          balance: schedule.state.balance,
          missing: schedule.state.missing,
          nextEpoch: Number(schedule.state.nextEpoch),
          coveredUntil: schedule.coveredUntil === undefined ? null : Number(schedule.coveredUntil),
        })),
      },
      text: parts.join("\n"),
    };
  }),
);

async function readSolvency(deployment: Deployment, { contract, view, address }: FoundPool) {
  const tokens = new Set([view.stakingToken.token, view.rewardsToken.token]);
  return Promise.all(
    [...tokens].map(async (token) => {
      const balance = await tokenAt(deployment, token).balanceOf(address);
      const liabilities = await contract.liabilities(token);
      return { token: await lookUpToken(deployment, token), liabilities, balance, surplus: balance - liabilities };
    }),
  );
}

interface Paying {
  readonly schedule: FoundSchedule;
  readonly weight: bigint;
  readonly pending: bigint;
}

/** Schedules that pay it; none where nothing says where the distributor is. */
async function readSchedules(deployment: Deployment, args: Arguments, { address }: FoundPool): Promise<Paying[]> {
  const known = args.distributor !== undefined || [...deployment.names.values()].includes("RewardDistributor");
  if (!known) return [];
  const paying: Paying[] = [];
  for (const schedule of await allSchedules(deployment)) {
    const { weight } = await deployment.distributor().weightOf(schedule.id, address);
    const pending = await deployment.distributor().pending(schedule.id, address);
    if (weight !== 0n || pending !== 0n) paying.push({ schedule, weight, pending });
  }
  return paying;
}

function scheduleTables(paying: readonly Paying[]): string[] {
  if (paying.length === 0) return [];
  const rows = paying.map(({ schedule: { id, state, token, epochsCovered, coveredUntil }, weight, pending }) => [
    String(id),
    `${weight} of ${state.totalWeight}`,
    `${writeAmount(state.terms.budget, token)} every ${formatDuration(state.terms.epoch)}`,
    writeAmount(pending, token),
    state.ended
      ? "ended"
      : `${writeAmount(state.balance, token)}, ${epochsCovered} epochs${coveredUntil === undefined ? ": to the end" : `: until ${formatMoment(coveredUntil)}`}`,
    state.nextEpoch === 0n ? "none" : formatMoment(state.nextEpoch),
  ]);
  return [table(["schedule", "weight", "budget", "to distribute", "balance lasts", "next epoch"], rows)];
}

async function readFixedTerm(deployment: Deployment, pool: FixedTermFound, now: bigint) {
  const { fixedTerm, stakingToken, rewardsToken } = pool.view;
  const [staking, rewards] = [tokenOf(stakingToken), tokenOf(rewardsToken)];
  const totalOwed = await pool.contract.totalOwed();
  const dues = sumUp(await openPositions(deployment, pool), now);

  const terms = fixedTerm.terms.map(({ termId, state: { terms: term, openPrincipal, paused, closed } }) => {
    const { startBps, endBps, forfeitedBps } = term.penalty;
    const perThousand = promisedReward(term, 1_000n * 10n ** staking.decimals, fixedTerm.conversion);
    return [
      String(termId),
      formatDuration(term.duration),
      formatRate(term.rate),
      writeAmount(perThousand, rewards),
      writeAmount(term.minimum, staking),
      `${writeAmount(openPrincipal, staking)} of ${writeCap(term.principalCap, staking)}`,
      `${writeBps(startBps)} to ${writeBps(endBps)}, ${writeBps(forfeitedBps)} of reward`,
      closed ? "closed" : paused ? "paused" : "open",
    ];
  });
  const due = dues.map(({ within, positions, principal, reward }) => [
    within,
    String(positions),
    writeAmount(principal, staking),
    writeAmount(reward, rewards),
  ]);
  const { rewards: back, insurance, treasury, burned } = fixedTerm.unsweptPenalties;
  return {
    totalOwed,
    data: {
      totalOwed,
      dues,
      conversion: fixedTerm.conversion,
      oneIs: ONE,
      unsweptPenalties: { rewards: back, insurance, treasury, burned },
      rewardsPool: nameOf(deployment, fixedTerm.rewardsPool),
    },
    tables: [
      table(
        [
          "term",
          "lasts",
          "a year",
          `for 1000 ${staking.symbol}`,
          "least",
          "open, of the cap",
          "leaving early costs",
          "",
        ],
        terms,
      ),
      table(["matures", "positions", "principal", "reward"], due),
    ],
  };
}

/** Dues by when they may be called for. */
function sumUp(positions: Awaited<ReturnType<typeof openPositions>>, now: bigint) {
  return [...HORIZONS, undefined].map((days, i) => {
    const after = i === 0 ? 0n : now + (HORIZONS[i - 1] ?? 0n) * DAY;
    const until = days === undefined ? undefined : now + days * DAY;
    const due = positions.filter(
      ({ state: { maturity } }) => maturity > after && (until === undefined || maturity <= until),
    );
    const within = days === undefined ? "later" : days === 0n ? "already" : `within ${days} days`;
    return {
      within,
      until: until === undefined ? null : Number(until),
      positions: due.length,
      principal: due.reduce((sum, { state }) => sum + state.principal, 0n),
      reward: due.reduce((sum, { state }) => sum + state.reward, 0n),
    };
  });
}
