import type { ParamType } from "ethers";

import type { AbiParameter } from "../shared/abi-decoder.ts";

/** A parameter of ethers' as a JSON ABI describes it. */
export function toParameter(type: ParamType): AbiParameter {
  let [inner, suffix] = [type, ""];
  for (; inner.isArray(); inner = inner.arrayChildren)
    suffix = `[${inner.arrayLength < 0 ? "" : inner.arrayLength.toString()}]${suffix}`;
  return inner.isTuple()
    ? { name: type.name, type: `tuple${suffix}`, components: inner.components.map(toParameter) }
    : { name: type.name, type: `${inner.type}${suffix}` };
}
