// Alerts that a single event raises; they are retracted with it.
import { BPS, formatDuration, formatMoment, formatPercentage } from "@termstake/sdk/units";

import { roleName } from "../lib/access.ts";
import { readCall } from "../lib/interfaces.ts";
import type { WatchedKind } from "./decode.ts";
import type { AlertKind, AlertLine, EventLine } from "./lines.ts";

export interface Thresholds {
  /** Share of all that is in a pool, in basis points, from which an exit is large. */
  readonly largeExitBps: bigint;
  /** Seconds that a budget has to last at least. */
  readonly runway: bigint;
  /** Seconds that an epoch may wait to be distributed. */
  readonly overdue: bigint;
}

/** Changes of who may do what. */
const ROLE_CHANGES = new Set([
  "RoleGranted",
  "RoleRevoked",
  "RoleAdminChanged",
  "RoleGuardianChanged",
  "RoleGrantDelayChanged",
  "TargetFunctionRoleUpdated",
  "TargetAdminDelayUpdated",
  "TargetClosed",
  "AuthorityUpdated",
  "OperatorAdded",
  "OperatorRemoved",
]);

/** What a pool holds before and after an event, in base units of its staking token. */
interface Size {
  readonly before: bigint;
  readonly after: bigint;
}

type Naming = (address: string) => string;
type Told = readonly [alert: AlertKind, message: string, state?: "resolved"];

/** Alerts of an event; `name` says what an address is called. */
export function alertsOf(
  kind: WatchedKind,
  line: EventLine,
  size: Size,
  { largeExitBps }: Thresholds,
  name: Naming = String,
): AlertLine[] {
  const { contract, block, time, transaction } = line;
  const told = toldOf(line, name) ?? largeExit(kind, line, size, largeExitBps);
  if (told === undefined) return [];
  const [alert, message, state = "alert"] = told;
  return [{ kind: state, alert, place: contract, message, block, time, transaction }];
}

/** What governance does, and what it is about to do. */
function toldOf({ event, args }: EventLine, name: Naming): Told | undefined {
  const text = (argument: string) => String(args[argument]);
  const named = (argument: string) => name(text(argument));
  if (ROLE_CHANGES.has(event)) {
    const values = Object.entries(args).map(([key, value]) => `${key} ${writeValue(key, value, name)}`);
    return ["role change", `${event}, ${values.join(", ")}`];
  }
  switch (event) {
    case "OperationScheduled": {
      const call = `${named("target")}.${readCall(text("data"), name)}`;
      const when = formatMoment(BigInt(text("schedule")));
      return [
        "scheduled operation",
        `${named("caller")} schedules ${call}: it may run from ${when} on (${text("operationId")})`,
      ];
    }
    case "OperationExecuted":
      return ["scheduled operation", `operation ${text("operationId")} was executed`, "resolved"];
    case "OperationCanceled":
      return ["scheduled operation", `operation ${text("operationId")} was cancelled`, "resolved"];
    case "BudgetWithdrawn":
      return [
        "outflow",
        `${args["withdrawn"] === undefined ? text("amount") : text("withdrawn")} base units of budget went to ${named("to")}`,
      ];
    case "Rescued":
      return ["outflow", `${text("amount")} base units of ${named("token")} were taken out to ${named("to")}`];
    case "ScheduleEnded":
      return [
        "outflow",
        `schedule ${text("scheduleId")} was ended; ${text("refund")} base units went to ${named("to")}`,
      ];
    case "RoundPublished":
      return [
        "outflow",
        `insurance round ${text("round")} reserves ${text("total")} base units of ${named("token")} for claims`,
      ];
    case "RoundCancelled":
      return ["outflow", `insurance round ${text("round")} was cancelled`, "resolved"];
    case "FunderSet":
      return ["funder", `${named("funder")} may ${args["allowed"] === true ? "now" : "no longer"} notify rewards`];
    case "ScheduleCreated":
      return ["weight", `schedule ${text("scheduleId")} was created`];
    case "WeightSet":
      return ["weight", `${named("pool")} has the weight ${text("weight")} in schedule ${text("scheduleId")}`];
    case "RecipientsSet":
      return ["recipient", `insurance is ${named("insurance")} now, and treasury ${named("treasury")}`];
    case "TermAdded":
      return ["term", `term ${text("termId")} was added`];
    case "TermClosed":
      return ["term", `term ${text("termId")} was closed`];
    case "ListedSet":
      return ["listing", `${named("pool")} is ${args["listed"] === true ? "" : "no longer "}listed`];
    case "Paused":
      return ["paused", `deposits, openings and renewals were paused by ${named("guardian")}`];
    case "Unpaused":
      return ["paused", "deposits, openings and renewals are possible again", "resolved"];
    case "TermPaused":
      return ["paused", `term ${text("termId")} was paused`];
    case "TermUnpaused":
      return ["paused", `term ${text("termId")} takes openings again`, "resolved"];
    default:
      return undefined;
  }
}

function writeValue(key: string, value: unknown, name: Naming): string {
  if (/^(?:roleId|admin|guardian)$/.test(key) && typeof value === "string" && /^\d+$/.test(value))
    return roleName(BigInt(value));
  if (/delay/i.test(key) && typeof value === "string" && /^\d+$/.test(value)) return formatDuration(BigInt(value));
  return typeof value === "string" ? name(value) : JSON.stringify(value);
}

function largeExit(kind: WatchedKind, line: EventLine, size: Size, largeExitBps: bigint): Told | undefined {
  if (line.event !== "Withdrawn" && line.event !== "WithdrawnEarly") return undefined;
  const left = exitOf(kind, line, size);
  if (left.amount === 0n || left.amount * BPS < left.before * largeExitBps) return undefined;
  const share = formatPercentage((left.amount * BPS) / left.before, BPS);
  return ["large exit", `${left.amount} base units of principal, ${share} of all, left for ${left.who}`];
}

/**
 * How much principal an exit took of how much. In a fixed-term pool the position is burned, and what stays of it minted anew, before
 * the exit itself is told.
 */
function exitOf(kind: WatchedKind, { args }: EventLine, { before, after }: Size) {
  if (kind === "flexible") return { amount: before - after, before, who: String(args["user"]) };
  const part = (name: string) => {
    const value = args[name];
    return typeof value === "string" ? BigInt(value) : 0n;
  };
  const amount = "principal" in args ? part("principal") : part("principalOut") + part("principalPenalty");
  return { amount, before: after + amount, who: String(args["receiver"]) };
}
