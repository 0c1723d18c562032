import type { Signer } from "ethers";

import type { AccessManager } from "../../types/index.ts";

/** A call that governance is to make. */
export interface GovernedCall {
  readonly target: string;
  readonly data: string;
}

/** Announces calls: from now on everybody can see them, and their delay runs. */
export async function announce(access: AccessManager, operator: Signer, calls: readonly GovernedCall[]): Promise<void> {
  for (const { target, data } of calls) await (await access.connect(operator).schedule(target, data, 0)).wait();
}

/** Makes calls whose delay is over. */
export async function carryOut(access: AccessManager, operator: Signer, calls: readonly GovernedCall[]): Promise<void> {
  for (const { target, data } of calls) await (await access.connect(operator).execute(target, data)).wait();
}
