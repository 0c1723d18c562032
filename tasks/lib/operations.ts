import { Interface } from "ethers";

import {
  AccessManager__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
} from "../../types/index.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { latestTime, nameOf, type Deployment } from "./deployment.ts";
import { readEvents } from "./logs.ts";
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
  readonly state: "waiting" | "ready" | "expired";
}

const INTERFACES: readonly Interface[] = [
  FixedTermPool__factory,
  FlexiblePool__factory,
  RewardDistributor__factory,
  InsuranceFund__factory,
  PoolFactory__factory,
  AccessManager__factory,
].map((factory) => factory.createInterface());

/** What is scheduled and neither executed nor cancelled, in the order in which it may run. */
export async function pendingOperations(deployment: Deployment): Promise<Operation[]> {
  const { access } = deployment;
  const filters = access.filters;
  const scheduled = await readEvents(deployment, access, filters.OperationScheduled());
  const done = [
    ...(await readEvents(deployment, access, filters.OperationExecuted())),
    ...(await readEvents(deployment, access, filters.OperationCanceled())),
  ];
  const key = (args: { getValue(name: string): unknown }) =>
    `${String(args.getValue("operationId"))}/${String(args.getValue("nonce"))}`;
  const finished = new Set(done.map(({ args }) => key(args)));
  const [now, lasts] = [await latestTime(deployment), await access.expiration()];
  const latest = new Map<string, Operation>();
  for (const { args } of scheduled) {
    if (finished.has(key(args))) continue;
    const runsFrom = wholeOf(args, "schedule");
    const expires = runsFrom + lasts;
    const [id, target, data] = [
      String(args.getValue("operationId")),
      String(args.getValue("target")),
      String(args.getValue("data")),
    ];
    // The same call scheduled again after it expired is one operation: the last one counts.
    latest.set(id, {
      id,
      caller: String(args.getValue("caller")),
      target,
      data,
      call: `${nameOf(deployment, target)}: ${readCall(data)}`,
      runsFrom,
      expires,
      state: now >= expires ? "expired" : now >= runsFrom ? "ready" : "waiting",
    });
  }
  return [...latest.values()].sort((a, b) => Number(a.runsFrom - b.runsFrom));
}

/** Throws a `MendableError` if nothing of this id is pending. */
export async function findOperation(deployment: Deployment, id: string): Promise<Operation> {
  if (!/^0x[0-9a-fA-F]{64}$/.test(id))
    throw new MendableError(`"${id}" is no operation's id, which has 0x and 64 digits`);
  const operation = (await pendingOperations(deployment)).find((pending) => pending.id === id.toLowerCase());
  if (operation === undefined) throw new MendableError(`No operation ${id} is pending: \`operations\` lists them`);
  return operation;
}

/** A call as a person would write it. */
export function readCall(data: string): string {
  for (const candidate of INTERFACES) {
    const call = candidate.parseTransaction({ data });
    if (call !== null) return `${call.name}(${call.args.toArray(true).map(write).join(", ")})`;
  }
  return data;
}

function write(value: unknown): string {
  return Array.isArray(value) ? `(${value.map(write).join(", ")})` : String(value);
}
