import type { LogPager } from "@termstake/sdk/logs";
import { BPS, formatDuration, formatPercentage, ONE } from "@termstake/sdk/units";
import { ZeroAddress } from "ethers";

import { validateProtocolConfig } from "../../deploy/config/validation.ts";
import {
  AMOUNT_LIMIT,
  formatAmount,
  lookUp,
  type ProtocolConfig,
  type FixedTermPoolEntry,
  type FlexiblePoolEntry,
  type TermEntry,
  type Token,
} from "../../deploy/config/protocol-config.ts";
import { readEvents } from "../../deploy/events.ts";
import type { FixedTermPool, FlexiblePool, IFixedTermPool } from "../../types/index.ts";
import { writeYes, type Findings } from "./finding.ts";
import type { Subject } from "./subject.ts";

const bps = (value: bigint) => formatPercentage(value, BPS);
const rate = (value: bigint) => formatPercentage(value, ONE);

/** Holds every pool's limits, terms, funders and recipients against the protocol config. */
export async function verifyPools(subject: Subject, pager: LogPager, findings: Findings): Promise<void> {
  const { protocolConfig, contracts } = subject;
  for (const [name, pool] of Object.entries(protocolConfig.flexiblePools)) {
    const contract = lookUp(contracts.flexiblePools, name);
    await verifyFlexible(subject, name, pool, contract, findings);
    await verifyFunders(subject, name, contract, pager, findings);
  }
  const onChain: Record<string, FixedTermPoolEntry> = {};
  for (const [name, pool] of Object.entries(protocolConfig.fixedTermPools)) {
    const terms = await verifyFixedTerm(subject, name, pool, lookUp(contracts.fixedTermPools, name), findings);
    onChain[name] = { ...pool, terms };
  }
  // What the chain has keeps the ceilings too, and what the protocol config has was checked when it was read.
  for (const { place, message } of validateProtocolConfig({ ...protocolConfig, fixedTermPools: onChain })) {
    findings.add("ceilings", `on chain, ${place}`, "within the protocol config's rules", message);
  }
}

async function verifyFlexible(
  { protocolConfig, contracts, block }: Subject,
  name: string,
  pool: FlexiblePoolEntry,
  contract: FlexiblePool,
  findings: Findings,
): Promise<void> {
  const at = { blockTag: block };
  const amount = (value: bigint) => formatAmount(value, lookUp(protocolConfig.tokens, pool.stakingToken));
  const parameter = parametersOf(name, findings);
  await verifyTokens(contracts, name, pool, contract, findings);
  parameter("rewardsDuration", pool.rewardsDuration, await contract.rewardsDuration(at), formatDuration);
  parameter("minimumStake", pool.minimumStake, await contract.minimumStake(at), amount);
  parameter("cap", pool.cap, await contract.cap(at), amount);
  parameter("paused", false, await contract.paused(at), writeYes);
}

/** The distributor and the fixed-term pools that send their penalties here may notify rewards, and nobody else. */
async function verifyFunders(
  { protocolConfig, contracts, firstBlock, block }: Subject,
  name: string,
  contract: FlexiblePool,
  pager: LogPager,
  findings: Findings,
): Promise<void> {
  const expected = new Set([await contracts.distributor.getAddress()]);
  for (const [poolName, { rewardsPool }] of Object.entries(protocolConfig.fixedTermPools)) {
    if (rewardsPool === name) expected.add(await lookUp(contracts.fixedTermPools, poolName).getAddress());
  }
  const filter = contract.filters.FunderSet();
  const logs = await readEvents(pager, contract, filter, firstBlock, block);
  for (const funder of new Set([...expected, ...logs.map(({ args }) => args.funder)])) {
    const [wanted, found] = [expected.has(funder), await contract.isFunder(funder, { blockTag: block })];
    findings.same("funders", `${name}, whether ${funder} may notify rewards`, wanted, found, writeYes);
  }
}

