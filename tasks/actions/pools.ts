import { table } from "../../shared/table.ts";
import { command } from "../lib/command.ts";
import { latestTime, nameOf, withDeployment } from "../lib/deployment.ts";
import { poolData, writeBudget, writeOffer, writeOwed, writeState, writeTotal } from "../lib/describe-pool.ts";
import type { ReadingArguments } from "../lib/options.ts";
import { allPools, tokenOf } from "../lib/pools.ts";

export default command<ReadingArguments>(async (args, hre) =>
  withDeployment(hre, args, async (deployment) => {
    const [views, now] = [await allPools(deployment), await latestTime(deployment)];
    const rows = views.map((view) => {
      const { pool } = view.info;
      const name = nameOf(deployment, pool);
      return [
        name === pool ? pool : `${name}\n${pool}`,
        view.failed ? "" : `${tokenOf(view.stakingToken).symbol} for ${tokenOf(view.rewardsToken).symbol}`,
        writeOffer(view, now),
        writeTotal(view),
        writeBudget(view, now),
        writeOwed(view),
        writeState(view),
      ];
    });
    return {
      data: views.map((view) => poolData(deployment, view, now)),
      text: table(["pool", "stake", "rates", "staked", "budget", "rewards owed", ""], rows),
    };
  }),
);
