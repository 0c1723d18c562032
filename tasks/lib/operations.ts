import type { LogDescription, Result } from "ethers";

import { UserError } from "../../shared/user-error.ts";
import type { AccessManager } from "../../types/index.ts";
import { latestTime, nameOf, type Deployment } from "./deployment.ts";
import { readCall } from "./interfaces.ts";
import { wholeOf } from "./receipts.ts";

/** A call that waits in the access manager, or that waited until it expired. */
export interface Operation {
  readonly id: string;
  readonly caller: string;
  readonly target: string;
  readonly data: string;
  /** `addTerm(…)`, as far as it can be read. */
  readonly call: string;
  /** Unix seconds from which it may run. */
  readonly runsFrom: bigint;
  /** Unix seconds from which it no longer may. */
  readonly expires: bigint;
  /** `revoked` if its caller has lost the role that it needs. */
  readonly state: "waiting" | "ready" | "expired" | "revoked";
}

/** What is scheduled and neither executed nor cancelled, in the order in which it may run. */
export async function pendingOperations(deployment: Deployment): Promise<Operation[]> {
  const { access } = deployment;
  const [scheduled, done] = await lifeOfOperations(deployment);
  const key = (args: Result) => `${String(args.getValue("operationId"))}/${wholeOf(args, "nonce")}`;
  const finished = new Set(done.map(({ args }) => key(args)));
  const pending = scheduled.filter(({ args }) => !finished.has(key(args)));
  const [now, lasts, revoked] = [
    await latestTime(deployment),
    await access.expiration(),
    await revokedOnes(access, pending),
  ];
  const stateAt = (id: string, runsFrom: bigint): Operation["state"] => {
    if (now >= runsFrom + lasts) return "expired";
    if (revoked.has(id)) return "revoked";
    return now >= runsFrom ? "ready" : "waiting";
  };
  const latest = new Map<string, Operation>();
  for (const { args } of pending) {
    const runsFrom = wholeOf(args, "schedule");
    const text = (name: string) => String(args.getValue(name));
    const [id, caller, target, data] = [text("operationId"), text("caller"), text("target"), text("data")];
    // The same call scheduled again after it expired is one operation: the last one counts.
    latest.set(id, {
      id,
      caller,
      target,
      data,
      call: `${nameOf(deployment, target)}: ${readCall(data, (address) => nameOf(deployment, address))}`,
      runsFrom,
      expires: runsFrom + lasts,
      state: stateAt(id, runsFrom),
    });
  }
  return [...latest.values()].sort((a, b) => Number(a.runsFrom - b.runsFrom));
}

/** Ids of the operations whose callers may no longer make their calls. */
async function revokedOnes(access: AccessManager, pending: readonly LogDescription[]): Promise<Set<string>> {
  // Hundreds of operations that one key scheduled are few different calls: each is asked about once.
  const permissions = new Map<string, Promise<boolean>>();
  const revoked = new Set<string>();
  await Promise.all(
    pending.map(async ({ args }) => {
      const text = (name: string) => String(args.getValue(name));
      const call = [text("caller"), text("target"), text("data").slice(0, 10)] as const;
      const allowed = permissions.get(call.join()) ?? mayCall(access, ...call);
      permissions.set(call.join(), allowed);
      if (!(await allowed)) revoked.add(text("operationId"));
    }),
  );
  return revoked;
}

async function mayCall(access: AccessManager, caller: string, target: string, selector: string): Promise<boolean> {
  const [immediate, delay] = await access.canCall(caller, target, selector);
  return immediate || delay > 0n;
}

/** What was ever scheduled, and what was executed or cancelled since. */
async function lifeOfOperations(deployment: Deployment) {
  const { access } = deployment;
  const address = await access.getAddress();
  const names = ["OperationScheduled", "OperationExecuted", "OperationCanceled"] as const;
  const topics = [names.map((name) => access.interface.getEvent(name).topicHash)];
  // All in one reading: years of a fast chain are many thousand requests.
  const logs = await deployment.logs({ address, topics });
  const events = logs.flatMap((log) => access.interface.parseLog(log) ?? []);
  const [begin, ...ends] = names;
  return [
    events.filter(({ name }) => name === begin),
    events.filter(({ name }) => ends.some((end) => end === name)),
  ] as const;
}

/** Throws a `UserError` if nothing of this id is pending. */
export async function findOperation(deployment: Deployment, id: string): Promise<Operation> {
  if (!/^0x[0-9a-fA-F]{64}$/.test(id)) throw new UserError(`"${id}" is no operation's id, which has 0x and 64 digits`);
  const operation = (await pendingOperations(deployment)).find((pending) => pending.id === id.toLowerCase());
  if (operation === undefined) throw new UserError(`No operation ${id} is pending: \`operations\` lists them`);
  return operation;
}
