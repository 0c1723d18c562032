import { UserError } from "../../shared/user-error.ts";
import { ROLE } from "../../deploy/roles.ts";
import { roleName } from "../lib/access.ts";
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
        const role = await access.getTargetFunctionRole(target, call.slice(0, 10));
        const guardian = await access.getRoleGuardian(role);
        const holds = async (held: bigint) => (await access.hasRole(held, from)).isMember;
        if (caller !== from && !(await holds(ROLE.admin)) && !(await holds(guardian))) {
          throw new UserError(
            `Operation ${id} can be cancelled by ${caller}, who scheduled it, by the ${roleName(guardian)} and by the admin, not by ${from}`,
          );
        }
        const data = access.interface.encodeFunctionData("cancel", [caller, target, call]);
        return { steps: [{ what: `Cancel ${told}`, to, data }] };
      },
    };
  }),
);
