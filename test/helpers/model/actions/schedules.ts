import fc from "fast-check";

import type { RecipientPool, ScheduleTerms } from "../../../../model/distributor.ts";
import { RewardDistributor__factory } from "../../../../types/index.js";
import { DAY } from "../../fixtures.ts";
import {
  action,
  type ActionKind,
  actor,
  actorOf,
  choice,
  part,
  partOf,
  pick,
  receiver,
  receiverOf,
  ruled,
  ruler,
  seldom,
  size,
} from "../action.ts";
import type { History, Step } from "../history.ts";
import { poolsOf, type Protocol, type TokenName, TOKENS } from "../protocol.ts";

const abi = RewardDistributor__factory.createInterface();

const MOST_SCHEDULES = 6;

const weights = fc.array(fc.nat(5), { minLength: 2, maxLength: 2 });

/** The models' pools by address, since a step is applied to several models. */
function poolAt({ flexible, fixed }: Protocol, address: string): RecipientPool {
  const pool = [...Object.values(flexible), ...Object.values(fixed)].find((one) => one.address === address);
  if (pool === undefined) throw new RangeError(`${address} is none of the pools`);
  return pool;
}

function recipientsOf(pools: readonly RecipientPool[], drawn: readonly number[]) {
  return pools.map((pool, place) => ({
    pool: pool.address,
    weight: BigInt(drawn[place] ?? 1),
  }));
}

function weightsIn(protocol: Protocol, recipients: ReturnType<typeof recipientsOf>): Map<RecipientPool, bigint> {
  return new Map(recipients.map(({ pool, weight }) => [poolAt(protocol, pool), weight]));
}

function step(history: History, by: string, data: string, apply: (protocol: Protocol) => void): Step {
  return { by, to: history.addresses.distributor, data, apply };
}

function governed(history: History, by: number, data: string, apply: (protocol: Protocol) => void): Step {
  return ruled(history, by, { to: history.addresses.distributor, data, apply });
}

/** Mostly one that is there, running ones first. */
function scheduleId({ protocol: { distributor }, now }: History, number: number): bigint {
  const ids = Array.from({ length: Number(distributor.scheduleCount) }, (_, id) => BigInt(id));
  if (number % 32 === 31) return distributor.scheduleCount;
  if (number % 16 === 15) return pick(ids, number, 0n);
  const running = ids.filter((id) => !distributor.schedule(id, now).ended);
  return pick(running, number, pick(ids, number, 0n));
}

export function createScheduleStep(
  history: History,
  name: TokenName,
  made: Omit<ScheduleTerms, "token" | "start"> & { start?: bigint },
  by = -1,
  drawn: readonly number[] = [],
): Step {
  const { now, protocol, addresses } = history;
  const terms = { start: now, ...made };
  const recipients = recipientsOf(poolsOf(protocol, protocol.tokens[name]), drawn);
  const data = abi.encodeFunctionData("createSchedule", [{ token: addresses.tokens[name], ...terms }, recipients]);
  return governed(history, by, data, (it) => {
    it.distributor.createSchedule({ token: it.tokens[name], ...terms }, weightsIn(it, recipients), now);
  });
}

export function fundScheduleStep(history: History, caller: string, id: bigint, amount: bigint): Step {
  return step(history, caller, abi.encodeFunctionData("fund", [id, amount]), (it) => {
    it.distributor.fund(caller, id, amount);
  });
}

export function distributeStep(history: History, by: string, id: bigint, pool: RecipientPool): Step {
  const { now, protocol } = history;
  const known = id < protocol.distributor.scheduleCount;
  // What the contract pays; a model without rounding may have a unit more to pay later.
  const paid = known ? protocol.distributor.pending(id, pool, now) : undefined;
  const { address } = pool;
  return step(history, by, abi.encodeFunctionData("distribute", [id, address]), (it) => {
    it.distributor.distribute(id, poolAt(it, address), now, paid);
  });
}

export function endScheduleStep(history: History, by: number, id: bigint, refundTo: string): Step {
  const { now } = history;
  return governed(history, by, abi.encodeFunctionData("endSchedule", [id, refundTo]), (it) => {
    it.distributor.endSchedule(id, refundTo, now);
  });
}

const schedule = fc.record({
  by: ruler,
  token: fc.constantFrom(...TOKENS),
  epoch: fc.constantFrom(DAY, DAY, 7n * DAY, 30n * DAY),
  budget: size(80, 8),
  delay: fc.bigInt(0n, 3n * DAY),
  epochs: fc.bigInt(1n, 60n),
  feeBps: fc.bigInt(0n, 3_500n),
  weights,
  impossible: seldom(6),
  rule: choice,
});
type Drawn = typeof schedule extends fc.Arbitrary<infer Value> ? Value : never;

function termsOf({ now }: History, drawn: Drawn, many: boolean) {
  const { epoch, budget, delay, epochs, feeBps } = drawn;
  const terms = { epoch, budget, start: now + delay, epochs, feeBps };
  if (!drawn.impossible && !many) return terms;
  const broken: Partial<typeof terms>[] = [
    { epoch: epoch + 1n },
    { budget: 0n },
    { epochs: 0n },
    { epochs: 10_001n },
    { start: now - 1n },
    { feeBps: 3_501n },
  ];
  return { ...terms, ...broken[drawn.rule % broken.length] };
}

