// Where each alert begins: just beyond its threshold, and not just within.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";

import type { WatchedKind } from "../../tasks/watch/decode.ts";
import { alertsOf } from "../../tasks/watch/event-alerts.ts";
import type { AlertLine, EventLine } from "../../tasks/watch/lines.ts";
import { Liveness } from "../../tasks/watch/liveness.ts";
import { budgetRunway, scheduleRunway, tellState, type State } from "../../tasks/watch/state-alerts.ts";
import { Store } from "../../tasks/watch/store.ts";
import { FixedTermPool__factory } from "../../types/index.ts";

const THRESHOLDS = { largeExitBps: 1_000n, runway: 14n * DAY, overdue: DAY };
const WEEK = 7n * DAY;
const HEADER = { number: 5, hash: "0x05", parentHash: "0x04", timestamp: 1_000 };

function event(name: string, args: Readonly<Record<string, unknown>> = {}): EventLine {
  const where = { block: 5, blockHash: "0x05", time: 1_000, transaction: "0x01", logIndex: 0, address: "0x02" };
  return { kind: "event", ...where, contract: "Pool", event: name, args };
}

function alerts(kind: WatchedKind, line: EventLine, before = 0n, after = 0n): string[] {
  return alertsOf(kind, line, { before, after }, THRESHOLDS).map(({ kind: state, alert }) => `${state} ${alert}`);
}

describe("large exit", () => {
  it("is one of the share that was named, and none of less, in a flexible pool", () => {
    const exit = event("Withdrawn", { user: "0xA" });
    expect(alerts("flexible", exit, 10_000n, 9_001n)).to.deep.equal([]);
    expect(alerts("flexible", exit, 10_000n, 9_000n)).to.deep.equal(["alert large exit"]);
    expect(alerts("flexible", event("Withdrawn", { user: "0xA" }), 0n, 0n)).to.deep.equal([]);
  });

  it("counts the penalty as left, in a fixed-term pool, where the position is gone already", () => {
    const early = (out: string, penalty: string) =>
      event("WithdrawnEarly", { principalOut: out, principalPenalty: penalty, receiver: "0xA" });
    expect(alerts("fixedTerm", early("990", "9"), 9_001n, 9_001n)).to.deep.equal([]);
    expect(alerts("fixedTerm", early("990", "10"), 9_000n, 9_000n)).to.deep.equal(["alert large exit"]);
    const mature = (principal: string) => event("Withdrawn", { principal, reward: "50", receiver: "0xA" });
    expect(alerts("fixedTerm", mature("999"), 9_001n, 9_001n)).to.deep.equal([]);
    expect(alerts("fixedTerm", mature("1000"), 9_000n, 9_000n)).to.deep.equal(["alert large exit"]);
  });
});

describe("paused", () => {
  it("is raised for a pool and for a term, and over when they are unpaused", () => {
    for (const [name, told] of [
      ["Paused", ["alert paused"]],
      ["TermPaused", ["alert paused"]],
      ["Unpaused", ["resolved paused"]],
      ["TermUnpaused", ["resolved paused"]],
      ["TermClosed", ["alert term"]],
      ["TermAdded", ["alert term"]],
    ] as const) {
      expect(alerts("fixedTerm", event(name, { termId: "1" })), name).to.deep.equal(told);
    }
  });
});

describe("role change", () => {
  it("is whatever changes who may do what, and nothing that is merely done", () => {
    for (const name of [
      "RoleGranted",
      "RoleRevoked",
      "RoleAdminChanged",
      "RoleGuardianChanged",
      "RoleGrantDelayChanged",
      "TargetFunctionRoleUpdated",
      "TargetAdminDelayUpdated",
      "TargetClosed",
    ]) {
      expect(alerts("access", event(name, { roleId: "1" })), name).to.deep.equal(["alert role change"]);
    }
    expect(alerts("flexible", event("AuthorityUpdated"))).to.deep.equal(["alert role change"]);
    expect(alerts("access", event("RoleLabel", { roleId: "1", label: "one" }))).to.deep.equal([]);
  });
});

