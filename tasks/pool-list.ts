import { sendingTask } from "./lib/options.ts";

export const poolList = sendingTask(
  "pool:list",
  "Lists a pool as the team's own, and lets it notify its rewards pool; for the operator",
)
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addFlag({ name: "unlist", description: "No longer lists it" })
  .setAction(async () => import("./actions/pool-list.ts"))
  .build();
