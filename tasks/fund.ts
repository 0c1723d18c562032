import { sendingTask } from "./lib/options.ts";

export const fund = sendingTask(
  "fund",
  "Funds a schedule, the budget of a fixed-term pool, or, for its funders, the stream of a flexible pool",
)
  .addPositionalArgument({ name: "target", description: "Number of a schedule, or a pool" })
  .addPositionalArgument({ name: "amount", description: "Whole rewards tokens, such as 12.5" })
  .setAction(async () => import("./actions/fund.ts"))
  .build();