describe("what governance does", () => {
  const message = (kind: WatchedKind, line: EventLine) =>
    alertsOf(kind, line, { before: 0n, after: 0n }, THRESHOLDS, (address) =>
      address === "0xD" ? "Fixed" : address,
    ).map(({ alert, message: text }) => `${alert}: ${text}`);

  it("is told before it acts: who schedules what, and when it may run", () => {
    const data = FixedTermPool__factory.createInterface().encodeFunctionData("closeTerm", [3n]);
    const operation = { operationId: "0x07", nonce: "1", schedule: "1800000000", caller: "0xC", target: "0xD", data };
    expect(message("access", event("OperationScheduled", operation))).to.deep.equal([
      "scheduled operation: 0xC schedules Fixed.closeTerm(3): it may run from 2027-01-15 08:00:00 UTC on (0x07)",
    ]);
    expect(alerts("access", event("OperationExecuted", operation))).to.deep.equal(["resolved scheduled operation"]);
    expect(alerts("access", event("OperationCanceled", operation))).to.deep.equal(["resolved scheduled operation"]);
  });

  for (const [kind, name, args, told] of [
    ["fixedTerm", "BudgetWithdrawn", { to: "0xA", amount: "5" }, "outflow: 5 base units of budget went to 0xA"],
    [
      "fixedTerm",
      "Rescued",
      { token: "0xB", to: "0xA", amount: "5" },
      "outflow: 5 base units of 0xB were taken out to 0xA",
    ],
    [
      "distributor",
      "ScheduleEnded",
      { scheduleId: "2", to: "0xA", refund: "5" },
      "outflow: schedule 2 was ended; 5 base units went to 0xA",
    ],
    [
      "insuranceFund",
      "RoundPublished",
      { round: "1", token: "0xB", total: "5" },
      "outflow: insurance round 1 reserves 5 base units of 0xB for claims",
    ],
    ["flexible", "FunderSet", { funder: "0xA", allowed: true }, "funder: 0xA may now notify rewards"],
    [
      "distributor",
      "WeightSet",
      { scheduleId: "0", pool: "0xD", weight: "7" },
      "weight: Fixed has the weight 7 in schedule 0",
    ],
    [
      "distributor",
      "RecipientsSet",
      { insurance: "0xA", treasury: "0xB" },
      "recipient: insurance is 0xA now, and treasury 0xB",
    ],
    ["factory", "ListedSet", { pool: "0xD", listed: false }, "listing: Fixed is no longer listed"],
    [
      "access",
      "RoleGranted",
      { roleId: "1", account: "0xA", delay: "86400" },
      "role change: RoleGranted, roleId operator, account 0xA, delay 1 day",
    ],
  ] as const) {
    it(`is told: ${name} of a ${kind}`, () => {
      expect(message(kind, event(name, args))).to.deep.equal([told]);
    });
  }
});

describe("runway", () => {
  const terms = { epoch: WEEK, budget: 100n, start: 10n * WEEK, epochs: 20n };
  const schedule = { terms, accruedEpochs: 3n, uncoveredEpochs: 0n, balance: 250n, ended: false };

  it("of a schedule goes to the first epoch that its balance does not cover", () => {
    const now = 13n * WEEK;
    const seconds = (change: Partial<typeof schedule>) =>
      scheduleRunway("schedule 0", { ...schedule, ...change }, now).seconds;
    expect(seconds({})).to.equal(2n * WEEK); // two epochs more, from the fourth on
    expect(seconds({ balance: 199n })).to.equal(WEEK);
    expect(seconds({ balance: 0n })).to.equal(0n);
    expect(seconds({ uncoveredEpochs: 1n })).to.equal(0n);
    expect(seconds({ balance: 1_699n })).to.equal(16n * WEEK);
    expect(seconds({ balance: 1_700n })).to.equal(undefined); // to its end
    expect(seconds({ balance: 0n, ended: true })).to.equal(undefined);
  });

  it("of a budget goes on at the pace of the last seven days", () => {
    expect(budgetRunway("Fixed", 200n, 100n).seconds).to.equal(2n * WEEK);
    expect(budgetRunway("Fixed", 200n, 0n).seconds).to.equal(undefined);
    expect(budgetRunway("Fixed", 0n, 0n).seconds).to.equal(0n);
  });
});

