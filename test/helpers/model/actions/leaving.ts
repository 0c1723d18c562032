import fc from "fast-check";

import type { Position } from "../../../../model/fixed-term-pool.ts";
import { FixedTermPool__factory } from "../../../../types/index.js";
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
} from "../action.ts";
import type { History, Step } from "../history.ts";
import type { Kind } from "../protocol.ts";
import { holderOf, least, leastOf, poolStep, positionId, positionsOf, promisedBy, termIdOf } from "./positions.ts";

const abi = FixedTermPool__factory.createInterface();

const HOUR = 3_600n;

/** Mostly whole hours up to 30 days, and mostly long; seldom what is no window. */
const window = fc.oneof(
  { arbitrary: fc.bigInt(1n, 720n).map((hours) => hours * HOUR), weight: 8 },
  { arbitrary: fc.constant(720n * HOUR), weight: 8 },
  { arbitrary: fc.constantFrom(0n, HOUR - 1n, HOUR + 1n, 720n * HOUR + 1n, 721n * HOUR), weight: 1 },
);

const mature =
  ({ now }: History) =>
  ({ maturity }: Readonly<Position>): boolean =>
    maturity <= now;

export function withdrawStep(history: History, kind: Kind, id: bigint, caller: string, target: string): Step {
  const { now } = history;
  const position = positionsOf(history, kind).find((one) => one.id === id);
  const data = abi.encodeFunctionData("withdraw", [id, target]);
  const step = poolStep(history, kind, caller, data, (pool) => {
    pool.withdraw(caller, id, target, now);
  });
  return position === undefined ? step : { ...step, promise: { kind, id, receiver: target, owner: position.owner } };
}

export function withdrawEarlyStep(
  history: History,
  kind: Kind,
  id: bigint,
  caller: string,
  target: string,
  amount: bigint,
  asked: string,
): Step {
  const { now, protocol } = history;
  const position = positionsOf(history, kind).find((one) => one.id === id);
  const possible = position !== undefined && amount > 0n && amount <= position.principal;
  const exit = possible
    ? protocol.fixed[kind].previewWithdrawEarly(id, amount, now)
    : { principalOut: 0n, rewardOut: 0n };
  const minimum = { principal: leastOf(exit.principalOut, asked), reward: leastOf(exit.rewardOut, asked) };
  const data = abi.encodeFunctionData("withdrawEarly", [id, amount, target, minimum.principal, minimum.reward]);
  return poolStep(history, kind, caller, data, (pool) => {
    pool.withdrawEarly(caller, id, amount, target, minimum, now);
  });
}

function renewStep(history: History, kind: Kind, id: bigint, caller: string, termId: bigint, asked: string): Step {
  const { now, protocol } = history;
  const position = positionsOf(history, kind).find((one) => one.id === id);
  const { principal, reward } = position ?? { principal: 0n, reward: 0n };
  const renewed = protocol.fixed[kind].sameToken ? principal + reward : principal;
  const minReward = leastOf(promisedBy(history, kind, termId, renewed), asked);
  const data = abi.encodeFunctionData("renew", [id, termId, minReward]);
  return poolStep(history, kind, caller, data, (pool) => {
    pool.renew(caller, id, termId, minReward, now);
  });
}

