import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { table } from "../../shared/table.ts";
import { namedAddress } from "../lib/protocol-config.ts";
import { command, type Answer } from "../lib/command.ts";
import { nameOf, withDeployment, type Deployment } from "../lib/deployment.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import { parseAddress, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { allSchedules } from "../lib/schedules.ts";
import { sendingAnswer } from "../lib/send.ts";
import { lookUpToken } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  insurance: string | undefined;
  treasury: string | undefined;
  tokens: string | undefined;
}

export default command<Arguments>(async (args, hre) => {
  if (args.insurance === undefined && args.treasury === undefined) return show(args, hre);
  return sendingAnswer(hre, args, async (deployment) => {
    const distributor = deployment.distributor();
    const to = await distributor.getAddress();
    const now = await distributor.recipients();
    const recipient = (given: string | undefined, current: string, what: string) =>
      given === undefined ? current : parseAddress(given, what);
    const insurance = recipient(args.insurance, now.insurance, "--insurance");
    const treasury = recipient(args.treasury, now.treasury, "--treasury");
    const tokens = await tokensOf(deployment, args.tokens);
    return {
      intent: `recipients ${to} ${insurance} ${treasury} ${tokens.join(",")}`,
      prepare() {
        if (insurance === now.insurance && treasury === now.treasury)
          throw new NothingToDo("These are the distributor's recipients already");
        const data = distributor.interface.encodeFunctionData("setRecipients", [insurance, treasury, tokens]);
        const names = tokens.map((token) => nameOf(deployment, token)).join(", ");
        return Promise.resolve({
          preview: `Fees in ${names} that have accrued until then go to the present recipients first`,
          steps: [
            {
              what: `Send the insurance's share of fees to ${insurance}, the treasury's to ${treasury}`,
              to,
              data,
              governed: true,
            },
          ],
        });
      },
    };
  });
});

/** Tokens that are named, or those of all schedules. */
async function tokensOf(deployment: Deployment, text: string | undefined): Promise<string[]> {
  if (text !== undefined) return text.split(",").map((name) => namedAddress(deployment, name.trim(), "token"));
  return [...new Set((await allSchedules(deployment)).map(({ token }) => token.token))];
}

async function show(args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Answer> {
  return withDeployment(hre, args, async (deployment) => {
    const distributor = deployment.distributor();
    const { insurance, treasury } = await distributor.recipients();
    const fees = [];
    for (const address of await tokensOf(deployment, args.tokens)) {
      const [token, owed] = [await lookUpToken(deployment, address), await distributor.feesOwed(address)];
      fees.push({ token, insurance: owed.insurance, treasury: owed.treasury });
    }
    const rows = [
      ["insurance", nameOf(deployment, insurance), fees.map((fee) => writeAmount(fee.insurance, fee.token)).join("\n")],
      ["treasury", nameOf(deployment, treasury), fees.map((fee) => writeAmount(fee.treasury, fee.token)).join("\n")],
    ];
    return { data: { insurance, treasury, fees }, text: table(["fees", "go to", "wait to be swept"], rows) };
  });
}
