import { checkUnstake } from "@termstake/sdk/checks";

import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { parseAmount, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFlexiblePool, tokenOf } from "../lib/pools.ts";
import { refuseFor } from "../lib/refuse.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  pool: string;
  amount: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const pool = await findFlexiblePool(deployment, args.pool);
    const token = tokenOf(pool.view.stakingToken);
    const wanted = args.amount === "all" ? undefined : parseAmount(args.amount, token);

    return {
      intent: `unstake ${pool.address} ${wanted ?? "all"}`,
      async prepare(from) {
        const staked = await pool.contract.balanceOf(from);
        if (staked === 0n) throw new UserError(`${from} has nothing staked in ${pool.name}`);
        const amount = wanted ?? staked;
        refuseFor(pool, checkUnstake(pool, { account: from, staked }, amount));
        const data = pool.contract.interface.encodeFunctionData("withdraw", [amount]);
        return {
          steps: [{ what: `Withdraw ${writeAmount(amount, token)} from ${pool.name}`, to: pool.address, data }],
        };
      },
    };
  }),
);
