import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  Pool__factory,
  RewardDistributor__factory,
} from "../../../../types/index.js";
import { ruled } from "../action.ts";
import type { History, Step } from "../history.ts";
import { type Kind, type Protocol, type TokenName, TOKENS } from "../protocol.ts";

const flexibleAbi = FlexiblePool__factory.createInterface();
const fixedAbi = FixedTermPool__factory.createInterface();
const poolAbi = Pool__factory.createInterface();
const distributorAbi = RewardDistributor__factory.createInterface();

const GOVERNOR = -1;

export function exitStep(history: History, kind: Kind, account: string): Step {
  const { now } = history;
  return {
    by: account,
    to: history.addresses.flexible[kind],
    data: flexibleAbi.encodeFunctionData("exit"),
    apply: ({ flexible }) => {
      flexible[kind].exit(account, account, now);
    },
  };
}

export function notifyStep(history: History, kind: Kind, funder: string, reward: bigint): Step {
  const { now } = history;
  return {
    by: funder,
    to: history.addresses.flexible[kind],
    data: flexibleAbi.encodeFunctionData("notifyRewardAmount", [reward]),
    apply: ({ flexible }) => {
      flexible[kind].notify(funder, reward, now);
    },
  };
}

export function claimStep(history: History, kind: Kind, account: string): Step {
  const { now } = history;
  return {
    by: account,
    to: history.addresses.flexible[kind],
    data: flexibleAbi.encodeFunctionData("getReward"),
    apply: ({ flexible }) => {
      flexible[kind].claim(account, account, now);
    },
  };
}

export function stakeStep(history: History, kind: Kind, account: string, amount: bigint): Step {
  const { now } = history;
  return {
    by: account,
    to: history.addresses.flexible[kind],
    data: flexibleAbi.encodeFunctionData("stake", [amount]),
    apply: ({ flexible }) => {
      flexible[kind].stake(account, account, amount, now);
    },
  };
}

export function unpauseStep(history: History, kind: Kind): Step {
  const data = flexibleAbi.encodeFunctionData("unpause");
  const to = history.addresses.flexible[kind];
  return ruled(history, GOVERNOR, {
    to,
    data,
    apply: ({ flexible }) => {
      flexible[kind].unpause();
    },
  });
}

export function allowStep(history: History, kind: Kind, funder: string): Step {
  const data = flexibleAbi.encodeFunctionData("setFunder", [funder, true]);
  const to = history.addresses.flexible[kind];
  return ruled(history, GOVERNOR, {
    to,
    data,
    apply: ({ flexible }) => {
      flexible[kind].setFunder(funder, true);
    },
  });
}

/** Withdraws the whole budget. */
export function budgetStep(history: History, kind: Kind, receiver: string): Step {
  const amount = history.protocol.fixed[kind].budget;
  const to = history.addresses.fixed[kind];
  return ruled(history, GOVERNOR, {
    to,
    data: fixedAbi.encodeFunctionData("withdrawBudget", [receiver, amount]),
    apply: ({ fixed }) => {
      fixed[kind].withdrawBudget(receiver, amount);
    },
  });
}

/** Sweeps the penalties of a pool, or the fees of a token. */
export function sweepStep(history: History, swept: Kind | TokenName): Step {
  const { addresses, now } = history;
  const name = TOKENS.find((token) => token === swept);
  if (name !== undefined) {
    return {
      by: addresses.governor,
      to: addresses.distributor,
      data: distributorAbi.encodeFunctionData("sweepFees", [addresses.tokens[name]]),
      apply: ({ distributor, tokens }) => {
        distributor.sweepFees(tokens[name]);
      },
    };
  }
  const kind = swept === "one" ? "one" : "two";
  return {
    by: addresses.governor,
    to: addresses.fixed[kind],
    data: fixedAbi.encodeFunctionData("sweepPenalties"),
    apply: ({ fixed }) => {
      fixed[kind].sweepPenalties(now);
    },
  };
}

type Rescuable = "flexible.two" | "flexible.one" | "fixed.two" | "fixed.one" | "distributor";

function rescuable({ flexible, fixed, distributor }: Protocol, contract: Rescuable) {
  const contracts = {
    "flexible.two": flexible.two,
    "flexible.one": flexible.one,
    "fixed.two": fixed.two,
    "fixed.one": fixed.one,
    distributor,
  };
  return contracts[contract];
}

export function surplusOf({ protocol }: History, contract: Rescuable, name: TokenName): bigint {
  const held = rescuable(protocol, contract);
  return protocol.tokens[name].balanceOf(held.address) - held.liabilities(protocol.tokens[name]);
}

/** Rescues everything that nobody is owed. */
export function rescueStep(history: History, contract: Rescuable, name: TokenName, receiver: string): Step {
  const held = rescuable(history.protocol, contract);
  const token = history.protocol.tokens[name];
  const amount = surplusOf(history, contract, name);
  return ruled(history, GOVERNOR, {
    to: held.address,
    data: poolAbi.encodeFunctionData("rescue", [token.address, receiver, amount]),
    apply: (protocol) => {
      rescuable(protocol, contract).rescue(protocol.tokens[name], receiver, amount);
    },
  });
}