describe("alerts about a state", () => {
  let folder = "";
  let store: Store | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "alerts-"));
    store = await Store.open(path.join(folder, "watch.sqlite"), "test");
  });
  afterEach(async () => {
    store?.close();
    await rm(folder, { recursive: true });
  });

  /** Alerts told since the last look. */
  function told(state: Partial<State>): string[] {
    if (store === undefined) throw new Error("There is no store");
    const seq = store.lastSeq();
    const nothing = { holdings: [], runways: [], pools: [], decimals: new Map(), overdue: [], unreadable: new Map() };
    tellState(store, { ...nothing, ...state }, HEADER, THRESHOLDS);
    return store
      .linesAfter(seq, 100)
      .filter((line): line is AlertLine & { seq: number } => line.kind === "alert" || line.kind === "resolved")
      .map(({ kind, alert, place }) => `${kind} ${alert}: ${place}`);
  }

  it("solvency: raised once for a single missing unit, and over when it is back", () => {
    const holding = (balance: bigint) => ({
      holdings: [{ place: "Flexible", contract: "0x1", token: "0x2", symbol: "TSK", liabilities: 1_000n, balance }],
    });
    expect(told(holding(1_000n))).to.deep.equal([]);
    expect(told(holding(999n))).to.deep.equal(["alert solvency: Flexible, TSK"]);
    expect(told(holding(1n))).to.deep.equal([]); // known already
    expect(told(holding(1_000n))).to.deep.equal(["resolved solvency: Flexible, TSK"]);
  });

  it("low budget: raised a second below what was named", () => {
    const runway = (seconds: bigint | undefined) => ({ runways: [{ place: "schedule 0", seconds, what: "it ends" }] });
    expect(told(runway(undefined))).to.deep.equal([]);
    expect(told(runway(14n * DAY))).to.deep.equal([]);
    expect(told(runway(14n * DAY - 1n))).to.deep.equal(["alert low budget: schedule 0"]);
    expect(told(runway(14n * DAY))).to.deep.equal(["resolved low budget: schedule 0"]);
  });

  it("overdue epoch: raised when it has waited as long as was named", () => {
    const waiting = (waited: bigint) => ({ overdue: [{ place: "schedule 0, Fixed", pending: 5n, waited }] });
    expect(told(waiting(DAY - 1n))).to.deep.equal([]);
    expect(told(waiting(DAY))).to.deep.equal(["alert overdue epoch: schedule 0, Fixed"]);
    expect(told({})).to.deep.equal(["resolved overdue epoch: schedule 0, Fixed"]);
  });

  it("dead node and stale head: raised by the machine's clock, and over when the node answers with a new head", () => {
    if (store === undefined) throw new Error("There is no store");
    const of = store;
    let now = 1_000_000_000_000;
    const liveness = new Liveness(of, { dead: 60n, stale: 600n }, () => now);
    const lines = () =>
      of.linesAfter(0, 100).map((line) => ("alert" in line ? `${line.kind} ${line.alert}` : line.kind));
    const head = (age: number) => ({ ...HEADER, timestamp: now / 1_000 - age });
    liveness.answered(head(600));
    liveness.failed("it hangs up");
    now += 59_000;
    liveness.failed("it hangs up");
    expect(lines()).to.deep.equal([]);
    now += 1_000;
    liveness.failed("it hangs up");
    liveness.failed("it hangs up");
    expect(lines()).to.deep.equal(["alert dead node"]);
    expect(told({})).to.deep.equal([]); // what is on the chain says nothing of the node
    liveness.answered(head(601));
    expect(lines()).to.deep.equal(["alert dead node", "resolved dead node", "alert stale head"]);
    liveness.answered(head(5));
    expect(lines().at(-1)).to.equal("resolved stale head");
  });

  it("unreadable: raised for what does not answer, beside everything else", () => {
    const unreadable = new Map([["Bad", "it reverts"]]);
    const runways = [{ place: "Fixed", seconds: 0n, what: "it is empty" }];
    expect(told({ unreadable, runways })).to.deep.equal(["alert low budget: Fixed", "alert unreadable: Bad"]);
    expect(told({ runways })).to.deep.equal(["resolved unreadable: Bad"]);
  });
});
