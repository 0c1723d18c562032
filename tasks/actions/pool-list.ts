import { ZeroAddress } from "ethers";

import { FlexiblePool__factory } from "../../types/index.ts";
import { command } from "../lib/command.ts";
import { nameOf } from "../lib/deployment.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findPool } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Step } from "../lib/sender.ts";

interface Arguments extends SendingArguments {
  pool: string;
  unlist: boolean;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const { factory, provider } = deployment;
    const pool = await findPool(deployment, args.pool);
    const listed = !args.unlist;
    const to = await factory.getAddress();

    return {
      intent: `pool:list ${pool.address} ${listed}`,
      async prepare() {
        const steps: Step[] = [];
        if (pool.view.info.listed !== listed) {
          const data = factory.interface.encodeFunctionData("setListed", [pool.address, listed]);
          steps.push({ what: `${listed ? "List" : "No longer list"} ${pool.name}`, to, data, governed: true });
        }
        const rewardsPool = pool.kind === "fixed-term" ? pool.view.fixedTerm.rewardsPool : ZeroAddress;
        if (rewardsPool !== ZeroAddress) {
          // A listed pool notifies that one of the penalties that it sends there; one that is not listed may not.
          const flexible = FlexiblePool__factory.connect(rewardsPool, provider);
          if ((await flexible.isFunder(pool.address)) !== listed) {
            const data = flexible.interface.encodeFunctionData("setFunder", [pool.address, listed]);
            const what = `Let ${pool.name} ${listed ? "" : "no longer "}notify ${nameOf(deployment, rewardsPool)} of penalties`;
            steps.push({ what, to: rewardsPool, data, governed: true });
          }
        }
        if (steps.length === 0) throw new NothingToDo(`${pool.name} is ${listed ? "listed" : "unlisted"} already`);
        return { steps };
      },
    };
  }),
);
