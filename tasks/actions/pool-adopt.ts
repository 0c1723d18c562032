import { RESTRICTED_FUNCTIONS, ROLE, selectorOf } from "../../deploy/roles.ts";
import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findPool } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Step } from "../lib/sender.ts";

interface Arguments extends SendingArguments {
  pool: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const { access } = deployment;
    const pool = await findPool(deployment, args.pool);
    const authority = await pool.contract.authority();
    const to = await access.getAddress();
    if (authority !== to) throw new UserError(`${pool.name} answers to ${authority}, not to this deployment's ${to}`);
    const kind = pool.kind === "flexible" ? "FlexiblePool" : "FixedTermPool";

    return {
      intent: `pool:adopt ${pool.address}`,
      async prepare() {
        const steps: Step[] = [];
        for (const role of ["operator", "guardian"] as const) {
          const selectors = [];
          for (const name of RESTRICTED_FUNCTIONS[kind][role]) {
            const selector = selectorOf(kind, name);
            if ((await access.getTargetFunctionRole(pool.address, selector)) !== ROLE[role]) selectors.push(selector);
          }
          if (selectors.length === 0) continue;
          const data = access.interface.encodeFunctionData("setTargetFunctionRole", [
            pool.address,
            selectors,
            ROLE[role],
          ]);
          steps.push({ what: `Give functions of ${pool.name} to the ${role}`, to, data, governed: true });
        }
        if (steps.length === 0) throw new NothingToDo(`The functions of ${pool.name} belong to the roles already`);
        return { steps };
      },
    };
  }),
);
