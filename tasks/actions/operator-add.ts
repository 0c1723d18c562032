import { formatDuration, parseDuration } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import { ROLE } from "../../deploy/roles.ts";
import { command } from "../lib/command.ts";
import { parseAddress, parsed } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  account: string;
  delay: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const brake = deployment.brake();
    const account = parseAddress(args.account, "The account");
    const to = await brake.getAddress();
    const least = await brake.minimumDelay();
    const delay = args.delay === undefined ? least : parsed("--delay", args.delay, parseDuration);
    if (delay < least)
      throw new UserError(`--delay is ${formatDuration(delay)}; the least is ${formatDuration(least)}`);
    return {
      intent: `operator:add ${to} ${account} ${delay}`,
      async prepare() {
        if (await brake.wasRemoved(account)) {
          throw new UserError(
            `${account} was removed: what it scheduled would run again, so that it can never be operator again. Take another account`,
          );
        }
        const [since, current] = await deployment.access.getAccess(ROLE.operator, account);
        const now = since === 0n ? "" : `, which has waited ${formatDuration(current)} so far`;
        const data = brake.interface.encodeFunctionData("addOperator", [account, delay]);
        const what = `Make ${account} an operator who waits ${formatDuration(delay)}${now}`;
        return { steps: [{ what, to, data, governed: true }] };
      },
    };
  }),
);
