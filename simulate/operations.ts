import { Refusal } from "../model/refusal.ts";
import type { Address } from "../model/token.ts";

/** One thing that somebody does; pools, tokens and schedules by name, amounts in base units. */
export type Operation =
  | { readonly kind: "give"; readonly token: string; readonly to: Address; readonly amount: bigint }
  | { readonly kind: "fundSchedule"; readonly schedule: string; readonly amount: bigint }
  | { readonly kind: "fundPool"; readonly pool: string; readonly amount: bigint }
  | { readonly kind: "distribute"; readonly schedule: string; readonly pool: string }
  | { readonly kind: "sweepPenalties"; readonly pool: string }
  | { readonly kind: "sweepFees"; readonly token: string }
  | { readonly kind: "stake"; readonly pool: string; readonly by: Address; readonly amount: bigint }
  | { readonly kind: "withdraw"; readonly pool: string; readonly by: Address; readonly amount: bigint }
  | { readonly kind: "claim"; readonly pool: string; readonly by: Address }
  | { readonly kind: "exit"; readonly pool: string; readonly by: Address }
  | {
      readonly kind: "open";
      readonly pool: string;
      readonly by: Address;
      readonly term: bigint;
      readonly amount: bigint;
    }
  | { readonly kind: "order"; readonly pool: string; readonly by: Address; readonly id: bigint; readonly term: bigint }
  | { readonly kind: "renew"; readonly pool: string; readonly id: bigint; readonly term: bigint }
  | { readonly kind: "mature"; readonly pool: string; readonly by: Address; readonly id: bigint }
  | {
      readonly kind: "leaveEarly";
      readonly pool: string;
      readonly by: Address;
      readonly id: bigint;
      readonly amount: bigint;
    };

/** Sees every operation once it was done, or refused with an error of this name. */
export type Observer = (operation: Operation, now: bigint, refusal: string | undefined) => void;

/** Returns what `action` returns, or the refusal that it met. */
export function attempt<T>(action: () => T): T | Refusal {
  try {
    return action();
  } catch (reason) {
    if (reason instanceof Refusal) return reason;
    throw reason;
  }
}
