// A person's operation as steps: some only sign, others send a transaction and wait until it is confirmed.
import type { Sent } from "./follow.ts";

/**
 * A step is checked with the node before the wallet is asked, and queued while the other owners of a Safe have to sign. One that is
 * replaced could not be done; others came after it in its place.
 */
export type StepState = "waiting" | "checking" | "sign" | "sent" | "queued" | "confirmed" | "failed" | "replaced";

/** What a step is called, for translation. */
export const STEP_NAMES = [
  "permit",
  "resetApproval",
  "approve",
  "stake",
  "open",
  "claim",
  "withdraw",
  "exit",
  "leaveEarly",
  "renew",
  "autoRenew",
  "cancelAutoRenew",
  "send",
  "claimOwed",
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface Step {
  readonly name: StepName;
  /**
   * Returns the transaction that it sent, nothing if it only signed, or the steps to take instead of itself and all that follow. Calls
   * `asking` at the moment at which a person is asked in the wallet. Throws what the wallet or the contract says.
   */
  readonly run: (asking: () => void) => Promise<Sent | readonly Step[] | undefined>;
}

export interface StepProgress {
  readonly name: StepName;
  readonly state: StepState;
  readonly transaction: string | undefined;
}
