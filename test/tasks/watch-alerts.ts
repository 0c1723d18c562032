// Where each alert begins: just beyond its threshold, and not just within.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { DAY } from "../../scripts/lib/units.ts";
import type { WatchedKind } from "../../tasks/watch/decode.ts";
import { alertsOf } from "../../tasks/watch/event-alerts.ts";
import type { AlertLine, EventLine } from "../../tasks/watch/lines.ts";
import { budgetRunway, scheduleRunway, tellState, type State } from "../../tasks/watch/state-alerts.ts";
import { Store } from "../../tasks/watch/store.ts";

const THRESHOLDS = { largeExitBps: 1_000n, runway: 14n * DAY };
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
      ["TermClosed", []],
      ["TermAdded", []],
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
    for (const name of ["OperationScheduled", "OperationExecuted", "OperationCanceled", "RoleLabel"])
      expect(alerts("access", event(name)), name).to.deep.equal([]);
  });
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
    tellState(store, { holdings: [], runways: [], pools: [], unreadable: new Map(), ...state }, HEADER, THRESHOLDS);
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

  it("unreadable: raised for what does not answer, beside everything else", () => {
    const unreadable = new Map([["Bad", "it reverts"]]);
    const runways = [{ place: "Fixed", seconds: 0n, what: "it is empty" }];
    expect(told({ unreadable, runways })).to.deep.equal(["alert low budget: Fixed", "alert unreadable: Bad"]);
    expect(told({ runways })).to.deep.equal(["resolved unreadable: Bad"]);
  });
});
