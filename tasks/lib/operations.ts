import type { LogDescription, Result } from "ethers";

import { MendableError } from "../../scripts/lib/mendable-error.ts";
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
  /** `revoked`: whoever scheduled it no longer holds the role for it, so that it cannot be executed. */
  readonly state: "waiting" | "ready" | "expired" | "revoked";
}

/** What is scheduled and neither executed nor cancelled, in the order in which it may run. */
export async function pendingOperations(deployment: Deployment): Promise<Operation[]> {
  const { access } = deployment;
  const [scheduled, done] = await lifeOfOperations(deployment);
  const key = (args: Result) => `${String(args.getValue("operationId"))}/${wholeOf(args, "nonce")}`;
  const finished = new Set(done.map(({ args }) => key(args)));
  const [now, lasts] = [await latestTime(deployment), await access.expiration()];
  const latest = new Map<string, Operation>();
  const revoked = await revokedOnes(
    access,
    scheduled.filter(({ args }) => !finished.has(key(args))),
  );
  for (const { args } of scheduled) {
    if (finished.has(key(args))) continue;
    const runsFrom = wholeOf(args, "schedule");
    const expires = runsFrom + lasts;
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
      expires,
      state: now >= expires ? "expired" : revoked.has(id) ? "revoked" : now >= runsFrom ? "ready" : "waiting",
    });
  }
  return [...latest.values()].sort((a, b) => Number(a.runsFrom - b.runsFrom));
}

/** Ids of the operations whose callers may not make their calls any more. */
async function revokedOnes(access: AccessManager, scheduled: readonly LogDescription[]): Promise<Set<string>> {
  const calls = new Map<string, { readonly ids: string[]; readonly asked: readonly [string, string, string] }>();
  for (const { args } of scheduled) {
    const text = (name: string) => String(args.getValue(name));
    const asked = [text("caller"), text("target"), text("data").slice(0, 10)] as const;
    const same = calls.get(asked.join()) ?? { ids: [], asked };
    same.ids.push(text("operationId"));
    calls.set(asked.join(), same);
  }
  // Of hundreds of operations that one key scheduled, most are few different calls: each is asked about once.
  const answers = await Promise.all(
    [...calls.values()].map(async ({ ids, asked }) => {
      const [immediate, delay] = await access.canCall(...asked);
      return immediate || delay > 0n ? [] : ids;
    }),
  );
  return new Set(answers.flat());
}

/** What was ever scheduled, and what was executed or cancelled since. */
async function lifeOfOperations(deployment: Deployment) {
  const { access, provider } = deployment;
  const address = await access.getAddress();
  const names = ["OperationScheduled", "OperationExecuted", "OperationCanceled"] as const;
  const topics = [names.map((name) => access.interface.getEvent(name).topicHash)];
  // All in one reading: years of a fast chain are many thousand requests.
  const logs = await deployment.sinceDeployment(async (fromBlock, toBlock) =>
    provider.getLogs({ address, topics, fromBlock, toBlock }),
  );
  const events = logs.flatMap((log) => access.interface.parseLog(log) ?? []);
  const [begin, ...ends] = names;
  return [
    events.filter(({ name }) => name === begin),
    events.filter(({ name }) => ends.some((end) => end === name)),
  ] as const;
}

/** Throws a `MendableError` if nothing of this id is pending. */
export async function findOperation(deployment: Deployment, id: string): Promise<Operation> {
  if (!/^0x[0-9a-fA-F]{64}$/.test(id))
    throw new MendableError(`"${id}" is no operation's id, which has 0x and 64 digits`);
  const operation = (await pendingOperations(deployment)).find((pending) => pending.id === id.toLowerCase());
  if (operation === undefined) throw new MendableError(`No operation ${id} is pending: \`operations\` lists them`);
  return operation;
}
