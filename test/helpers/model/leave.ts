import { DAY } from "../fixtures.ts";
import { blockStep } from "./actions/tokens.ts";
import { claimOwedStep, withdrawEarlyStep, withdrawStep } from "./actions/leaving.ts";
import { positionsOf } from "./actions/positions.ts";
import { claimStep as compensationStep, closeRoundStep } from "./actions/rounds.ts";
import { distributeStep, endScheduleStep } from "./actions/schedules.ts";
import {
  allowStep,
  budgetStep,
  claimStep,
  exitStep,
  rescueStep,
  surplusOf,
  unpauseStep,
  stakeStep,
  sweepStep,
} from "./actions/closing.ts";
import { TOKENS, KINDS, poolsOf } from "./protocol.ts";
import type { History, Step } from "./history.ts";
import { holders } from "./views/money.ts";

/** Stays staked while the streams run out. */
const LAST = 0;

/**
 * Everybody leaves: at once and at a penalty, or, if `patient`, once everything is mature. Then everything that is owed is
 * paid, and what nobody is owed is rescued, so that what is left in the contracts are fractions of units.
 */
export async function everybodyLeaves(history: History, patient: boolean): Promise<void> {
  const { addresses, protocol } = history;
  const { actors, governor } = addresses;
  const last = actors[LAST] ?? governor;
  const leave = async (name: string, plan: () => readonly Step[]): Promise<void> => {
    const steps = plan();
    if (steps.length > 0) await history.act(`leave.${name}`, 0n, () => steps);
  };
  const each = async <T>(name: string, list: () => readonly T[], plan: (one: T) => readonly Step[]): Promise<void> => {
    for (const one of list()) await leave(name, () => plan(one));
  };

  for (const token of ["stake", "reward"] as const) {
    const blocked = holders(addresses).filter((account) => protocol.tokens[token].isBlocked(account));
    await each(
      "unblock",
      () => blocked,
      (account) => [blockStep(last, addresses.tokens[token], account, false)],
    );
  }
  if (patient) {
    const maturities = KINDS.flatMap((kind) => positionsOf(history, kind).map(({ maturity }) => maturity));
    const latest = maturities.reduce((most, maturity) => (maturity > most ? maturity : most), history.now);
    await history.act("leave.wait", latest - history.now, () => []);
  }
  for (const kind of KINDS) {
    await each(
      "withdraw",
      () => positionsOf(history, kind),
      ({ id, owner, principal, maturity }) =>
        maturity <= history.now
          ? [withdrawStep(history, kind, id, owner, owner)]
          : [withdrawEarlyStep(history, kind, id, owner, owner, principal, "exactly")],
    );
    await each(
      "claimOwed",
      () => actors.filter((account) => protocol.fixed[kind].owed(account) > 0n),
      (account) => [claimOwedStep(history, kind, account, account)],
    );
    await each(
      "exit",
      () => actors.filter((account) => protocol.flexible[kind].stakeOf(account) > 0n),
      (account) => [exitStep(history, kind, account)],
    );
    await each(
      "getReward",
      () => actors.filter((account) => protocol.flexible[kind].earned(account, history.now) > 0n),
      (account) => [claimStep(history, kind, account)],
    );
  }

  // Somebody takes what still streams: what accrued in schedules and penalties arrives, and runs out.
  const ids = Array.from({ length: Number(protocol.distributor.scheduleCount) }, (_, id) => BigInt(id));
  const running = (): bigint[] => ids.filter((id) => !protocol.distributor.schedule(id, history.now).ended);
  await each("endSchedule", running, (id) => [endScheduleStep(history, -1, id, governor)]);
  for (const kind of KINDS) {
    await leave("unpause", () => [
      unpauseStep(history, kind),
      allowStep(history, kind, addresses.distributor),
      allowStep(history, kind, addresses.fixed.two),
    ]);
    await leave("stake", () => [stakeStep(history, kind, last, protocol.flexible[kind].minimum)]);
  }
  // The budget makes room for what a swamped one could not take.
  await budgets();
  for (const id of ids) {
    for (const token of TOKENS) {
      for (const pool of poolsOf(protocol, protocol.tokens[token])) {
        if (protocol.distributor.pending(id, pool, history.now) === 0n) continue;
        await periodsEnd();
        await leave("distribute", () => [distributeStep(history, last, id, pool)]);
      }
    }
  }
  await periodsEnd();
  await each(
    "sweep",
    () => [...KINDS, ...TOKENS],
    (one) => [sweepStep(history, one)],
  );
  await periodsEnd();
  for (const kind of KINDS) await leave("exit", () => [exitStep(history, kind, last)]);
  await budgets();

  const open = (): number[] => [...protocol.fund.rounds.entries()].flatMap(([id, { closed }]) => (closed ? [] : [id]));
  const opening = protocol.fund.rounds.reduce((most, { opensAt }) => (opensAt > most ? opensAt : most), history.now);
  await history.act("leave.wait", opening - history.now, () => []);
  for (const id of open()) {
    for (const [index, { amount }] of protocol.fund.rounds[id]?.claims.entries() ?? []) {
      const round = protocol.fund.rounds[id];
      if (round === undefined || round.paid.has(BigInt(index)) || history.now >= round.expiresAt) continue;
      if (amount > round.total - round.claimed) continue;
      await leave("claim", () => [compensationStep(history, last, id, index)]);
    }
  }
  const expiry = protocol.fund.rounds.reduce(
    (most, { expiresAt }) => (expiresAt > most ? expiresAt : most),
    history.now,
  );
  await history.act("leave.wait", expiry - history.now, () => []);
  await each("closeRound", open, (id) => [closeRoundStep(history, last, id)]);
  for (const token of TOKENS) {
    const surpluses = (["flexible.two", "flexible.one", "fixed.two", "fixed.one", "distributor"] as const).filter(
      (contract) => surplusOf(history, contract, token) > 0n,
    );
    await each(
      "rescue",
      () => surpluses,
      (contract) => [rescueStep(history, contract, token, last)],
    );
  }

  async function periodsEnd(): Promise<void> {
    await history.act("leave.wait", 31n * DAY, () => []);
  }
  async function budgets(): Promise<void> {
    for (const kind of KINDS) await leave("withdrawBudget", () => [budgetStep(history, kind, governor)]);
  }
}