export function leavingActions(kind: Kind): ActionKind[] {
  const name = `fixed.${kind}`;
  return [
    action({
      name: `${name}.withdraw`,
      weight: 6,
      minimum: 15,
      input: fc.record({ position: choice, by: choice, to: receiver }),
      plan(history, { position, by, to }) {
        const id = positionId(history, kind, position, positionsOf(history, kind, mature(history)));
        const target = receiverOf(history, to, history.addresses.fixed[kind]);
        return [withdrawStep(history, kind, id, holderOf(history, kind, id, by), target)];
      },
    }),
    action({
      name: `${name}.withdrawEarly`,
      weight: 5,
      minimum: 21,
      input: fc.record({ position: choice, by: choice, to: receiver, taken: part, asked: least }),
      plan(history, { position, by, to, taken, asked }) {
        const id = positionId(history, kind, position, positionsOf(history, kind));
        const principal = positionsOf(history, kind).find((one) => one.id === id)?.principal ?? 1n;
        const target = receiverOf(history, to, history.addresses.fixed[kind]);
        const caller = holderOf(history, kind, id, by);
        return [withdrawEarlyStep(history, kind, id, caller, target, partOf(principal, taken), asked)];
      },
    }),
    action({
      name: `${name}.renew`,
      weight: 4,
      minimum: 9,
      input: fc.record({ position: choice, by: choice, term: choice, asked: least }),
      plan(history, { position, by, term, asked }) {
        const id = positionId(history, kind, position, positionsOf(history, kind, mature(history)));
        const caller = holderOf(history, kind, id, by);
        return [renewStep(history, kind, id, caller, termIdOf(history, kind, term), asked)];
      },
    }),
    action({
      name: `${name}.renewByOrder`,
      weight: 4,
      minimum: 3,
      input: fc.record({ position: choice, by: actor, term: choice, asked: least }),
      plan(history, { position, by, term, asked }) {
        const ordered = positionsOf(history, kind, ({ order }) => order !== undefined);
        const due = ordered.filter(mature(history));
        const id = positionId(history, kind, position, due.length > 0 ? due : ordered);
        const order = ordered.find((one) => one.id === id)?.order;
        const termId = term % 8 === 7 || order === undefined ? termIdOf(history, kind, term) : order.termId;
        return [renewStep(history, kind, id, actorOf(history, by), termId, asked)];
      },
    }),
    action({
      name: `${name}.setAutoRenew`,
      weight: 4,
      minimum: 15,
      input: fc.record({ position: choice, by: choice, term: choice, window, repeats: fc.boolean() }),
      plan(history, { position, by, term, ...wanted }) {
        const { now } = history;
        const id = positionId(history, kind, position, positionsOf(history, kind));
        const caller = holderOf(history, kind, id, by);
        const order = { termId: termIdOf(history, kind, term), ...wanted };
        const data = abi.encodeFunctionData("setAutoRenew", [id, order.termId, order.window, order.repeats]);
        return [
          poolStep(history, kind, caller, data, (pool) => {
            pool.setAutoRenew(caller, id, order, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.cancelAutoRenew`,
      weight: 1,
      minimum: 2,
      input: fc.record({ position: choice, by: choice }),
      plan(history, { position, by }) {
        const ordered = positionsOf(history, kind, ({ order }) => order !== undefined);
        const id = positionId(history, kind, position, ordered);
        const caller = holderOf(history, kind, id, by);
        const data = abi.encodeFunctionData("cancelAutoRenew", [id]);
        return [
          poolStep(history, kind, caller, data, (pool) => {
            pool.cancelAutoRenew(caller, id);
          }),
        ];
      },
    }),
    claimOwedAction(kind),
  ];
}

/** Where principal and reward are one token, only what does not fit below a cap is owed. */
function claimOwedAction(kind: Kind): ActionKind {
  return action({
    name: `fixed.${kind}.claimOwed`,
    weight: 3,
    minimum: kind === "two" ? 2 : 0,
    input: fc.record({ by: choice, to: receiver }),
    plan(history, { by, to }) {
      const owed = history.addresses.actors.filter((account) => history.protocol.fixed[kind].owed(account) > 0n);
      const caller = pick(owed, by, actorOf(history, by));
      const target = receiverOf(history, to, history.addresses.fixed[kind]);
      return [claimOwedStep(history, kind, caller, target)];
    },
  });
}

export function claimOwedStep(history: History, kind: Kind, caller: string, target: string): Step {
  const data = abi.encodeFunctionData("claimOwed", [target]);
  return poolStep(history, kind, caller, data, (pool) => {
    pool.claimOwed(caller, target);
  });
}
