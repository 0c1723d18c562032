import { isHexString, Interface, type ErrorDescription } from "ethers";

import {
  AccessManager__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  PlainToken__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
  StakingLens__factory,
} from "../../types/index.ts";

/** Why something was refused. */
export interface Explanation {
  /** Of the contract's error, or of the class. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly sentence: string;
}

const INTERFACES: readonly Interface[] = [
  FlexiblePool__factory,
  FixedTermPool__factory,
  RewardDistributor__factory,
  InsuranceFund__factory,
  PoolFactory__factory,
  AccessManager__factory,
  StakingLens__factory,
  PlainToken__factory,
].map((factory) => factory.createInterface());

/** What a contract reverted with, found in whatever was thrown; undefined if no contract did. */
export function explain(error: unknown): Explanation | undefined {
  const data = revertData(error, 0);
  if (data === undefined) return undefined;
  for (const candidate of INTERFACES) {
    const description = candidate.parseError(data);
    if (description !== null) return describe(description);
  }
  return {
    name: "Unknown",
    args: { data },
    sentence: `The contract refused with ${data}, which no contract here knows`,
  };
}

function describe({ name, fragment, args }: ErrorDescription): Explanation {
  const values: Record<string, unknown> = {};
  for (const [i, input] of fragment.inputs.entries()) values[input.name] = args[i];
  const told = Object.entries(values).map(([key, value]) => `${key} ${String(value)}`);
  return {
    name,
    args: values,
    sentence: `The contract refused: ${name}${told.length === 0 ? "" : `, ${told.join(", ")}`}`,
  };
}

/** Nodes and libraries nest the data differently, never deep. */
function revertData(value: unknown, depth: number): string | undefined {
  if (typeof value === "string")
    return isHexString(value) && value.length >= 10 && value.length % 2 === 0 ? value : undefined;
  if (typeof value !== "object" || value === null || depth > 6) return undefined;
  for (const key of ["data", "error", "info", "cause", "result"]) {
    const found = revertData(Reflect.get(value, key), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
