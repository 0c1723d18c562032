import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { ROLE } from "../../scripts/lib/roles.ts";
import { command } from "../lib/command.ts";
import { findOperation } from "../lib/operations.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  operation: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const { access } = deployment;
    const to = await access.getAddress();
    return {
      intent: `cancel ${to} ${args.operation.toLowerCase()}`,
      async prepare(from) {
        const { id, caller, target, data: call, call: told } = await findOperation(deployment, args.operation);
        const isAdmin = (await access.hasRole(ROLE.admin, from)).isMember;
        if (caller !== from && !isAdmin) {
          throw new MendableError(
            `Operation ${id} can be cancelled by ${caller}, who scheduled it, and by the admin, not by ${from}`,
          );
        }
        const data = access.interface.encodeFunctionData("cancel", [caller, target, call]);
        return { steps: [{ what: `Cancel ${told}`, to, data }] };
      },
    };
  }),
);
