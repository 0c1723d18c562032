import { checkStake } from "@termstake/sdk/checks";

import { command } from "../lib/command.ts";
import { parseAddress, parseAmount, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFlexiblePool, tokenOf } from "../lib/pools.ts";
import { refuseFor } from "../lib/refuse.ts";
import { sendingAnswer } from "../lib/send.ts";
import { approvalSteps, requireBalance } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  pool: string;
  amount: string;
  for: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const pool = await findFlexiblePool(deployment, args.pool);
    const token = tokenOf(pool.view.stakingToken);
    const amount = parseAmount(args.amount, token);
    const account = args.for === undefined ? undefined : parseAddress(args.for, "--for");

    return {
      intent: `stake ${pool.address} ${amount} for ${account ?? "oneself"}`,
      async prepare(from) {
        refuseFor(pool, checkStake(pool.state, amount));
        await requireBalance(deployment, from, token, amount);
        const { interface: coder } = pool.contract;
        const what = `Stake ${writeAmount(amount, token)} in ${pool.name}${account === undefined ? "" : ` for ${account}`}`;
        const data =
          account === undefined
            ? coder.encodeFunctionData("stake", [amount])
            : coder.encodeFunctionData("stakeFor", [account, amount]);
        return {
          steps: [...(await approvalSteps(deployment, from, token, pool, amount)), { what, to: pool.address, data }],
        };
      },
    };
  }),
);
