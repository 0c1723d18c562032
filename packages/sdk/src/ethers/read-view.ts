import type { BaseContract, FunctionFragment } from "ethers";

import { decodeParameters, type AbiParameter } from "../shared/abi-decoder.ts";
import { toParameter } from "./parameter.ts";

/** A decoded value without the array that ethers makes of each struct, which no query cache can compare. */
export type Plain<T> = T extends readonly [unknown, ...unknown[]]
  ? { readonly [Name in Exclude<keyof T, keyof unknown[] | `${number}`>]: Plain<T[Name]> }
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T;

/** What a method of one of TypeChain's contracts returns, plainly. */
export type PlainAnswer<Method> = Method extends { staticCall: (...values: infer _) => Promise<infer Answer> }
  ? Plain<Answer>
  : never;

/**
 * Calls a view and returns plain data: structs as objects, several values by their names. For a page of pools ethers' own decoder takes
 * longer than the node. `block` is the block to ask at, the newest unless given. Throws a `RangeError` if the answer ends early, as it does
 * where there is no such contract.
 */
export async function readView<Contract extends BaseContract, Name extends string & keyof Contract>(
  contract: Contract,
  name: Name,
  values: readonly unknown[],
  block: number | "latest" = "latest",
): Promise<PlainAnswer<Contract[Name]>> {
  const view = contract.interface.getFunction(name);
  const outputs = view === null ? [] : outputsOf(view);
  if (view === null || outputs.length === 0) throw new Error(`The ABI has no view ${name} that returns something`);
  const data = contract.interface.encodeFunctionData(view, values);
  const answer = await contract.runner?.call?.({ to: contract.target, data, blockTag: block });
  const told = decodeParameters(outputs, answer ?? "0x");
  const value = outputs.length === 1 ? told[0] : Object.fromEntries(outputs.map((output, i) => [output.name, told[i]]));
  // The types are made from the same ABI as the one that is decoded by.
  return value as PlainAnswer<Contract[Name]>;
}

const known = new WeakMap<FunctionFragment, readonly AbiParameter[]>();

function outputsOf(view: FunctionFragment): readonly AbiParameter[] {
  const outputs = known.get(view) ?? view.outputs.map(toParameter);
  known.set(view, outputs);
  return outputs;
}
