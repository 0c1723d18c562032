import { AbiCoder, keccak256, zeroPadValue, toBeHex } from "ethers";

import { ROLE, ROLE_NAMES } from "../../deploy/roles.ts";
import type { Deployment } from "./deployment.ts";
import { nameOf } from "./deployment.ts";
import { NothingToDo, Refused } from "./exit-codes.ts";

/** A call to a restricted function. */
export interface GovernedCall {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** When the caller may have it done. */
export type Permission =
  { readonly kind: "immediate" } | { readonly kind: "delayed"; readonly delay: bigint; readonly operationId: string };

/**
 * Whether the caller may call at once or after a delay. Throws `Refused`, with the role that it takes, if it may not at all, and
 * `NothingToDo` if the very same call is scheduled already.
 */
export async function permissionOf(deployment: Deployment, call: GovernedCall): Promise<Permission> {
  const { access } = deployment;
  const selector = call.data.slice(0, 10);
  const [immediate, delay] = await access.canCall(call.from, call.to, selector);
  if (immediate) return { kind: "immediate" };
  if (delay === 0n) {
    const role = roleName(await access.getTargetFunctionRole(call.to, selector));
    throw new Refused(`${call.from} may not do this at ${nameOf(deployment, call.to)}: it takes the role ${role}`);
  }
  const operationId = await access.hashOperation(call.from, call.to, call.data);
  const scheduled = await access.getSchedule(operationId);
  if (scheduled !== 0n) {
    const moment = new Date(Number(scheduled) * 1_000).toISOString();
    throw new NothingToDo(
      `This is scheduled already, as operation ${operationId}, which may run from ${moment} on: \`execute\` runs it`,
    );
  }
  return { kind: "delayed", delay, operationId };
}

/** The name of a role's id. */
export function roleName(role: bigint): string {
  return ROLE_NAMES.find((name) => ROLE[name] === role) ?? String(role);
}

/**
 * State under which a restricted function answers to everybody, for simulating what has to wait otherwise: the access manager's
 * `_targets[target].allowedRoles[selector]` is the public role.
 */
export async function withoutRestriction({ access }: Deployment, target: string, selector: string): Promise<object> {
  const ofTarget = mappingSlot(zeroPadValue(target, 32), toBeHex(TARGETS_SLOT, 32));
  const ofSelector = mappingSlot(selector.padEnd(66, "0"), ofTarget);
  return { [await access.getAddress()]: { stateDiff: { [ofSelector]: toBeHex(PUBLIC_ROLE, 32) } } };
}

/** Storage slot of `_targets` in OpenZeppelin's AccessManager, of which `allowedRoles` is the first member. */
const TARGETS_SLOT = 0n;
const PUBLIC_ROLE = 2n ** 64n - 1n;

function mappingSlot(key: string, slot: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [key, slot]));
}
