import {
  accessManagerEvents,
  decodeEvent,
  fixedTermPoolEvents,
  flexiblePoolEvents,
  insuranceFundEvents,
  operatorBrakeEvents,
  poolFactoryEvents,
  rewardDistributorEvents,
} from "@termstake/sdk/events";
import type { Log } from "@termstake/sdk/logs";

export type WatchedKind = "access" | "factory" | "distributor" | "insuranceFund" | "brake" | "flexible" | "fixedTerm";

/** A decoded event. */
export interface Decoded {
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

type Told = Pick<Log, "topics" | "data">;

const DECODERS: Readonly<Record<WatchedKind, (log: Told) => { name: string; args: object } | undefined>> = {
  access: (log) => decodeEvent(accessManagerEvents, log),
  factory: (log) => decodeEvent(poolFactoryEvents, log),
  distributor: (log) => decodeEvent(rewardDistributorEvents, log),
  insuranceFund: (log) => decodeEvent(insuranceFundEvents, log),
  brake: (log) => decodeEvent(operatorBrakeEvents, log),
  flexible: (log) => decodeEvent(flexiblePoolEvents, log),
  fixedTerm: (log) => decodeEvent(fixedTermPoolEvents, log),
};

/** Decodes a log of a contract of that kind, whole numbers as decimal strings; one that it does not know is told as it is. */
export function decode(kind: WatchedKind, { topics, data }: Told): Decoded {
  const event = DECODERS[kind]({ topics, data });
  if (event === undefined) return { event: "Unknown", args: { topics, data } };
  return { event: event.name, args: written(event.args) as Decoded["args"] };
}

function written(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, written(part)]));
}
