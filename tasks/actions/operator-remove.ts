import { UserError } from "../../shared/user-error.ts";
import { ROLE } from "../../deploy/roles.ts";
import { command } from "../lib/command.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import { parseAddress } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  account: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const { access } = deployment;
    const brake = deployment.brake();
    const account = parseAddress(args.account, "The account");
    const to = await brake.getAddress();
    return {
      intent: `operator:remove ${to} ${account}`,
      async prepare() {
        if (await brake.wasRemoved(account)) throw new NothingToDo(`${account} was removed already`);
        const [since] = await access.getAccess(ROLE.operator, account);
        if (since === 0n) throw new UserError(`${account} is no operator`);
        const data = brake.interface.encodeFunctionData("removeOperator", [account]);
        // Nothing else is read: in an emergency this must not wait for a node's logs.
        return {
          preview: `${account} can never be operator again, and nothing that it scheduled can be executed any more`,
          steps: [{ what: `Remove the operator ${account}`, to, data, governed: true }],
        };
      },
    };
  }),
);
