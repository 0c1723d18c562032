import { formatMoment, formatSpan } from "@termstake/sdk/units";

import { table } from "../../shared/table.ts";
import { command } from "../lib/command.ts";
import { latestTime, withDeployment } from "../lib/deployment.ts";
import { pendingOperations, type Operation } from "../lib/operations.ts";
import type { ReadingArguments } from "../lib/options.ts";

export default command<ReadingArguments>(async (args, hre) =>
  withDeployment(hre, args, async (deployment) => {
    const [operations, now] = [await pendingOperations(deployment), await latestTime(deployment)];
    const when: Record<Operation["state"], (runsFrom: bigint) => string> = {
      waiting: (runsFrom) => `${formatMoment(runsFrom)}\nin ${formatSpan(runsFrom - now)}`,
      ready: () => "now",
      revoked: () => "no longer: the role is revoked",
      expired: () => "expired",
    };
    const rows = operations.map(({ id, call, caller, runsFrom, expires, state }) => [
      `${id}\n${call.length > 100 ? `${call.slice(0, 99)}…` : call}`,
      caller,
      when[state](runsFrom),
      formatMoment(expires),
    ]);
    return {
      data: operations.map((operation) => ({
        ...operation,
        runsFrom: Number(operation.runsFrom),
        expires: Number(operation.expires),
      })),
      text: rows.length === 0 ? "Nothing is pending" : table(["operation", "scheduled by", "may run", "until"], rows),
    };
  }),
);
