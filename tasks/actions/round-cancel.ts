import { formatMoment } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import { parseId, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";
import { lookUpToken } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  round: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const fund = deployment.insuranceFund();
    const to = await fund.getAddress();
    const round = parseId(args.round, "The round");
    return {
      intent: `round:cancel ${to} ${round}`,
      async prepare() {
        const count = await fund.roundCount();
        if (round >= count)
          throw new UserError(
            `There is no round ${round}: ${count === 0n ? "there are none" : `the last is ${count - 1n}`}`,
          );
        const { token, total, claimed, opensAt, closed } = await fund.rounds(round);
        if (closed) throw new NothingToDo(`Round ${round} was cancelled or closed already`);
        if (opensAt <= (await latestTime(deployment)))
          throw new UserError(
            `The claims of round ${round} opened on ${formatMoment(opensAt)}: it can no longer be cancelled`,
          );
        const amount = writeAmount(total - claimed, await lookUpToken(deployment, token));
        const data = fund.interface.encodeFunctionData("cancelRound", [round]);
        return {
          preview: `The ${amount} that it reserves are free again`,
          steps: [{ what: `Cancel round ${round}`, to, data, governed: true }],
        };
      },
    };
  }),
);
