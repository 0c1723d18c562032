import fc from "fast-check";

import { FixedTermPool__factory } from "../../../../types/index.js";
import { DAY, MAX_UINT96, ONE } from "../../fixtures.ts";
import type { TermInput } from "../../fixed-term.ts";
import {
  action,
  type ActionKind,
  actor,
  actorOf,
  choice,
  part,
  partOf,
  receiver,
  receiverOf,
  ruled,
  ruler,
  seldom,
  size,
} from "../action.ts";
import type { History, Step } from "../history.ts";
import type { Kind, Protocol } from "../protocol.ts";
import { poolStep } from "./positions.ts";

const abi = FixedTermPool__factory.createInterface();

/** Terms beyond which only impossible ones are added. */
const MOST_TERMS = 6;

const cap = fc.oneof({ arbitrary: fc.constant(MAX_UINT96), weight: 2 }, { arbitrary: size(96, 70), weight: 1 });
const term: fc.Arbitrary<TermInput> = fc
  .record({
    duration: fc.bigInt(DAY, 400n * DAY),
    rate: fc.bigInt(ONE / 1000n, ONE),
    minimum: size(30),
    principalCap: cap,
    rewardCap: cap,
    startBps: fc.bigInt(1n, 2_500n),
    endPart: fc.bigInt(0n, 100n),
    forfeitedBps: fc.bigInt(0n, 10_000n),
  })
  .map(({ startBps, endPart, forfeitedBps, ...rest }) => ({
    ...rest,
    penalty: { startBps, endBps: (startBps * endPart) / 100n, forfeitedBps },
  }));

/** Each breaks one rule. */
const IMPOSSIBLE: readonly ((term: TermInput) => TermInput)[] = [
  (whole) => ({ ...whole, duration: DAY - 1n }),
  (whole) => ({ ...whole, duration: 1_461n * DAY + 1n }),
  (whole) => ({ ...whole, minimum: 0n }),
  (whole) => ({ ...whole, minimum: whole.principalCap, principalCap: whole.principalCap - 1n }),
  (whole) => ({ ...whole, rate: 0n }),
  (whole) => ({ ...whole, rate: ONE + 1n }),
  (whole) => ({ ...whole, penalty: { ...whole.penalty, startBps: 2_501n } }),
  (whole) => ({ ...whole, penalty: { ...whole.penalty, endBps: whole.penalty.startBps + 1n } }),
  (whole) => ({ ...whole, penalty: { ...whole.penalty, forfeitedBps: 10_001n } }),
  (whole) => ({ ...whole, penalty: { startBps: 0n, endBps: 0n, forfeitedBps: 9_999n } }),
];

function governed(
  history: History,
  kind: Kind,
  by: number,
  data: string,
  apply: (pool: Protocol["fixed"][Kind]) => void,
): Step {
  const to = history.addresses.fixed[kind];
  return ruled(history, by, {
    to,
    data,
    apply: ({ fixed }) => {
      apply(fixed[kind]);
    },
  });
}

