import { checkOpening } from "@termstake/sdk/checks";
import { promisedReward } from "@termstake/sdk/math";
import { formatMoment } from "@termstake/sdk/units";

import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { parseAddress, parseAmount, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf } from "../lib/pools.ts";
import { eventsOf, wholeOf } from "../lib/receipts.ts";
import { refuseFor } from "../lib/refuse.ts";
import { sendingAnswer } from "../lib/send.ts";
import { findTerm } from "../lib/terms.ts";
import { approvalSteps, requireBalance } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  pool: string;
  term: string;
  amount: string;
  to: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const pool = await findFixedTermPool(deployment, args.pool);
      const [staking, rewards] = [tokenOf(pool.view.stakingToken), tokenOf(pool.view.rewardsToken)];
      const term = await findTerm(pool, args.term);
      const amount = parseAmount(args.amount, staking);
      const to = args.to === undefined ? undefined : parseAddress(args.to, "--to");

      return {
        intent: `open ${pool.address} ${term.id} ${amount} to ${to ?? "oneself"}`,
        async prepare(from) {
          const reward = promisedReward(term, amount, pool.state.conversion);
          refuseFor(pool, checkOpening(pool.state, term, amount, { receiver: to ?? from }));
          const maturity = (await latestTime(deployment)) + term.duration;
          await requireBalance(deployment, from, staking, amount);
          const owner = to ?? from;
          const data = pool.contract.interface.encodeFunctionData("open", [term.id, amount, owner, reward]);
          const what = `Lock ${writeAmount(amount, staking)} in term ${term.id} of ${pool.name} for ${owner}`;
          return {
            preview: `It pays ${writeAmount(reward, rewards)} besides the principal, on ${formatMoment(maturity)}`,
            steps: [
              ...(await approvalSteps(deployment, from, staking, pool, amount)),
              { what, to: pool.address, data },
            ],
          };
        },
      };
    },
    async (deployment, { logs }) => {
      const { contract, view } = await findFixedTermPool(deployment, args.pool);
      const [opened] = eventsOf(contract, logs, "Opened");
      if (opened === undefined) return {};
      const { args: values } = opened;
      const [position, reward] = [wholeOf(values, "positionId"), wholeOf(values, "reward")];
      const maturity = wholeOf(values, "maturity");
      return {
        data: { position, reward, maturity: Number(maturity) },
        text: `Position ${position}: ${writeAmount(reward, tokenOf(view.rewardsToken))} are reserved for it until ${formatMoment(maturity)}`,
      };
    },
  ),
);
