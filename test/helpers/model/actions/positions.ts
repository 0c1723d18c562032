import fc from "fast-check";

import type { Position } from "../../../../model/fixed-term-pool.ts";
import { FixedTermPool__factory } from "../../../../types/index.js";
import { MAX_UINT256, MAX_UINT96 } from "../../fixtures.ts";
import { action, type ActionKind, actor, actorOf, choice, pick, receiver, receiverOf, size } from "../action.ts";
import type { History, Step } from "../history.ts";
import type { Kind, Protocol } from "../protocol.ts";

const abi = FixedTermPool__factory.createInterface();

/** Open positions beyond which no more are opened, so that a step compares hundreds of views and not thousands. */
const MOST_POSITIONS = 7;

export function poolStep(
  history: History,
  kind: Kind,
  by: string,
  data: string,
  apply: (pool: Protocol["fixed"][Kind]) => void,
): Step {
  const to = history.addresses.fixed[kind];
  return {
    by,
    to,
    data,
    apply: ({ fixed }) => {
      apply(fixed[kind]);
    },
  };
}

export function positionsOf(
  { protocol }: History,
  kind: Kind,
  wanted: (position: Readonly<Position>) => boolean = () => true,
): Readonly<Position>[] {
  return [...protocol.fixed[kind].openPositions()].filter(wanted);
}

/** Mostly an open position of those wanted; seldom one that is closed, or that never was. */
export function positionId(history: History, kind: Kind, number: number, wanted: Readonly<Position>[]): bigint {
  const count = history.protocol.fixed[kind].positionCount;
  if (number % 32 === 30) return count + 1n;
  if (number % 32 === 31) return 1n;
  const ids = (wanted.length > 0 ? wanted : positionsOf(history, kind)).map(({ id }) => id);
  return pick(ids, number, count);
}

/** Mostly the position's owner; now and then whom the owner approved, or anybody. */
export function holderOf(history: History, kind: Kind, id: bigint, number: number): string {
  const position = positionsOf(history, kind).find((one) => one.id === id);
  const anybody = actorOf(history, number);
  if (position === undefined || number % 16 === 15) return anybody;
  // The pool itself may be approved, but sends nothing.
  const approved = history.addresses.actors.find((account) => account === position.approved);
  return number % 4 === 3 ? (approved ?? position.owner) : position.owner;
}

/** Mostly a term that takes openings. */
export function termIdOf({ protocol }: History, kind: Kind, number: number): bigint {
  const { terms } = protocol.fixed[kind];
  if (number % 32 === 31) return BigInt(number % (terms.length + 1));
  const open = [...terms.keys()].filter((id) => terms[id]?.closed === false && !terms[id].paused);
  return BigInt(pick(open, number, terms.length));
}

/** Of what is asked for, mostly nothing; else exactly what there is, or a unit more. */
export const least = fc.oneof(
  { arbitrary: fc.constant("nothing"), weight: 8 },
  { arbitrary: fc.constant("exactly"), weight: 3 },
  { arbitrary: fc.constant("more"), weight: 1 },
);

export function leastOf(value: bigint, taken: string): bigint {
  if (taken === "nothing") return 0n;
  return taken === "exactly" ? value : value + 1n;
}

/** What opening promises, or 0 where no term says. */
export function promisedBy({ protocol, now }: History, kind: Kind, termId: bigint, amount: bigint): bigint {
  const pool = protocol.fixed[kind];
  if (termId >= BigInt(pool.terms.length) || amount > MAX_UINT96) return 0n;
  return pool.previewOpen(termId, amount, now).reward;
}

export function openStep(history: History, kind: Kind, caller: string, termId: bigint, amount: bigint): Step {
  const { now } = history;
  const data = abi.encodeFunctionData("open", [termId, amount, caller, 0n]);
  return poolStep(history, kind, caller, data, (pool) => {
    pool.open(caller, termId, amount, caller, 0n, now);
  });
}

export function openingActions(kind: Kind): ActionKind[] {
  const name = `fixed.${kind}`;
  const input = fc.record({ by: actor, to: receiver, term: choice, amount: size(96, 2), asked: least });
  type Input = typeof input extends fc.Arbitrary<infer Value> ? Value : never;
  const opening = (history: History, { by, to, term, amount, asked }: Input, permit: boolean): Step[] => {
    const { now, addresses } = history;
    const caller = actorOf(history, by);
    const target = receiverOf(history, to, addresses.fixed[kind]);
    const many = positionsOf(history, kind).length >= MOST_POSITIONS;
    const termId = many ? BigInt(history.protocol.fixed[kind].terms.length) : termIdOf(history, kind, term);
    const minReward = leastOf(promisedBy(history, kind, termId, amount), asked);
    // A permit that does not hold: the allowance that is there decides.
    const signature = [MAX_UINT256, 27, `0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
    const data = permit
      ? abi.encodeFunctionData("openWithPermit", [termId, amount, target, minReward, ...signature])
      : abi.encodeFunctionData("open", [termId, amount, target, minReward]);
    return [
      poolStep(history, kind, caller, data, (pool) => {
        pool.open(caller, termId, amount, target, minReward, now);
      }),
    ];
  };
  return [
    action({
      name: `${name}.open`,
      weight: 9,
      minimum: 30,
      input,
      plan: (history, taken) => opening(history, taken, false),
    }),
    action({
      name: `${name}.openWithPermit`,
      weight: 1,
      minimum: 2,
      input,
      plan: (history, taken) => opening(history, taken, true),
    }),
  ];
}

export function rightsActions(kind: Kind): ActionKind[] {
  const name = `fixed.${kind}`;
  return [
    action({
      name: `${name}.transferFrom`,
      weight: 3,
      minimum: 12,
      input: fc.record({ position: choice, by: choice, to: receiver, from: choice }),
      plan(history, { position, by, to, from }) {
        const id = positionId(history, kind, position, positionsOf(history, kind));
        const caller = holderOf(history, kind, id, by);
        const owner = positionsOf(history, kind).find((one) => one.id === id)?.owner ?? caller;
        const giver = from % 16 === 15 ? actorOf(history, from) : owner;
        const target = receiverOf(history, to, history.addresses.fixed[kind]);
        const data = abi.encodeFunctionData("transferFrom", [giver, target, id]);
        return [
          poolStep(history, kind, caller, data, (pool) => {
            pool.transfer(caller, giver, target, id);
          }),
        ];
      },
    }),
    action({
      name: `${name}.approve`,
      weight: 3,
      minimum: 12,
      input: fc.record({ position: choice, by: choice, to: receiver }),
      plan(history, { position, by, to }) {
        const id = positionId(history, kind, position, positionsOf(history, kind));
        const caller = holderOf(history, kind, id, by);
        const target = receiverOf(history, to, history.addresses.fixed[kind]);
        const data = abi.encodeFunctionData("approve", [target, id]);
        return [
          poolStep(history, kind, caller, data, (pool) => {
            pool.approve(caller, target, id);
          }),
        ];
      },
    }),
    action({
      name: `${name}.setApprovalForAll`,
      weight: 1,
      minimum: 2,
      input: fc.record({ by: actor, allowed: fc.boolean() }),
      plan(history, { by, allowed }) {
        const [caller, operator] = [actorOf(history, by), actorOf(history, by + 1)];
        const data = abi.encodeFunctionData("setApprovalForAll", [operator, allowed]);
        return [
          poolStep(history, kind, caller, data, (pool) => {
            pool.setOperator(caller, operator, allowed);
          }),
        ];
      },
    }),
  ];
}
