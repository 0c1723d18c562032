import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import { parseAmount, parseId, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { endingsOf, withdrawalsOf } from "../lib/outflows.ts";
import { findPool, tokenOf, type FixedTermFound, type FlexibleFound } from "../lib/pools.ts";
import { findSchedule } from "../lib/schedules.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Order, Step } from "../lib/sender.ts";
import { approvalSteps, requireBalance, tokenAt } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  target: string;
  amount: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    if (/^\d+$/.test(args.target)) return fundSchedule(deployment, args);
    const pool = await findPool(deployment, args.target);
    return pool.kind === "flexible" ? fundStream(deployment, pool, args) : fundBudget(deployment, pool, args);
  }),
);

async function fundSchedule(deployment: Deployment, args: Arguments): Promise<Order> {
  const distributor = deployment.distributor();
  const { id, state, token } = await findSchedule(deployment, parseId(args.target, "The schedule"));
  const amount = parseAmount(args.amount, token);
  const spender = { name: "RewardDistributor", address: await distributor.getAddress() };
  return {
    intent: `fund schedule ${spender.address} ${id} ${amount}`,
    async prepare(from) {
      if (state.ended) throw new UserError(`Schedule ${id} has ended`);
      const usable = (state.terms.epochs - state.accruedEpochs) * state.terms.budget - state.balance;
      if (amount > usable) {
        throw new UserError(
          `${writeAmount(amount, token)} is above the ${writeAmount(usable, token)} that schedule ${id} can still use`,
        );
      }
      await requireBalance(deployment, from, token, amount);
      const data = distributor.interface.encodeFunctionData("fund", [id, amount]);
      const what = `Fund schedule ${id} with ${writeAmount(amount, token)}`;
      const warnings = await endingsOf(deployment, spender.address, id);
      return {
        ...(warnings.length === 0 ? {} : { preview: warnings.join("\n") }),
        steps: [
          ...(await approvalSteps(deployment, from, token, spender, amount)),
          { what, to: spender.address, data },
        ],
      };
    },
  };
}

function fundBudget(deployment: Deployment, pool: FixedTermFound, args: Arguments): Order {
  const token = tokenOf(pool.view.rewardsToken);
  const amount = parseAmount(args.amount, token);
  return {
    intent: `fund ${pool.address} ${amount}`,
    async prepare(from) {
      await requireBalance(deployment, from, token, amount);
      const data = pool.contract.interface.encodeFunctionData("fund", [amount]);
      const what = `Add ${writeAmount(amount, token)} to the budget of ${pool.name}`;
      return {
        preview: [
          "What is given cannot be taken back by the giver: the operator can withdraw what is not reserved",
          ...(await withdrawalsOf(deployment, pool.address)),
        ].join("\n"),
        steps: [...(await approvalSteps(deployment, from, token, pool, amount)), { what, to: pool.address, data }],
      };
    },
  };
}

function fundStream(deployment: Deployment, pool: FlexibleFound, args: Arguments): Order {
  const { contract, name, address, view } = pool;
  const token = tokenOf(view.rewardsToken);
  const amount = parseAmount(args.amount, token);
  return {
    intent: `fund ${address} ${amount}`,
    async prepare(from) {
      if (!(await contract.isFunder(from))) {
        throw new UserError(
          `${from} is no funder of ${name}: fund a schedule that pays it, whose number \`pool ${name}\` shows`,
        );
      }
      // What lies there unaccounted, perhaps since an earlier run was cut off, is used first.
      const there =
        (await tokenAt(deployment, token.token).balanceOf(address)) - (await contract.liabilities(token.token));
      const missing = amount - (there < amount ? there : amount);
      const steps: Step[] = [];
      if (missing > 0n) {
        await requireBalance(deployment, from, token, missing);
        const data = tokenAt(deployment, token.token).interface.encodeFunctionData("transfer", [address, missing]);
        steps.push({ what: `Send ${writeAmount(missing, token)} to ${name}`, to: token.token, data });
      }
      const data = contract.interface.encodeFunctionData("notifyRewardAmount", [amount]);
      steps.push({ what: `Stream ${writeAmount(amount, token)} in ${name}`, to: address, data });
      return { steps };
    },
  };
}