export function termActions(kind: Kind): ActionKind[] {
  const name = `fixed.${kind}`;
  const known = ({ protocol }: History, number: number): bigint =>
    BigInt(number % 32 === 31 ? protocol.fixed[kind].terms.length : number % protocol.fixed[kind].terms.length);
  return [
    action({
      name: `${name}.addTerm`,
      weight: 2,
      minimum: 4,
      input: fc.record({ by: ruler, term, impossible: seldom(6), rule: choice }),
      plan(history, { by, term: drawn, impossible, rule }) {
        const many = history.protocol.fixed[kind].terms.length >= MOST_TERMS;
        const broken = IMPOSSIBLE[rule % IMPOSSIBLE.length];
        const added = (impossible || many) && broken !== undefined ? broken(drawn) : drawn;
        const data = abi.encodeFunctionData("addTerm", [added]);
        return [
          governed(history, kind, by, data, (pool) => {
            pool.addTerm(added);
          }),
        ];
      },
    }),
    action({
      name: `${name}.closeTerm`,
      weight: 1,
      minimum: 1,
      input: fc.record({ by: ruler, term: choice }),
      plan(history, { by, term: number }) {
        const { terms } = history.protocol.fixed[kind];
        const open = terms.filter(({ closed }) => !closed);
        // Some stay open.
        const id = open.length > 2 ? known(history, number) : BigInt(terms.length);
        const data = abi.encodeFunctionData("closeTerm", [id]);
        return [
          governed(history, kind, by, data, (pool) => {
            pool.closeTerm(id);
          }),
        ];
      },
    }),
    action({
      name: `${name}.pauseTerm`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: ruler, term: choice }),
      plan(history, { by, term: number }) {
        const id = known(history, number);
        return [
          governed(history, kind, by, abi.encodeFunctionData("pauseTerm", [id]), (pool) => {
            pool.pauseTerm(id);
          }),
        ];
      },
    }),
    action({
      name: `${name}.unpauseTerm`,
      weight: 3,
      minimum: 9,
      input: fc.record({ by: ruler, term: choice }),
      plan(history, { by, term: number }) {
        const { terms } = history.protocol.fixed[kind];
        const paused = [...terms.keys()].filter((id) => terms[id]?.paused === true);
        const id = BigInt(paused[number % Math.max(1, paused.length)] ?? known(history, number));
        return [
          governed(history, kind, by, abi.encodeFunctionData("unpauseTerm", [id]), (pool) => {
            pool.unpauseTerm(id);
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
        governed(history, kind, by, abi.encodeFunctionData("pause"), (pool) => {
          pool.pause();
        }),
      ],
    }),
    action({
      name: `${name}.unpause`,
      weight: 3,
      minimum: 12,
      input: fc.record({ by: ruler }),
      plan: (history, { by }) => [
        governed(history, kind, by, abi.encodeFunctionData("unpause"), (pool) => {
          pool.unpause();
        }),
      ],
    }),
  ];
}

export function fundStep(history: History, kind: Kind, caller: string, amount: bigint): Step {
  return poolStep(history, kind, caller, abi.encodeFunctionData("fund", [amount]), (pool) => {
    pool.fund(caller, amount);
  });
}

export function budgetActions(kind: Kind): ActionKind[] {
  const name = `fixed.${kind}`;
  return [
    action({
      name: `${name}.fund`,
      weight: 5,
      minimum: 27,
      input: fc.record({
        by: actor,
        amount: fc.oneof({ arbitrary: size(110, 60), weight: 12 }, { arbitrary: size(114, 111), weight: 1 }),
        nothing: seldom(20),
      }),
      plan(history, { by, amount, nothing }) {
        return [fundStep(history, kind, actorOf(history, by), nothing ? 0n : amount)];
      },
    }),
    action({
      name: `${name}.withdrawBudget`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: ruler, to: receiver, taken: part, more: seldom(4) }),
      plan(history, { by, to, taken, more }) {
        const target = receiverOf(history, to, history.addresses.fixed[kind]);
        const { budget } = history.protocol.fixed[kind];
        const amount = partOf(more ? 2n * budget + 1n : budget, taken);
        const data = abi.encodeFunctionData("withdrawBudget", [target, amount]);
        return [
          governed(history, kind, by, data, (pool) => {
            pool.withdrawBudget(target, amount);
          }),
        ];
      },
    }),
    action({
      name: `${name}.setRecipients`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: ruler, insurance: receiver, treasury: receiver, usual: fc.boolean() }),
      plan(history, { by, insurance, treasury, usual }) {
        const { addresses, now } = history;
        const pool = addresses.fixed[kind];
        const first = usual ? addresses.fund : receiverOf(history, insurance, pool);
        const second = usual ? addresses.treasury : receiverOf(history, treasury, pool);
        const data = abi.encodeFunctionData("setRecipients", [first, second]);
        return [
          governed(history, kind, by, data, (followed) => {
            followed.setRecipients(first, second, now);
          }),
        ];
      },
    }),
    action({
      name: `${name}.sweepPenalties`,
      weight: 3,
      minimum: 24,
      input: fc.record({ by: actor }),
      plan(history, { by }) {
        const { now } = history;
        const data = abi.encodeFunctionData("sweepPenalties");
        return [
          poolStep(history, kind, actorOf(history, by), data, (pool) => {
            pool.sweepPenalties(now);
          }),
        ];
      },
    }),
  ];
}
