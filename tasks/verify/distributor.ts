import type { LogPager } from "@termstake/sdk/logs";
import { BPS, formatDuration, formatPercentage } from "@termstake/sdk/units";

import { formatAmount, lookUp, startTime, type ScheduleEntry } from "../../deploy/config/protocol-config.ts";
import { readEvents } from "../../deploy/events.ts";
import { writeYes, type Findings } from "./finding.ts";
import type { Subject } from "./subject.ts";

const bps = (value: bigint) => formatPercentage(value, BPS);

/** Holds the distributor's recipients, share, schedules and weights against the protocol config. */
export async function verifyDistributor(subject: Subject, pager: LogPager, findings: Findings): Promise<void> {
  const { protocolConfig, contracts, block } = subject;
  const at = { blockTag: block };
  const { distributor, insuranceFund } = contracts;
  const recipients = await distributor.recipients(at);
  findings.same("recipients", "RewardDistributor.insurance", await insuranceFund.getAddress(), recipients.insurance);
  findings.same("recipients", "RewardDistributor.treasury", protocolConfig.treasury, recipients.treasury);
  const share = await distributor.insuranceShareBps(at);
  findings.same("config", "RewardDistributor.insuranceShareOfFees", protocolConfig.insuranceShareOfFeesBps, share, bps);

  const schedules = Object.entries(protocolConfig.schedules);
  const count = await distributor.scheduleCount(at);
  findings.same("schedules", "RewardDistributor, number of schedules", BigInt(schedules.length), count);
  const first = await subject.provider.getBlock(0);
  for (const [id, [name, schedule]] of schedules.entries()) {
    if (BigInt(id) >= count) continue; // told already
    await verifyTerms(subject, name, BigInt(id), schedule, BigInt(first?.timestamp ?? 0), findings);
    await verifyWeights(subject, name, BigInt(id), schedule, pager, findings);
  }
}

async function verifyTerms(
  { protocolConfig, contracts, block }: Subject,
  name: string,
  id: bigint,
  schedule: ScheduleEntry,
  firstBlock: bigint,
  findings: Findings,
): Promise<void> {
  const { terms, ended } = await contracts.distributor.schedule(id, { blockTag: block });
  const compare = <T>(what: string, expected: T, found: T, write?: (value: T) => string) => {
    findings.same("schedules", `${name}.${what}`, expected, found, write);
  };
  compare("token", await lookUp(contracts.tokens, schedule.token).getAddress(), terms.token);
  compare("epoch", schedule.epoch, terms.epoch, formatDuration);
  compare("budget", schedule.budget, terms.budget, (value) =>
    formatAmount(value, lookUp(protocolConfig.tokens, schedule.token)),
  );
  compare("start", startTime(schedule.start, firstBlock), terms.start);
  compare("epochs", schedule.epochs, terms.epochs);
  compare("fee", schedule.feeBps, terms.feeBps, bps);
  compare("ended", false, ended, writeYes);
}

async function verifyWeights(
  { contracts, firstBlock, block }: Subject,
  name: string,
  id: bigint,
  schedule: ScheduleEntry,
  pager: LogPager,
  findings: Findings,
): Promise<void> {
  const { distributor } = contracts;
  const wanted = new Map<string, { name: string; kind: bigint; weight: bigint }>();
  for (const [pool, weight] of Object.entries(schedule.weights)) {
    const contract = contracts.flexiblePools[pool] ?? lookUp(contracts.fixedTermPools, pool);
    wanted.set(await contract.getAddress(), { name: pool, kind: pool in contracts.flexiblePools ? 1n : 2n, weight });
  }
  const filter = distributor.filters.WeightSet(id);
  const logs = await readEvents(pager, distributor, filter, firstBlock, block);
  for (const pool of new Set([...wanted.keys(), ...logs.map(({ args }) => args.pool)])) {
    const expected = wanted.get(pool);
    const found = await distributor.weightOf(id, pool, { blockTag: block });
    const place = `${name}.weights, ${expected?.name ?? pool}`;
    findings.same("schedules", place, expected?.weight ?? 0n, found.weight);
    if (expected !== undefined) findings.same("schedules", `${place}, kind`, expected.kind, found.kind);
  }
}
