import type { Interface, TransactionDescription } from "ethers";

import {
  AccessManager__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PlainToken__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
} from "../../types/index.ts";

/** Of everything that commands call. */
const INTERFACES: readonly Interface[] = [
  FixedTermPool__factory,
  FlexiblePool__factory,
  RewardDistributor__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PoolFactory__factory,
  AccessManager__factory,
  PlainToken__factory,
].map((factory) => factory.createInterface());

/** Functions of the access manager that carry another call. */
const CARRYING = new Set(["schedule", "execute", "cancel"]);

/** A call, decoded; undefined if it is of no function that commands call. */
export function parseCall(data: string): TransactionDescription | undefined {
  for (const candidate of INTERFACES) {
    const call = candidate.parseTransaction({ data });
    if (call !== null) return call;
  }
  return undefined;
}

/** A call as a person would write it, with the call inside it if it carries one; `name` says what an address is called. */
export function readCall(data: string, name: (address: string) => string = String): string {
  const call = parseCall(data);
  if (call === undefined) return data;
  const inner = CARRYING.has(call.name) ? call.fragment.inputs.findIndex(({ name: input }) => input === "data") : -1;
  const write = (value: unknown, i: number): string =>
    i === inner && typeof value === "string" ? readCall(value, name) : writeValue(value, name);
  return `${call.name}(${call.args.toArray().map(write).join(", ")})`;
}

function writeValue(value: unknown, name: (address: string) => string): string {
  if (Array.isArray(value)) return `(${Array.from(value, (entry) => writeValue(entry, name)).join(", ")})`;
  return typeof value === "string" ? name(value) : String(value);
}
