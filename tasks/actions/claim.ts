import { command } from "../lib/command.ts";
import { parseAddress, writeAmount } from "../lib/inputs.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findPool, tokenOf } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  pool: string;
  to: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const pool = await findPool(deployment, args.pool);
    const token = tokenOf(pool.view.rewardsToken);
    const to = args.to === undefined ? undefined : parseAddress(args.to, "--to");

    return {
      intent: `claim ${pool.address} to ${to ?? "oneself"}`,
      async prepare(from) {
        const receiver = to ?? from;
        const { kind, contract } = pool;
        const due = kind === "flexible" ? await contract.earned(from) : await contract.owed(from);
        if (due === 0n) {
          const hint = kind === "flexible" ? "" : "; the reward of a position is paid when it is left: `exit`";
          throw new NothingToDo(`There is nothing for ${from} to claim in ${pool.name}${hint}`);
        }
        const data =
          kind === "flexible"
            ? contract.interface.encodeFunctionData("getRewardTo", [receiver])
            : contract.interface.encodeFunctionData("claimOwed", [receiver]);
        return {
          preview: `There are ${writeAmount(due, token)} to claim, and what is earned until it is mined`,
          steps: [{ what: `Claim the rewards in ${pool.name} for ${receiver}`, to: pool.address, data }],
        };
      },
    };
  }),
);
