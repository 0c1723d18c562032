import { writeFile } from "node:fs/promises";

import { DAY, formatDuration, parseDuration } from "@termstake/sdk/units";

import { buildInsuranceRound, formatInsuranceRound } from "../../shared/insurance-round.ts";
import { UserError } from "../../shared/user-error.ts";
import { namedAddress } from "../lib/protocol-config.ts";
import { command, tell } from "../lib/command.ts";
import { readCompensations } from "../lib/compensations.ts";
import { tellCreated } from "../lib/created.ts";
import { parsed, required, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { protocolAddresses } from "../lib/protocol-addresses.ts";
import { sendingAnswer } from "../lib/send.ts";
import { lookUpToken } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  list: string;
  token: string | undefined;
  claims: string | undefined;
  delay: string | undefined;
  window: string;
}

const MOST_DELAY = 90n * DAY;
const [LEAST_WINDOW, MOST_WINDOW] = [30n * DAY, 1_461n * DAY];

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const insurance = deployment.insuranceFund();
      const fund = await insurance.getAddress();
      const named = required("--token", args.token, "which token is paid");
      const token = await lookUpToken(deployment, namedAddress(deployment, named, "token"));
      const least = await insurance.minimumClaimDelay();
      const asked = args.delay === undefined ? least : parsed("--delay", args.delay, parseDuration);
      const delay = between("--delay", asked, least, MOST_DELAY);
      const window = between("--window", parsed("--window", args.window, parseDuration), LEAST_WINDOW, MOST_WINDOW);
      const compensations = await readCompensations(args.list, token);

      return {
        intent: `compensate ${fund} ${token.token} ${JSON.stringify(compensations.map(({ account, amount }) => [account, String(amount)]))}`,
        async prepare() {
          const number = await insurance.roundCount();
          const round = buildInsuranceRound(
            { chainId: deployment.chainId, fund, round: number, token: token.token },
            compensations,
            await protocolAddresses(deployment),
          );
          const available = await insurance.available(token.token);
          if (round.total > available) {
            throw new UserError(
              `The total of ${writeAmount(round.total, token)} is above the ${writeAmount(available, token)} that the fund has unreserved`,
            );
          }
          // Before anything is sent: without this file nobody can claim.
          const file = args.claims ?? `round-${number}.json`;
          await writeFile(file, `${formatInsuranceRound(round)}\n`);
          tell(`Wrote ${round.claims.length} claims to ${file}: publish it, since claims need the proofs in it`);
          const data = insurance.interface.encodeFunctionData("publishRound", [
            number,
            token.token,
            round.root,
            round.total,
            delay,
            window,
          ]);
          return {
            preview: `Claims open ${formatDuration(delay)} after the round is published, for ${formatDuration(window)}; another round published before makes this one's proofs void`,
            steps: [
              {
                what: `Publish round ${number} of ${writeAmount(round.total, token)} to ${round.claims.length} accounts`,
                to: fund,
                data,
                governed: true,
              },
            ],
          };
        },
      };
    },
    tellCreated,
  ),
);

function between(what: string, value: bigint, least: bigint, most: bigint): bigint {
  if (value >= least && value <= most) return value;
  throw new UserError(
    `${what} is ${formatDuration(value)}; it must be between ${formatDuration(least)} and ${formatDuration(most)}`,
  );
}
