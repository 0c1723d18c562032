import fc from "fast-check";

import { FlexiblePool__factory } from "../../../../types/index.js";
import { MAX_UINT256 } from "../../fixtures.ts";
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
import type { Kind, Protocol } from "../protocol.ts";
import { exitStep, notifyStep, stakeStep } from "./closing.ts";
import { transferStep } from "./tokens.ts";

const abi = FlexiblePool__factory.createInterface();

/** Mostly somebody who has a stake. */
function stakerOf(history: History, kind: Kind, number: number): string {
  const pool = history.protocol.flexible[kind];
  const staked = history.addresses.actors.filter((account) => pool.stakeOf(account) > 0n);
  return number % 16 === 15 ? actorOf(history, number) : pick(staked, number, actorOf(history, number));
}

/** What a notification has to bring, less a second's worth, to begin a period; with less, the running one goes on for longer. */
function leastReward({ protocol, now }: History, kind: Kind): bigint {
  const pool = protocol.flexible[kind];
  const left = pool.periodFinish(now) - now;
  return left > 0n ? pool.periodReward - (pool.periodReward * left) / pool.duration : 0n;
}

export function flexibleActions(kind: Kind): ActionKind[] {
  const name = `flexible.${kind}`;
  const step = (
    history: History,
    by: string,
    data: string,
    apply: (pool: Protocol["flexible"][Kind]) => void,
  ): Step => ({
    by,
    to: history.addresses.flexible[kind],
    data,
    apply: ({ flexible }) => {
      apply(flexible[kind]);
    },
  });
  const governed = (history: History, by: number, data: string, apply: (protocol: Protocol) => void): Step =>
    ruled(history, by, { to: history.addresses.flexible[kind], data, apply });

  return [
    action({
      name: `${name}.stake`,
      weight: 8,
      minimum: 36,
      input: fc.record({ by: actor, amount: size(97) }),
      plan(history, { by, amount }) {
        return [stakeStep(history, kind, actorOf(history, by), amount)];
      },
    }),
    action({
      name: `${name}.stakeFor`,
      weight: 3,
      minimum: 12,
      input: fc.record({ by: actor, to: receiver, amount: size(94) }),
      plan(history, { by, to, amount }) {
        const { now } = history;
        const caller = actorOf(history, by);
        const account = receiverOf(history, to, history.addresses.flexible[kind]);
        const data = abi.encodeFunctionData("stakeFor", [account, amount]);
        return [
          step(history, caller, data, (pool) => {
            pool.stake(caller, account, amount, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.stakeWithPermit`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: actor, amount: size(94, 3) }),
      plan(history, { by, amount }) {
        const { now } = history;
        const account = actorOf(history, by);
        // A permit that does not hold: the allowance that is there decides.
        const permit = [MAX_UINT256, 27, `0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
        const data = abi.encodeFunctionData("stakeWithPermit", [amount, ...permit]);
        return [
          step(history, account, data, (pool) => {
            pool.stake(account, account, amount, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.withdraw`,
      weight: 6,
      minimum: 30,
      input: fc.record({ by: choice, taken: part }),
      plan(history, { by, taken }) {
        const { now, protocol } = history;
        const account = stakerOf(history, kind, by);
        const amount = partOf(protocol.flexible[kind].stakeOf(account), taken);
        const data = abi.encodeFunctionData("withdraw", [amount]);
        return [
          step(history, account, data, (pool) => {
            pool.withdraw(account, account, amount, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.withdrawTo`,
      weight: 2,
      minimum: 9,
      input: fc.record({ by: choice, to: receiver, taken: part }),
      plan(history, { by, to, taken }) {
        const { now, protocol } = history;
        const account = stakerOf(history, kind, by);
        const target = receiverOf(history, to, history.addresses.flexible[kind]);
        const amount = partOf(protocol.flexible[kind].stakeOf(account), taken);
        const data = abi.encodeFunctionData("withdrawTo", [amount, target]);
        return [
          step(history, account, data, (pool) => {
            pool.withdraw(account, target, amount, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.getReward`,
      weight: 4,
      minimum: 24,
      input: fc.record({ by: choice }),
      plan(history, { by }) {
        const { now } = history;
        const account = stakerOf(history, kind, by);
        const data = abi.encodeFunctionData("getReward");
        return [
          step(history, account, data, (pool) => {
            pool.claim(account, account, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.getRewardFor`,
      weight: 2,
      minimum: 9,
      input: fc.record({ by: actor, account: choice }),
      plan(history, { by, account: number }) {
        const { now } = history;
        const account = stakerOf(history, kind, number);
        const data = abi.encodeFunctionData("getRewardFor", [account]);
        return [
          step(history, actorOf(history, by), data, (pool) => {
            pool.claim(account, account, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.getRewardTo`,
      weight: 2,
      minimum: 9,
      input: fc.record({ by: choice, to: receiver }),
      plan(history, { by, to }) {
        const { now } = history;
        const account = stakerOf(history, kind, by);
        const target = receiverOf(history, to, history.addresses.flexible[kind]);
        const data = abi.encodeFunctionData("getRewardTo", [target]);
        return [
          step(history, account, data, (pool) => {
            pool.claim(account, target, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.exit`,
      weight: 3,
      minimum: 15,
      input: fc.record({ by: choice }),
      plan(history, { by }) {
        return [exitStep(history, kind, stakerOf(history, kind, by))];
      },
    }),
    action({
      name: `${name}.exitTo`,
      weight: 2,
      minimum: 9,
      input: fc.record({ by: choice, to: receiver }),
      plan(history, { by, to }) {
        const { now } = history;
        const account = stakerOf(history, kind, by);
        const target = receiverOf(history, to, history.addresses.flexible[kind]);
        const data = abi.encodeFunctionData("exitTo", [target]);
        return [
          step(history, account, data, (pool) => {
            pool.exit(account, target, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.notifyRewardAmount`,
      weight: 5,
      minimum: 18,
      input: fc.record({
        by: choice,
        amount: fc.oneof({ arbitrary: size(80, 10), weight: 12 }, { arbitrary: size(124, 110), weight: 1 }),
        arrives: seldom(8).map((missing) => !missing),
        enough: seldom(4).map((little) => !little),
      }),
      plan(history, { by, amount, arrives, enough }) {
        const { protocol, addresses } = history;
        const pool = protocol.flexible[kind];
        const funders = addresses.actors.filter((account) => pool.isFunder(account));
        const caller = by % 16 === 15 ? actorOf(history, by) : pick(funders, by, actorOf(history, by));
        const reward = amount + (enough ? leastReward(history, kind) : 0n);
        const steps = [notifyStep(history, kind, caller, reward)];
        if (arrives) {
          steps.unshift(transferStep(actorOf(history, by), pool.rewardsToken.address, pool.address, reward));
        }
        return steps;
      },
    }),
    action({
      name: `${name}.setFunder`,
      weight: 2,
      minimum: 9,
      input: fc.record({
        by: ruler,
        funder: fc.oneof(actor, fc.constantFrom(-1, -2)),
        allowed: seldom(4).map((no) => !no),
      }),
      plan(history, { by, funder, allowed }) {
        const { addresses } = history;
        const account = addresses.actors[funder] ?? (funder === -1 ? addresses.distributor : addresses.fixed.two);
        const data = abi.encodeFunctionData("setFunder", [account, allowed]);
        return [
          governed(history, by, data, ({ flexible }) => {
            flexible[kind].setFunder(account, allowed);
          }),
        ];
      },
    }),
    action({
      name: `${name}.pause`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: ruler }),
      plan: (history, { by }) => [
        governed(history, by, abi.encodeFunctionData("pause"), ({ flexible }) => {
          flexible[kind].pause();
        }),
      ],
    }),
    action({
      name: `${name}.unpause`,
      weight: 3,
      minimum: 12,
      input: fc.record({ by: ruler }),
      plan: (history, { by }) => [
        governed(history, by, abi.encodeFunctionData("unpause"), ({ flexible }) => {
          flexible[kind].unpause();
        }),
      ],
    }),
  ];
}
