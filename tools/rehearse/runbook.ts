// docs/OPERATIONS.md, played from an empty key to an empty pool. Every step is a command as an operator types it; what each must
// answer stands beside it.
import { EXIT, type ExitCode } from "../../tasks/lib/exit-codes.ts";
import type { Actor } from "./cast.ts";

/** What a command that does not do what was asked has to say, and the code it has to end with. */
export interface Refusal {
  readonly code: ExitCode;
  readonly says: RegExp;
}

export type Expected = "succeeds" | Refusal;

export type Step =
  | {
      readonly do: "command";
      readonly what: string;
      readonly by: Actor;
      readonly args: readonly string[];
      readonly expect: Expected;
    }
  | { readonly do: "executes"; readonly what: string; readonly by: Actor; readonly expect: Expected }
  | { readonly do: "cancels"; readonly what: string; readonly by: Actor }
  /** A plain transfer of whole tokens to the insurance fund. */
  | { readonly do: "insures"; readonly what: string; readonly by: Actor; readonly amount: string }
  | { readonly do: "waits"; readonly what: string; readonly seconds: bigint };

const DAY = 86_400n;

const refused = (says: RegExp): Refusal => ({ code: EXIT.refused, says });

export interface Setting {
  /** Address of the token that is staked and paid. */
  readonly token: string;
  /** List of compensations. */
  readonly compensations: string;
  /** Where the claims of the round go. */
  readonly claims: string;
  /** Accounts that are named in commands. */
  readonly alice: string;
  readonly newcomer: string;
  readonly operator: string;
  /** Protocol config of the pool that is created later. */
  readonly protocolConfig: string;
  /** File of the watch. */
  readonly database: string;
}

