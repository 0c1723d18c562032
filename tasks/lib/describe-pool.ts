import { BPS, formatDuration, formatMoment, formatPercentage, formatRate, formatSpan } from "@termstake/sdk/units";

import { AMOUNT_LIMIT } from "../../deploy/config/protocol-config.ts";
import { nameOf, type Deployment } from "./deployment.ts";
import { writeAmount } from "./inputs.ts";
import { FLEXIBLE, rateOf, tokenOf, type PoolView } from "./pools.ts";

/** A pool as plain data. */
export function poolData(deployment: Deployment, view: PoolView, now: bigint) {
  const { info } = view;
  const base = {
    pool: info.pool,
    name: nameOf(deployment, info.pool),
    kind: info.kind === FLEXIBLE ? "flexible" : "fixed-term",
    listed: info.listed,
    creator: info.creator,
    createdAt: Number(info.createdAt),
    failed: view.failed,
    paused: view.paused,
    stakingToken: tokenOf(view.stakingToken),
    rewardsToken: tokenOf(view.rewardsToken),
  };
  if (view.failed) return base;
  if (info.kind === FLEXIBLE) {
    const { flexible } = view;
    return {
      ...base,
      totalStaked: flexible.totalStaked,
      cap: flexible.cap,
      minimumStake: flexible.minimumStake,
      /** 1e18 is 100 %; null where it depends on a price, or nobody stakes. */
      yearlyRate: rateOf(view, now) ?? null,
      periodReward: flexible.periodReward,
      rewardsDuration: Number(flexible.rewardsDuration),
      periodFinish: Number(flexible.periodFinish),
      rewardsOwed: flexible.rewardsOwed,
    };
  }
  const { fixedTerm } = view;
  return {
    ...base,
    totalPrincipal: fixedTerm.totalPrincipal,
    availableBudget: fixedTerm.availableBudget,
    reservedRewards: fixedTerm.reservedRewards,
    positionsOpened: fixedTerm.positionCount,
    termCount: fixedTerm.termCount,
    terms: fixedTerm.terms.map(({ termId, state: term }) => ({
      id: Number(termId),
      duration: Number(term.terms.duration),
      yearlyRate: term.terms.rate,
      minimum: term.terms.minimum,
      principalCap: term.terms.principalCap,
      rewardCap: term.terms.rewardCap,
      penaltyStartBps: Number(term.terms.penalty.startBps),
      penaltyEndBps: Number(term.terms.penalty.endBps),
      forfeitedBps: Number(term.terms.penalty.forfeitedBps),
      openPrincipal: term.openPrincipal,
      reservedReward: term.reservedReward,
      paused: term.paused,
      closed: term.closed,
    })),
  };
}

/** Rates in few words. */
export function writeOffer(view: PoolView, now: bigint): string {
  if (view.failed) return "cannot be read";
  const rewards = tokenOf(view.rewardsToken);
  if (view.info.kind === FLEXIBLE) {
    const { periodReward, rewardsDuration } = view.flexible;
    const rate = rateOf(view, now);
    const told = rate === undefined ? "" : `${formatRate(rate)} a year: `;
    return `${told}${writeAmount(periodReward, rewards)} every ${formatDuration(rewardsDuration)}`;
  }
  return view.fixedTerm.terms
    .map(({ termId, state: { terms, closed, paused } }) => {
      const state = closed ? ", closed" : paused ? ", paused" : "";
      return `${termId}: ${formatDuration(terms.duration)} at ${formatRate(terms.rate)}${state}`;
    })
    .join("\n");
}

/** What stakers have in it. */
export function writeTotal(view: PoolView): string {
  if (view.failed) return "";
  const total = view.info.kind === FLEXIBLE ? view.flexible.totalStaked : view.fixedTerm.totalPrincipal;
  return writeAmount(total, tokenOf(view.stakingToken));
}

/** What there is to pay rewards with, and until when. */
export function writeBudget(view: PoolView, now: bigint): string {
  if (view.failed) return "";
  const rewards = tokenOf(view.rewardsToken);
  if (view.info.kind !== FLEXIBLE) return `${writeAmount(view.fixedTerm.availableBudget, rewards)} unreserved`;
  const { periodFinish } = view.flexible;
  if (periodFinish <= now) return "nothing streams";
  return `streams until ${formatMoment(periodFinish)},\n${formatSpan(periodFinish - now)} from now`;
}

/** What it owes in rewards. */
export function writeOwed(view: PoolView): string {
  if (view.failed) return "";
  const rewards = tokenOf(view.rewardsToken);
  return view.info.kind === FLEXIBLE
    ? writeAmount(view.flexible.rewardsOwed, rewards)
    : `${writeAmount(view.fixedTerm.reservedRewards, rewards)} at maturity`;
}

export function writeState(view: PoolView): string {
  return [view.info.listed ? "listed" : "unlisted", ...(view.paused ? ["paused"] : [])].join(", ");
}

/** A cap, which may stand for none. */
export function writeCap(cap: bigint, token: { symbol: string; decimals: bigint; token: string }): string {
  return cap === AMOUNT_LIMIT ? "none" : writeAmount(cap, token);
}

export function writeBps(bps: bigint): string {
  return formatPercentage(bps, BPS);
}
