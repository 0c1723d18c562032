import fc from "fast-check";

import { BlocklistToken__factory } from "../../../../types/index.js";
import { action, type ActionKind, actor, actorOf, choice, pick, size } from "../action.ts";
import type { Step } from "../history.ts";
import { tokenAt, TOKENS } from "../protocol.ts";

const abi = BlocklistToken__factory.createInterface();

export function transferStep(from: string, token: string, to: string, amount: bigint): Step {
  return {
    by: from,
    to: token,
    data: abi.encodeFunctionData("transfer", [to, amount]),
    apply(protocol) {
      tokenAt(protocol, token).transfer(from, to, amount);
    },
  };
}

export function blockStep(by: string, token: string, account: string, blocked: boolean): Step {
  return {
    by,
    to: token,
    data: abi.encodeFunctionData("setBlocked", [account, blocked]),
    apply(protocol) {
      tokenAt(protocol, token).setBlocked(account, blocked);
    },
  };
}

export const tokenActions: readonly ActionKind[] = [
  action({
    name: "tokens.donate",
    weight: 3,
    minimum: 24,
    input: fc.record({ by: actor, token: fc.constantFrom(...TOKENS), to: choice, amount: size(90) }),
    plan(history, { by, token, to, amount }) {
      const { addresses } = history;
      const { flexible, fixed, distributor, fund } = addresses;
      // The fund is given most, since it lives on it.
      const contracts = [...Object.values(flexible), ...Object.values(fixed), distributor, fund, fund, fund, fund];
      const from = actorOf(history, by);
      return [transferStep(from, addresses.tokens[token], pick(contracts, to, fund), amount)];
    },
  }),
  action({
    name: "tokens.block",
    weight: 5,
    minimum: 18,
    input: fc.record({ by: actor, token: fc.constantFrom("stake", "reward"), account: choice }),
    plan(history, { by, token, account }) {
      const { actors, treasury, fund, flexible } = history.addresses;
      const someone = pick([...actors, ...actors, treasury, fund, flexible.one], account, treasury);
      return [blockStep(actorOf(history, by), history.addresses.tokens[token], someone, true)];
    },
  }),
  action({
    name: "tokens.unblock",
    weight: 5,
    minimum: 42,
    input: fc.record({ by: actor, token: fc.constantFrom("stake", "reward"), account: choice }),
    plan(history, { by, token, account }) {
      const { addresses, protocol } = history;
      const { actors, treasury, fund, flexible } = addresses;
      const blocked = [...actors, treasury, fund, flexible.one].filter((one) => protocol.tokens[token].isBlocked(one));
      return [blockStep(actorOf(history, by), addresses.tokens[token], pick(blocked, account, treasury), false)];
    },
  }),
  action({
    name: "time.passes",
    weight: 3,
    minimum: 24,
    input: fc.constant(null),
    plan: () => [],
  }),
];
