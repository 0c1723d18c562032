import type { LogPager } from "@termstake/sdk/logs";
import { BPS, formatDuration, formatPercentage, ONE } from "@termstake/sdk/units";
import { ZeroAddress } from "ethers";

import { checkCatalogue } from "../../scripts/lib/catalogue-check.ts";
import {
  AMOUNT_LIMIT,
  formatAmount,
  lookUp,
  type Catalogue,
  type FixedTermPoolEntry,
  type FlexiblePoolEntry,
  type TermEntry,
  type Token,
} from "../../scripts/lib/catalogue.ts";
import { readEvents } from "../../scripts/lib/events.ts";
import type { FixedTermPool, FlexiblePool, IFixedTermPool } from "../../types/index.ts";
import { writeYes, type Findings } from "./finding.ts";
import type { Subject } from "./subject.ts";

const bps = (value: bigint) => formatPercentage(value, BPS);
const rate = (value: bigint) => formatPercentage(value, ONE);

/** Holds every pool's parameters, terms, funders and recipients against the catalogue. */
export async function verifyPools(subject: Subject, pager: LogPager, findings: Findings): Promise<void> {
  const { catalogue, contracts } = subject;
  for (const [name, pool] of Object.entries(catalogue.flexiblePools)) {
    const contract = lookUp(contracts.flexiblePools, name);
    await verifyFlexible(subject, name, pool, contract, findings);
    await verifyFunders(subject, name, contract, pager, findings);
  }
  const onChain: Record<string, FixedTermPoolEntry> = {};
  for (const [name, pool] of Object.entries(catalogue.fixedTermPools)) {
    const terms = await verifyFixedTerm(subject, name, pool, lookUp(contracts.fixedTermPools, name), findings);
    onChain[name] = { ...pool, terms };
  }
  // What the chain has keeps the ceilings too, and what the catalogue has was checked when it was read.
  for (const { place, message } of checkCatalogue({ ...catalogue, fixedTermPools: onChain })) {
    findings.add("ceilings", `on chain, ${place}`, "within the catalogue's rules", message);
  }
}

async function verifyFlexible(
  { catalogue, contracts, block }: Subject,
  name: string,
  pool: FlexiblePoolEntry,
  contract: FlexiblePool,
  findings: Findings,
): Promise<void> {
  const at = { blockTag: block };
  const amount = (value: bigint) => formatAmount(value, lookUp(catalogue.tokens, pool.stakingToken));
  const parameter = parametersOf(name, findings);
  await verifyTokens(contracts, name, pool, contract, findings);
  parameter("rewardsDuration", pool.rewardsDuration, await contract.rewardsDuration(at), formatDuration);
  parameter("minimumStake", pool.minimumStake, await contract.minimumStake(at), amount);
  parameter("cap", pool.cap, await contract.cap(at), amount);
  parameter("paused", false, await contract.paused(at), writeYes);
}

/** The distributor and the fixed-term pools that send their penalties here may notify rewards, and nobody else. */
async function verifyFunders(
  { catalogue, contracts, firstBlock, block }: Subject,
  name: string,
  contract: FlexiblePool,
  pager: LogPager,
  findings: Findings,
): Promise<void> {
  const expected = new Set([await contracts.distributor.getAddress()]);
  for (const [poolName, { rewardsPool }] of Object.entries(catalogue.fixedTermPools)) {
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
  const { catalogue, contracts, block } = subject;
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
  findings.same("recipients", `${name}.treasury`, catalogue.treasury, recipients.treasury);

  const count = await contract.termCount(at);
  findings.same("terms", `${name}, number of terms`, BigInt(pool.terms.length), count);
  const states: IFixedTermPool.TermStateStructOutput[] = [];
  for (let id = 0n; id < count; id++) states.push(await contract.term(id, at));
  const tokens = [lookUp(catalogue.tokens, pool.stakingToken), lookUp(catalogue.tokens, pool.rewardsToken)] as const;
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
  pool: Pick<Catalogue["flexiblePools"][string], "stakingToken" | "rewardsToken">,
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
    findings.same("parameters", `${name}.${what}`, expected, found, write);
  };
}
