import { checkEarlyWithdrawal, checkWithdrawal } from "@termstake/sdk/checks";
import { formatMoment } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { latestTime, type Deployment } from "../lib/deployment.ts";
import { parseAddress, parseAmount, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findPool, tokenOf, type FixedTermFound, type FlexibleFound } from "../lib/pools.ts";
import { eventsOf, wholeOf } from "../lib/receipts.ts";
import { refuseFor } from "../lib/refuse.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Order } from "../lib/sender.ts";
import { findPosition, findTerm } from "../lib/terms.ts";

interface Arguments extends SendingArguments {
  pool: string;
  position: string | undefined;
  amount: string | undefined;
  to: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const pool = await findPool(deployment, args.pool);
      return pool.kind === "flexible" ? leavePool(pool, args) : leavePosition(deployment, pool, args);
    },
    async (deployment, { logs }) => {
      const pool = await findPool(deployment, args.pool);
      if (pool.kind === "flexible") return {};
      const [early] = eventsOf(pool.contract, logs, "WithdrawnEarly");
      const remainder = early === undefined ? 0n : wholeOf(early.args, "remainderId");
      if (remainder === 0n) return {};
      return { data: { remainder }, text: `What stays continues as position ${remainder}` };
    },
  ),
);

function leavePool({ contract, view, name, address }: FlexibleFound, args: Arguments): Order {
  if (args.position !== undefined || args.amount !== undefined || args.to !== undefined) {
    throw new UserError(
      `${name} is a flexible pool, which is left as a whole: \`unstake\` withdraws a part, \`claim --to\` pays another`,
    );
  }
  return {
    intent: `exit ${address}`,
    async prepare(from) {
      const [staked, earned] = [await contract.balanceOf(from), await contract.earned(from)];
      if (staked === 0n) throw new UserError(`${from} has nothing staked in ${name}`);
      const [principal, reward] = [
        writeAmount(staked, tokenOf(view.stakingToken)),
        writeAmount(earned, tokenOf(view.rewardsToken)),
      ];
      return {
        preview: `It pays ${principal}, and ${reward} of rewards`,
        alwaysAsk: true,
        steps: [{ what: `Leave ${name}`, to: address, data: contract.interface.encodeFunctionData("exit") }],
      };
    },
  };
}

function leavePosition(deployment: Deployment, pool: FixedTermFound, args: Arguments): Order {
  const { contract, view, name, address } = pool;
  const [staking, rewards] = [tokenOf(view.stakingToken), tokenOf(view.rewardsToken)];
  const { position: wanted } = args;
  if (wanted === undefined) throw new UserError(`Say which position of ${name} to leave: \`positions\` lists them`);
  const part = args.amount === undefined ? undefined : parseAmount(args.amount, staking, "--amount");
  const to = args.to === undefined ? undefined : parseAddress(args.to, "--to");

  return {
    intent: `exit ${address} ${wanted} ${part ?? "all"} to ${to ?? "oneself"}`,
    async prepare(from) {
      const { position, caller } = await findPosition(pool, wanted, from);
      const { id, principal, reward, maturity, termId } = position;
      const amount = part ?? principal;
      const receiver = to ?? from;
      const now = await latestTime(deployment);
      if (maturity <= now && part === undefined) {
        refuseFor(pool, checkWithdrawal(pool, position, caller, { now, receiver }));
        return {
          preview: `Position ${id} is mature: it pays ${writeAmount(principal, staking)} and a reward of ${writeAmount(reward, rewards)} to ${receiver}`,
          alwaysAsk: true,
          steps: [
            {
              what: `Withdraw position ${id} of ${name} to ${receiver}`,
              to: address,
              data: contract.interface.encodeFunctionData("withdraw", [id, receiver]),
            },
          ],
        };
      }
      const term = await findTerm(pool, String(termId));
      refuseFor(pool, checkEarlyWithdrawal(pool, term, position, caller, amount, { now, receiver }));
      const [principalOut, rewardOut, penalty, forfeited] = await contract.previewWithdrawEarly(id, amount);
      return {
        preview: [
          `Leaving now with ${writeAmount(amount, staking)} of position ${id}, which matures on ${formatMoment(maturity)}:`,
          `  pays ${writeAmount(principalOut, staking)} and a reward of ${writeAmount(rewardOut, rewards)} to ${receiver}`,
          `  takes a penalty of ${writeAmount(penalty, staking)}, and ${writeAmount(forfeited, rewards)} of accrued reward are forfeited`,
          `  at maturity it would pay ${writeAmount(amount, staking)} and ${writeAmount((reward * amount) / principal, rewards)}`,
        ].join("\n"),
        alwaysAsk: true,
        steps: [
          {
            what: `Leave position ${id} of ${name} with ${writeAmount(amount, staking)}`,
            to: address,
            // What it pays only grows with time: less than what was shown is not accepted.
            data: contract.interface.encodeFunctionData("withdrawEarly", [
              id,
              amount,
              receiver,
              principalOut,
              rewardOut,
            ]),
          },
        ],
      };
    },
  };
}
