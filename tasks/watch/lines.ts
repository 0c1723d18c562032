// What a watch tells: one line each, for people or as JSON.
import { formatMoment } from "@termstake/sdk/units";

export type AlertKind =
  | "solvency"
  | "low budget"
  | "overdue epoch"
  | "unreadable"
  | "dead node"
  | "stale head"
  | "paused"
  | "large exit"
  | "scheduled operation"
  | "role change"
  | "outflow"
  | "funder"
  | "weight"
  | "recipient"
  | "term"
  | "listing";

/** An event as it was decoded; whole numbers are decimal strings, since JSON has none of that size. */
export interface EventLine {
  readonly kind: "event";
  readonly block: number;
  readonly blockHash: string;
  /** Unix seconds. */
  readonly time: number;
  readonly transaction: string;
  readonly logIndex: number;
  readonly contract: string;
  readonly address: string;
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Something that somebody should look at, or that is over. One of an event names its block. */
export interface AlertLine {
  readonly kind: "alert" | "resolved";
  readonly alert: AlertKind;
  readonly place: string;
  readonly message: string;
  readonly block: number;
  readonly time: number;
  readonly transaction?: string;
}

/** What an earlier line said is not so: its block is no longer part of the chain. */
export interface RetractionLine {
  readonly kind: "retracted";
  /** Number of the earlier line. */
  readonly of: number;
  readonly line: EventLine | AlertLine;
}

export type Line = EventLine | AlertLine | RetractionLine;

/** Lines are numbered without gaps, in the order in which they are told. */
export type NumberedLine = Line & { readonly seq: number };

/** One line for people. */
export function writeLine(line: NumberedLine): string {
  if (line.kind === "retracted") return `#${line.seq} RETRACTED #${line.of}, which said: ${writeContent(line.line)}`;
  return `#${line.seq} ${writeContent(line)}`;
}

function writeContent(line: EventLine | AlertLine): string {
  const when = `${formatMoment(line.time)}, block ${line.block}:`;
  if (line.kind === "event") {
    const args = Object.entries(line.args).map(([name, value]) => `${name} ${writeValue(value)}`);
    return `${when} ${line.contract} ${line.event} ${args.join(", ")}`.trimEnd();
  }
  return `${when} ${line.kind === "alert" ? "ALERT" : "RESOLVED"} ${line.alert}, ${line.place}: ${line.message}`;
}

function writeValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
