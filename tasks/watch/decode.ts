import type { Log } from "@termstake/sdk/logs";
import type { Interface, ParamType } from "ethers";

import {
  AccessManager__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
} from "../../types/index.ts";

export type WatchedKind = "access" | "factory" | "distributor" | "insuranceFund" | "brake" | "flexible" | "fixedTerm";

const INTERFACES: Readonly<Record<WatchedKind, Interface>> = {
  access: AccessManager__factory.createInterface(),
  factory: PoolFactory__factory.createInterface(),
  distributor: RewardDistributor__factory.createInterface(),
  insuranceFund: InsuranceFund__factory.createInterface(),
  brake: OperatorBrake__factory.createInterface(),
  flexible: FlexiblePool__factory.createInterface(),
  fixedTerm: FixedTermPool__factory.createInterface(),
};

/** A decoded event. */
export interface Decoded {
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Decodes a log of a contract of that kind; one that it does not know is told as it is. */
export function decode(kind: WatchedKind, { topics, data }: Pick<Log, "topics" | "data">): Decoded {
  const description = INTERFACES[kind].parseLog({ topics, data });
  if (description === null) return { event: "Unknown", args: { topics, data } };
  const { inputs } = description.fragment;
  return {
    event: description.name,
    args: Object.fromEntries(inputs.map((input, i) => [input.name, plain(input, description.args[i])])),
  };
}

/** Tuples by their components' names, whole numbers as decimal strings. */
function plain(type: ParamType, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { components, arrayChildren } = type;
    if (components !== null) return Object.fromEntries(components.map((part, i) => [part.name, plain(part, value[i])]));
    if (arrayChildren !== null) return Array.from(value, (entry: unknown) => plain(arrayChildren, entry));
  }
  return typeof value === "bigint" ? value.toString() : value;
}