export const scheduleActions: readonly ActionKind[] = [
  action({
    name: "distributor.createSchedule",
    weight: 3,
    minimum: 12,
    input: schedule,
    plan(history, drawn) {
      const { protocol } = history;
      const many = protocol.distributor.scheduleCount >= MOST_SCHEDULES;
      const terms = termsOf(history, drawn, many);
      return [createScheduleStep(history, drawn.token, terms, drawn.by, drawn.weights)];
    },
  }),
  action({
    name: "distributor.fund",
    weight: 6,
    minimum: 36,
    input: fc.record({ by: actor, schedule: choice, epochs: fc.bigInt(0n, 20n), rest: size(20) }),
    plan(history, { by, schedule: number, epochs, rest }) {
      const { protocol, now } = history;
      const caller = actorOf(history, by);
      const id = scheduleId(history, number);
      const known = id < protocol.distributor.scheduleCount;
      const budget = known ? protocol.distributor.schedule(id, now).terms.budget : 1n;
      const amount = epochs === 0n && rest < 4n ? 0n : epochs * budget + rest;
      return [fundScheduleStep(history, caller, id, amount)];
    },
  }),
  action({
    name: "distributor.distribute",
    weight: 9,
    minimum: 36,
    input: fc.record({ by: actor, schedule: choice, pool: choice }),
    plan(history, { by, schedule: number, pool }) {
      const { protocol, now } = history;
      const { distributor } = protocol;
      const pools = [...Object.values(protocol.flexible), ...Object.values(protocol.fixed)];
      const due = Array.from({ length: Number(distributor.scheduleCount) }, (_, id) => BigInt(id)).flatMap((id) =>
        pools.filter((one) => distributor.pending(id, one, now) > 0n).map((one) => ({ id, pool: one })),
      );
      const anything = { id: scheduleId(history, number), pool: pick(pools, pool, protocol.flexible.two) };
      const chosen = number % 8 === 7 ? anything : pick(due, pool, anything);
      return [distributeStep(history, actorOf(history, by), chosen.id, chosen.pool)];
    },
  }),
  action({
    name: "distributor.setWeights",
    weight: 2,
    minimum: 12,
    input: fc.record({ by: ruler, schedule: choice, weights, only: seldom(4), astray: seldom(8) }),
    plan(history, { by, schedule: number, weights: drawn, only, astray }) {
      const { protocol, now } = history;
      const id = scheduleId(history, number);
      const known = id < protocol.distributor.scheduleCount;
      const token = known ? protocol.distributor.schedule(id, now).terms.token : protocol.tokens.stake;
      // Seldom pools that pay another token, which has to be refused.
      const pools = astray
        ? TOKENS.flatMap((name) => poolsOf(protocol, protocol.tokens[name]))
        : poolsOf(protocol, token);
      const recipients = recipientsOf(only ? pools.slice(-1) : pools, drawn);
      return [
        governed(history, by, abi.encodeFunctionData("setWeights", [id, recipients]), (it) => {
          it.distributor.setWeights(id, weightsIn(it, recipients), now);
        }),
      ];
    },
  }),
  action({
    name: "distributor.endSchedule",
    weight: 1,
    minimum: 2,
    input: fc.record({ by: ruler, schedule: choice, to: receiver }),
    plan(history, { by, schedule: number, to }) {
      const target = receiverOf(history, to, history.addresses.distributor);
      return [endScheduleStep(history, by, scheduleId(history, number), target)];
    },
  }),
  action({
    name: "distributor.sweepFees",
    weight: 3,
    minimum: 24,
    input: fc.record({ by: actor, token: fc.constantFrom(...TOKENS) }),
    plan(history, { by, token }) {
      const data = abi.encodeFunctionData("sweepFees", [history.addresses.tokens[token]]);
      return [
        step(history, actorOf(history, by), data, (it) => {
          it.distributor.sweepFees(it.tokens[token]);
        }),
      ];
    },
  }),
  action({
    name: "distributor.setRecipients",
    weight: 1,
    minimum: 2,
    input: fc.record({
      by: ruler,
      insurance: receiver,
      treasury: receiver,
      usual: fc.boolean(),
      swept: fc.subarray([...TOKENS]),
    }),
    plan(history, { by, insurance, treasury, usual, swept }) {
      const { distributor, fund, treasury: home } = history.addresses;
      const named = swept.map((name) => history.addresses.tokens[name]);
      const first = usual ? fund : receiverOf(history, insurance, distributor);
      const second = usual ? home : receiverOf(history, treasury, distributor);
      return [
        governed(history, by, abi.encodeFunctionData("setRecipients", [first, second, named]), (it) => {
          it.distributor.setRecipients(
            first,
            second,
            swept.map((name) => it.tokens[name]),
          );
        }),
      ];
    },
  }),
  action({
    name: "distributor.rescue",
    weight: 1,
    minimum: 2,
    input: fc.record({ by: ruler, token: fc.constantFrom(...TOKENS), to: receiver, taken: part }),
    plan(history, { by, token: name, to, taken }) {
      const { addresses, protocol } = history;
      const token = protocol.tokens[name];
      const target = receiverOf(history, to, addresses.distributor);
      const amount = partOf(token.balanceOf(addresses.distributor) - protocol.distributor.liabilities(token), taken);
      return [
        governed(history, by, abi.encodeFunctionData("rescue", [token.address, target, amount]), (it) => {
          it.distributor.rescue(it.tokens[name], target, amount);
        }),
      ];
    },
  }),
];