async function verifyFixedTerm(
  subject: Subject,
  name: string,
  pool: FixedTermPoolEntry,
  contract: FixedTermPool,
  findings: Findings,
): Promise<TermEntry[]> {
  const { protocolConfig, contracts, block } = subject;
  const at = { blockTag: block };
  const parameter = parametersOf(name, findings);
  await verifyTokens(contracts, name, pool, contract, findings);
  parameter("conversion", pool.conversion, await contract.conversion(at));
  parameter("renderer", await contracts.renderer.getAddress(), await contract.renderer(at));
  const rewardsPool = pool.rewardsPool === undefined ? undefined : lookUp(contracts.flexiblePools, pool.rewardsPool);
  parameter("rewardsPool", (await rewardsPool?.getAddress()) ?? ZeroAddress, await contract.rewardsPool(at));
  const split = await contract.penaltySplit(at);
  for (const part of ["rewardsBps", "insuranceBps", "treasuryBps", "burnBps"] as const) {
    parameter(`split.${part}`, pool.split[part], split[part], bps);
  }
  parameter("paused", false, await contract.paused(at), writeYes);

  const recipients = await contract.recipients(at);
  findings.same("recipients", `${name}.insurance`, await contracts.insuranceFund.getAddress(), recipients.insurance);
  findings.same("recipients", `${name}.treasury`, protocolConfig.treasury, recipients.treasury);

  const count = await contract.termCount(at);
  findings.same("terms", `${name}, number of terms`, BigInt(pool.terms.length), count);
  const states: IFixedTermPool.TermStateStructOutput[] = [];
  for (let id = 0n; id < count; id++) states.push(await contract.term(id, at));
  const tokens = [
    lookUp(protocolConfig.tokens, pool.stakingToken),
    lookUp(protocolConfig.tokens, pool.rewardsToken),
  ] as const;
  for (const [id, state] of states.entries()) {
    const place = `${name}, term ${id}`;
    const wanted = pool.terms[id];
    if (wanted === undefined) findings.add("terms", place, "no such term", describeTerm(termOf(state), tokens));
    else verifyTerm(place, wanted, state, tokens, findings);
  }
  return states.map(termOf);
}

function verifyTerm(
  place: string,
  wanted: TermEntry,
  state: IFixedTermPool.TermStateStructOutput,
  [staking, rewards]: readonly [Token, Token],
  findings: Findings,
): void {
  const found = termOf(state);
  const compare = <T>(what: string, left: T, right: T, write?: (value: T) => string) => {
    findings.same("terms", `${place}, ${what}`, left, right, write);
  };
  compare("duration", wanted.duration, found.duration, formatDuration);
  compare("rate", wanted.rate, found.rate, rate);
  compare("minimum", wanted.minimum, found.minimum, (value) => formatAmount(value, staking));
  compare("principalCap", wanted.principalCap, found.principalCap, (value) => formatAmount(value, staking));
  compare("rewardCap", wanted.rewardCap, found.rewardCap, (value) => formatAmount(value, rewards));
  compare("penalty.start", wanted.penalty.startBps, found.penalty.startBps, bps);
  compare("penalty.end", wanted.penalty.endBps, found.penalty.endBps, bps);
  compare("penalty.forfeited", wanted.penalty.forfeitedBps, found.penalty.forfeitedBps, bps);
  compare("closed", false, state.closed, writeYes);
  compare("paused", false, state.paused, writeYes);
}

function termOf({ terms }: IFixedTermPool.TermStateStructOutput): TermEntry {
  const { duration, rate: yearly, minimum, principalCap, rewardCap, penalty } = terms;
  const { startBps, endBps, forfeitedBps } = penalty;
  return { duration, rate: yearly, minimum, principalCap, rewardCap, penalty: { startBps, endBps, forfeitedBps } };
}

function describeTerm({ duration, rate: yearly, principalCap }: TermEntry, [staking]: readonly [Token, Token]): string {
  const cap = principalCap === AMOUNT_LIMIT ? "no cap" : `a cap of ${formatAmount(principalCap, staking)}`;
  return `${formatDuration(duration)} at ${rate(yearly)} with ${cap}`;
}

async function verifyTokens(
  contracts: Subject["contracts"],
  name: string,
  pool: Pick<ProtocolConfig["flexiblePools"][string], "stakingToken" | "rewardsToken">,
  contract: FlexiblePool | FixedTermPool,
  findings: Findings,
): Promise<void> {
  const parameter = parametersOf(name, findings);
  parameter(
    "stakingToken",
    await lookUp(contracts.tokens, pool.stakingToken).getAddress(),
    await contract.stakingToken(),
  );
  parameter(
    "rewardsToken",
    await lookUp(contracts.tokens, pool.rewardsToken).getAddress(),
    await contract.rewardsToken(),
  );
}

function parametersOf(name: string, findings: Findings) {
  return <T>(what: string, expected: T, found: T, write?: (value: T) => string) => {
    findings.same("config", `${name}.${what}`, expected, found, write);
  };
}
