import { UserError } from "../../shared/user-error.ts";
import { FixedTermPool__factory } from "../../types/index.ts";
import { command, tell } from "../lib/command.ts";
import { nameOf, type Deployment } from "../lib/deployment.ts";
import { explain } from "../lib/explain.ts";
import { parseId, writeAmount } from "../lib/inputs.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import type { SendingArguments } from "../lib/options.ts";
import { allPools, findPool, FIXED_TERM } from "../lib/pools.ts";
import { allSchedules, findSchedule, poolsOf } from "../lib/schedules.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Step } from "../lib/sender.ts";
import { isWrongAnswer } from "../lib/wrong-answer.ts";

interface Arguments extends SendingArguments {
  schedule: string;
  pool: string | undefined;
  sweep: boolean;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const distributor = deployment.distributor();
    const to = await distributor.getAddress();
    const only = args.pool === undefined ? undefined : await findPool(deployment, args.pool);
    const schedules =
      args.schedule === "all"
        ? await allSchedules(deployment)
        : [await findSchedule(deployment, parseId(args.schedule, "The schedule"))];

    return {
      intent: `distribute ${to} ${args.schedule} ${only?.address ?? "all"} ${args.sweep}`,
      async prepare(from) {
        const steps: Step[] = [];
        const refused: string[] = [];
        for (const { id, token } of schedules) {
          const pools = only === undefined ? await poolsOf(deployment, id) : [only.address];
          for (const pool of pools) {
            const pending = await distributor.pending(id, pool);
            if (pending === 0n) continue;
            const data = distributor.interface.encodeFunctionData("distribute", [id, pool]);
            const what = `Pay ${writeAmount(pending, token)} of schedule ${id} to ${nameOf(deployment, pool)}`;
            const refusal = await refusalOf(deployment, from, { to, data });
            if (refusal === undefined) steps.push({ what, to, data });
            else refused.push(`${what}: ${refusal}`);
          }
        }
        if (args.sweep)
          steps.push(...(await sweepingSteps(deployment, new Set(schedules.map(({ token }) => token.token)))));
        // One pool's refusal is nothing to the others.
        for (const told of steps.length === 0 ? [] : refused) tell(`Left out, since it would be refused now: ${told}`);
        if (steps.length === 0 && refused.length > 0) throw new UserError(refused.join("\n"));
        if (steps.length === 0)
          throw new NothingToDo("Nothing is due: the next epoch has not started, or is not covered");
        return { steps };
      },
    };
  }),
);

/** Why a payment would be refused now; undefined if it would not. */
async function refusalOf(
  { provider }: Deployment,
  from: string,
  call: { to: string; data: string },
): Promise<string | undefined> {
  try {
    await provider.call({ from, ...call });
    return undefined;
  } catch (error) {
    if (!isWrongAnswer(error)) throw error;
    return explain(error)?.sentence ?? error.message;
  }
}

/** Fees in these tokens, and penalties of every fixed-term pool, that wait to be sent where they belong. */
async function sweepingSteps(deployment: Deployment, tokens: ReadonlySet<string>): Promise<Step[]> {
  const distributor = deployment.distributor();
  const steps: Step[] = [];
  for (const token of tokens) {
    const { insurance, treasury } = await distributor.feesOwed(token);
    if (insurance + treasury === 0n) continue;
    const data = distributor.interface.encodeFunctionData("sweepFees", [token]);
    const what = `Send fees in ${nameOf(deployment, token)} to insurance and treasury`;
    steps.push({ what, to: await distributor.getAddress(), data });
  }
  for (const { info, failed, fixedTerm } of await allPools(deployment)) {
    if (failed || info.kind !== FIXED_TERM) continue;
    const { rewards, insurance, treasury, burned } = fixedTerm.unsweptPenalties;
    if (rewards + insurance + treasury + burned === 0n) continue;
    const data = FixedTermPool__factory.createInterface().encodeFunctionData("sweepPenalties");
    steps.push({ what: `Send penalties of ${nameOf(deployment, info.pool)} where they belong`, to: info.pool, data });
  }
  return steps;
}
