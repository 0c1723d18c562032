// Alerts that a single event raises; they are retracted with it.
import { BPS, formatPercentage } from "../../scripts/lib/units.ts";
import type { WatchedKind } from "./decode.ts";
import type { AlertKind, AlertLine, EventLine } from "./lines.ts";

export interface Thresholds {
  /** Share of all that is in a pool, in basis points, from which an exit is large. */
  readonly largeExitBps: bigint;
  /** Seconds that a budget has to last at least. */
  readonly runway: bigint;
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
]);

/** What a pool holds before and after an event, in base units of its staking token. */
interface Size {
  readonly before: bigint;
  readonly after: bigint;
}

export function alertsOf(kind: WatchedKind, line: EventLine, size: Size, { largeExitBps }: Thresholds): AlertLine[] {
  const { contract, event, args, block, time, transaction } = line;
  const told = (alert: AlertKind, message: string, state: "alert" | "resolved" = "alert"): AlertLine[] => [
    { kind: state, alert, place: contract, message, block, time, transaction },
  ];
  if (ROLE_CHANGES.has(event)) {
    const values = Object.entries(args).map(([name, value]) => `${name} ${String(value)}`);
    return told("role change", `${event}, ${values.join(", ")}`);
  }
  switch (event) {
    case "Paused":
      return told("paused", `deposits, openings and renewals were paused by ${String(args["guardian"])}`);
    case "Unpaused":
      return told("paused", "deposits, openings and renewals are possible again", "resolved");
    case "TermPaused":
      return told("paused", `term ${String(args["termId"])} was paused`);
    case "TermUnpaused":
      return told("paused", `term ${String(args["termId"])} takes openings again`, "resolved");
    case "Withdrawn":
    case "WithdrawnEarly": {
      const left = exitOf(kind, line, size);
      if (left.amount === 0n || left.amount * BPS < left.before * largeExitBps) return [];
      const share = formatPercentage((left.amount * BPS) / left.before, BPS);
      return told("large exit", `${left.amount} base units of principal, ${share} of all, left for ${left.who}`);
    }
    default:
      return [];
  }
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
