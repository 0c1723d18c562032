import { formatMoment } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { tellCreated } from "../lib/created.ts";
import { findOperation } from "../lib/operations.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  operation: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const { access } = deployment;
      const to = await access.getAddress();
      return {
        intent: `execute ${to} ${args.operation.toLowerCase()}`,
        async prepare(from) {
          const {
            id,
            caller,
            target,
            data: call,
            call: told,
            runsFrom,
            expires,
            state,
          } = await findOperation(deployment, args.operation);
          if (state === "waiting") throw new UserError(`Operation ${id} may run from ${formatMoment(runsFrom)} on`);
          if (state === "expired")
            throw new UserError(`Operation ${id} expired on ${formatMoment(expires)}: schedule it again`);
          if (state === "revoked")
            throw new UserError(`Operation ${id} can no longer be executed: ${caller} has lost the role for it`);
          if (caller !== from)
            throw new UserError(`Operation ${id} was scheduled by ${caller}, who alone can execute it, not by ${from}`);
          const data = access.interface.encodeFunctionData("execute", [target, call]);
          return { steps: [{ what: `Execute ${told}`, to, data }] };
        },
      };
    },
    tellCreated,
  ),
);
