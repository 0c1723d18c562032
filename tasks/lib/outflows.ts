// What governance has scheduled that takes money from where a funder is about to put it: funders hear of it first.
import { formatMoment } from "@termstake/sdk/units";
import type { TransactionDescription } from "ethers";

import type { Deployment } from "./deployment.ts";
import { nameOf } from "./deployment.ts";
import { parseCall } from "./interfaces.ts";
import { pendingOperations } from "./operations.ts";

/** Sentences about scheduled withdrawals of a pool's budget. */
export async function withdrawalsOf(deployment: Deployment, pool: string): Promise<string[]> {
  return sentences(
    deployment,
    pool,
    ({ name }) => name === "withdrawBudget",
    "the budget, with what is funded until then,",
  );
}

/** Sentences about the scheduled end of a schedule, whose balance then leaves. */
export async function endingsOf(deployment: Deployment, distributor: string, schedule: bigint): Promise<string[]> {
  const ends = ({ name, args }: TransactionDescription) =>
    name === "endSchedule" && args.getValue("scheduleId") === schedule;
  return sentences(deployment, distributor, ends, `the balance of schedule ${schedule}`);
}

async function sentences(
  deployment: Deployment,
  target: string,
  matches: (call: TransactionDescription) => boolean,
  what: string,
): Promise<string[]> {
  const operations = await pendingOperations(deployment);
  return operations.flatMap((operation) => {
    const runs = operation.state === "waiting" || operation.state === "ready";
    const call = runs && operation.target === target ? parseCall(operation.data) : undefined;
    if (call === undefined || !matches(call)) return [];
    const to: unknown = call.args[call.name === "withdrawBudget" ? 0 : 1];
    const receiver = typeof to === "string" ? nameOf(deployment, to) : "an account";
    return [
      `WARNING: ${nameOf(deployment, operation.caller)} has scheduled to take ${what} to ${receiver}: ` +
        `from ${formatMoment(operation.runsFrom)} on (operation ${operation.id})`,
    ];
  });
}
