import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { parseId, writeAmount, writeMoment } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { sendingAnswer } from "../lib/send.ts";
import { lookUpToken } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  round: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const insurance = deployment.insuranceFund();
    const number = parseId(args.round, "The round");
    const to = await insurance.getAddress();
    return {
      intent: `round:cancel ${to} ${number}`,
      async prepare() {
        const count = await insurance.roundCount();
        if (number >= count) throw new MendableError(`There is no round ${number}: the fund has had ${count}`);
        const round = await insurance.rounds(number);
        if (round.closed) throw new MendableError(`Round ${number} was cancelled or closed`);
        if (round.opensAt <= (await latestTime(deployment))) {
          throw new MendableError(`Claims of round ${number} have been open since ${writeMoment(round.opensAt)}`);
        }
        const token = await lookUpToken(deployment, round.token);
        const data = insurance.interface.encodeFunctionData("cancelRound", [number]);
        const what = `Cancel round ${number} of ${writeAmount(round.total, token)}`;
        return { steps: [{ what, to, data, governed: true }] };
      },
    };
  }),
);
