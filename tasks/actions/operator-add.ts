import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { formatDuration, parseDuration } from "../../scripts/lib/units.ts";
import { findBrake } from "../lib/brake.ts";
import { command } from "../lib/command.ts";
import { parseAddress, parsed } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  account: string;
  delay: string | undefined;
  brake: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const brake = findBrake(deployment, args.brake);
    const account = parseAddress(args.account, "The operator");
    const to = await brake.getAddress();
    const least = await brake.minimumDelay();
    const delay = args.delay === undefined ? least : parsed("--delay", args.delay, parseDuration);
    return {
      intent: `operator:add ${to} ${account} ${delay}`,
      async prepare() {
        if (delay < least) {
          throw new MendableError(`--delay is ${formatDuration(delay)}; the shortest is ${formatDuration(least)}`);
        }
        if (await brake.wasRemoved(account)) {
          throw new MendableError(
            `${account} was an operator before, and what it scheduled then would come back to life: choose another account`,
          );
        }
        const data = brake.interface.encodeFunctionData("addOperator", [account, delay]);
        const what = `Make ${account} an operator that acts after ${formatDuration(delay)}`;
        return { steps: [{ what, to, data, governed: true }] };
      },
    };
  }),
);
