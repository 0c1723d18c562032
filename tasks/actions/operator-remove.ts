import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { findBrake } from "../lib/brake.ts";
import { command } from "../lib/command.ts";
import { parseAddress } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  account: string;
  brake: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const brake = findBrake(deployment, args.brake);
    const account = parseAddress(args.account, "The operator");
    const to = await brake.getAddress();
    return {
      intent: `operator:remove ${to} ${account}`,
      async prepare() {
        const [since] = await deployment.access.getAccess(await brake.operatorRole(), account);
        if (since === 0n) throw new MendableError(`${account} is no operator`);
        const data = brake.interface.encodeFunctionData("removeOperator", [account]);
        return {
          preview: `${account} can never be an operator again: the admin names another with \`operator:add\`, after its delay`,
          steps: [{ what: `Remove the operator ${account} and all that it has scheduled`, to, data, governed: true }],
        };
      },
    };
  }),
);
