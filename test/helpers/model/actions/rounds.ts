import fc from "fast-check";

import { buildInsuranceRound } from "../../../../shared/insurance-round.ts";
import { InsuranceFund__factory } from "../../../../types/index.js";
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
  ruled,
  ruler,
  seldom,
} from "../action.ts";
import type { History, Step } from "../history.ts";
import { MINIMUM_CLAIM_DELAY, type Protocol, TOKENS } from "../protocol.ts";

const abi = InsuranceFund__factory.createInterface();

const MOST_ROUNDS = 9;

/** Of the network that tests run on. */
const CHAIN_ID = 31_337n;

function step(history: History, by: string, data: string, apply: (protocol: Protocol) => void): Step {
  return { by, to: history.addresses.fund, data, apply };
}

/** Mostly a round that is open and wanted; seldom any, or none. */
function roundId({ protocol: { fund } }: History, number: number, wanted: (id: number) => boolean): number {
  const ids = [...fund.rounds.keys()];
  if (number % 32 === 31) return fund.rounds.length;
  return number % 8 === 7 ? pick(ids, number, 0) : pick(ids.filter(wanted), number, pick(ids, number, 0));
}

const publication = fc.record({
  by: ruler,
  token: fc.constantFrom(...TOKENS),
  accounts: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
  taken: part,
  /** Of what all claims add up to, the round reserves less. */
  short: seldom(5),
  delay: fc.oneof(fc.bigInt(MINIMUM_CLAIM_DELAY, 6n * DAY), fc.bigInt(MINIMUM_CLAIM_DELAY, 90n * DAY)),
  window: fc.oneof(fc.bigInt(30n * DAY, 90n * DAY), fc.bigInt(90n * DAY, 1_461n * DAY)),
  impossible: seldom(6),
  rule: choice,
});
type Drawn = typeof publication extends fc.Arbitrary<infer Value> ? Value : never;

function publishStep(history: History, drawn: Drawn): Step {
  const { protocol, addresses, now } = history;
  const id = protocol.fund.rounds.length;
  const token = protocol.tokens[drawn.token];
  const each = partOf(protocol.fund.available(token), drawn.taken) / BigInt(drawn.accounts.length);
  const claims = drawn.accounts.map((account) => ({ account: actorOf(history, account), amount: each + 1n }));
  const binding = { chainId: CHAIN_ID, fund: addresses.fund, round: BigInt(id), token: token.address };
  const built = buildInsuranceRound(binding, claims);
  const sum = BigInt(claims.length) * each;
  const terms = {
    id: BigInt(id),
    total: drawn.short ? sum / 2n + 1n : built.total,
    delay: drawn.delay,
    window: drawn.window,
  };
  const broken: Partial<typeof terms>[] = [
    { id: BigInt(id) + 1n },
    { total: 0n },
    { total: 2n ** 128n },
    { delay: MINIMUM_CLAIM_DELAY - 1n },
    { delay: 90n * DAY + 1n },
    { window: 30n * DAY - 1n },
    { window: 1_461n * DAY + 1n },
  ];
  const refused = drawn.impossible || id >= MOST_ROUNDS;
  const { id: number, total, delay, window } = refused ? { ...terms, ...broken[drawn.rule % broken.length] } : terms;
  const data = abi.encodeFunctionData("publishRound", [number, token.address, built.root, total, delay, window]);
  history.rounds[id] = { root: built.root, claims: built.claims };
  return ruled(history, drawn.by, {
    to: addresses.fund,
    data,
    apply: (it) => {
      it.fund.publish(number, { token: it.tokens[drawn.token], claims, total, delay, window }, now);
    },
  });
}

export function claimStep(history: History, by: string, id: number, index: number, wrong = false): Step {
  const { protocol, now, addresses } = history;
  const published = protocol.fund.rounds[id]?.claims[index];
  const account = published?.account ?? addresses.governor;
  const amount = (published?.amount ?? 0n) + (wrong ? 1n : 0n);
  const proof = [...(history.rounds[id]?.claims[index]?.proof ?? [])];
  const data = abi.encodeFunctionData("claim", [id, index, account, amount, proof]);
  return step(history, by, data, (it) => {
    it.fund.claim(BigInt(id), BigInt(index), { account, amount }, now);
  });
}

export function closeRoundStep(history: History, by: string, id: number): Step {
  const { now } = history;
  return step(history, by, abi.encodeFunctionData("closeRound", [id]), (it) => {
    it.fund.closeRound(BigInt(id), now);
  });
}

export const roundActions: readonly ActionKind[] = [
  action({
    name: "fund.publishRound",
    weight: 4,
    minimum: 15,
    input: publication,
    plan: (history, drawn) => [publishStep(history, drawn)],
  }),
  action({
    name: "fund.claim",
    weight: 6,
    minimum: 4,
    input: fc.record({ by: actor, round: choice, index: choice, wrong: seldom(8) }),
    plan(history, { by, round, index, wrong }) {
      const { rounds } = history.protocol.fund;
      const { now } = history;
      const payable = (id: number): boolean => {
        const one = rounds[id];
        if (one === undefined || one.closed || now < one.opensAt || now >= one.expiresAt) return false;
        return one.paid.size < one.claims.length;
      };
      const id = roundId(history, round, payable);
      const claims = [...(rounds[id]?.claims.keys() ?? [])];
      const unpaid = claims.filter((one) => rounds[id]?.paid.has(BigInt(one)) === false);
      const chosen = index % 8 === 7 ? index % (claims.length + 1) : pick(unpaid, index, 0);
      return [claimStep(history, actorOf(history, by), id, chosen, wrong)];
    },
  }),
  action({
    name: "fund.cancelRound",
    weight: 2,
    minimum: 1,
    input: fc.record({ by: ruler, round: choice }),
    plan(history, { by, round }) {
      const { now, protocol } = history;
      const id = roundId(history, round, (one) => {
        const { closed, opensAt } = protocol.fund.rounds[one] ?? { closed: true, opensAt: 0n };
        return !closed && opensAt > now;
      });
      return [
        ruled(history, by, {
          to: history.addresses.fund,
          data: abi.encodeFunctionData("cancelRound", [id]),
          apply: (it) => {
            it.fund.cancelRound(BigInt(id), now);
          },
        }),
      ];
    },
  }),
  action({
    name: "fund.closeRound",
    weight: 2,
    minimum: 4,
    input: fc.record({ by: actor, round: choice }),
    plan(history, { by, round }) {
      const { now, protocol } = history;
      const over = (one: number): boolean => {
        const { closed, expiresAt } = protocol.fund.rounds[one] ?? { closed: true, expiresAt: 0n };
        return !closed && expiresAt <= now;
      };
      return [closeRoundStep(history, actorOf(history, by), roundId(history, round, over))];
    },
  }),
];
