import type { Interface } from "ethers";

import { packCall } from "../chain.ts";
import type { Protocol } from "../protocol.ts";

/** One view of one contract with its arguments, and what the model says to it. */
export interface View {
  readonly label: string;
  readonly call: string;
  /** Depends on nothing that happens, so that it is read at both ends of a history only. */
  readonly constant: boolean;
  /** Holds accumulated fractions, which an exact model does not round. */
  readonly rounded: boolean;
  /** In the order in which the contract returns them; an address is a number, true is 1. */
  words(protocol: Protocol, now: bigint): readonly (bigint | string | boolean)[];
}

type Words = (protocol: Protocol, now: bigint) => bigint | string | boolean | readonly (bigint | string | boolean)[];
type Kind = "plain" | "constant" | "rounded";

/** Makes the views of one contract. */
export function viewsOf(name: string, to: string, abi: Interface) {
  return (view: string, args: readonly unknown[], answer: Words, kind: Kind = "plain"): View => ({
    label: `${name}.${view}(${args.join(", ")})`,
    call: packCall(to, abi.encodeFunctionData(view, args)),
    constant: kind === "constant",
    rounded: kind === "rounded",
    words: (protocol, now) => {
      const words = answer(protocol, now);
      return typeof words === "object" ? words : [words];
    },
  });
}

export function wordOf(value: bigint | string | boolean): bigint {
  return typeof value === "bigint" ? value : BigInt(value);
}