/** The steps after the deployment. `$POOL` stands for the pool that was created last. */
export function runbook(setting: Setting): Step[] {
  const { token, compensations, claims, alice, newcomer, operator, protocolConfig, database } = setting;
  const command = (what: string, by: Actor, args: readonly string[], expect: Expected = "succeeds"): Step => ({
    do: "command",
    what,
    by,
    args,
    expect,
  });
  const waits = (what: string, seconds: bigint): Step => ({ do: "waits", what, seconds });
  const executes = (what: string, by: Actor, expect: Expected = "succeeds"): Step => ({
    do: "executes",
    what,
    by,
    expect,
  });

  return [
    command("hold the deployment against build and config", "newcomer", ["verify:deployment"]),
    command("read the pools", "newcomer", ["pools"]),
    command("fund the schedule for its whole life", "funder", ["fund", "0", "52"]),
    command("fund the budget of the fixed terms", "funder", ["fund", "Fixed", "100"]),
    waits("until the schedule's first epoch", 7n * DAY),
    command("pay the first epoch", "newcomer", ["distribute"]),

    command("stake below the minimum", "alice", ["stake", "Flexible", "0.001"], refused(/takes no less than/)),
    command("stake", "alice", ["stake", "Flexible", "100"]),
    command("open a position of 30 days", "alice", ["open", "Fixed", "0", "200"]),
    command("open a position of a year", "bob", ["open", "Fixed", "3", "50"]),
    command("ask that the position be renewed", "alice", ["renew", "Fixed", "1", "--auto"]),
    command("see what an account has", "alice", ["positions", alice]),
    command("see what a pool owes, and when", "newcomer", ["pool", "Fixed"]),

    command("announce a new term", "operator", [
      ...["term:add", "Fixed", "--duration", "270 days", "--rate", "14 %", "--minimum", "0.01"],
      ...["--penalty-start", "9 %", "--penalty-end", "3 %", "--forfeited", "100 %"],
    ]),
    command("see what waits", "newcomer", ["operations"]),
    executes("add it before its delay is over", "operator", refused(/AccessManagerNotReady|not ready|may run/i)),
    waits("the operator's delay", DAY),
    executes("add the term", "operator"),

    command("pause a pool at once", "guardian", ["pause", "Flexible"]),
    command("stake in a paused pool", "bob", ["stake", "Flexible", "10"], refused(/paused/)),
    command("leave a paused pool in part", "alice", ["unstake", "Flexible", "40"]),
    command(
      "unpause as guardian",
      "guardian",
      ["unpause", "Flexible"],
      refused(/role|may not|not allowed|unauthorized/i),
    ),
    command("announce the unpausing", "operator", ["unpause", "Flexible"]),
    waits("the operator's delay", DAY),
    executes("unpause", "operator"),
    command("stake again", "bob", ["stake", "Flexible", "10"]),

    command("announce what a leaked key announces", "operator", ["term:close", "Fixed", "0"]),
    { do: "cancels", what: "cancel it", by: "guardian" },

    command("leave a position early, in part", "bob", ["exit", "Fixed", "2", "--amount", "20", "--yes"]),
    command("claim what was earned", "alice", ["claim", "Flexible"]),

    { do: "insures", what: "add to the insurance fund", by: "funder", amount: "5" },
    command("announce a round of compensation", "operator", [
      ...["compensate", compensations, "--token", token, "--claims", claims],
    ]),
    waits("the operator's delay", DAY),
    executes("publish the round", "operator"),
    command("cancel the round as its publisher", "operator", ["round:cancel", "0"], refused(/takes the role guardian/)),
    command("cancel the round before it opens", "guardian", ["round:cancel", "0"]),

    command("create a pool", "newcomer", ["pool:create", "Later", "--protocol-config", protocolConfig]),
    command("announce that it is governed", "admin", ["pool:adopt", "$POOL"]),
    waits("the admin's delay", 2n * DAY),
    executes("give its functions to the roles", "admin"),
    command("announce its listing", "operator", ["pool:list", "$POOL"]),
    waits("the operator's delay", DAY),
    executes("list it", "operator"),
    command("announce a schedule for it", "operator", [
      ...["schedule:create", "--token", token, "--epoch", "7 days", "--budget", "2", "--start", "2030-06-01T00:00:00Z"],
      ...["--epochs", "4", "--fee", "5 %", "--weights", "$POOL=1"],
    ]),
    waits("the operator's delay", DAY),
    executes("create the schedule", "operator"),
    command("see where fees go", "newcomer", ["recipients"]),
    command("see where penalties go", "newcomer", ["penalty-split", "Fixed"]),
    command("announce another treasury", "operator", ["penalty-split", "Fixed", "--treasury", newcomer]),
    waits("the operator's delay", DAY),
    executes("change the treasury", "operator"),

    command("announce what a leaked key announces", "operator", ["term:close", "Fixed", "1"]),
    command("remove the operator with all that it scheduled", "guardian", ["operator:remove", operator]),
    command(
      "make it an operator again",
      "admin",
      ["operator:add", operator],
      refused(/was removed: .* Take another account/),
    ),
    command("announce a new operator", "admin", ["operator:add", newcomer]),
    waits("the admin's delay", 2n * DAY),
    executes("make it an operator", "admin"),

    waits("until the position of 30 days is mature, and within the window of its order", 22n * DAY),
    command(
      "renew it as a stranger in another term",
      "newcomer",
      ["renew", "Fixed", "1", "--term", "3"],
      refused(/its auto-renew does not allow this/),
    ),
    command("renew it within the owner's order", "newcomer", ["renew", "Fixed", "1"]),
    command("pay the epochs since", "newcomer", ["distribute"]),
    waits("until the next epoch", 7n * DAY),
    command("let a keeper pay it", "newcomer", ["keeper", "--once", "--jitter", "0"]),
    command("leave the flexible pool", "alice", ["exit", "Flexible", "--yes"]),
    command("leave the flexible pool", "bob", ["exit", "Flexible", "--yes"]),
    waits("a year", 366n * DAY),
    command("withdraw the renewed position", "alice", ["exit", "Fixed", "4", "--yes"]),
    command("withdraw what was left of the year's position", "bob", ["exit", "Fixed", "3", "--yes"]),
    command("read everything that happened", "newcomer", ["watch", "--once", "--database", database]),
  ];
}

/** What both clients have to show in the end, to the unit. */
export const FINAL_VIEWS: readonly (readonly string[])[] = [
  ["pools"],
  ["pool", "Flexible"],
  ["pool", "Fixed"],
  ["operations"],
];
