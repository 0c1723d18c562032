import { optional, sendingTask } from "./lib/options.ts";

export const penaltySplit = sendingTask(
  "penalty-split",
  "Shows where penalties go, or changes who insurance and treasury are; for the operator",
)
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addOption({
    name: "insurance",
    description: "New recipient of the insurance share",
    ...optional,
  })
  .addOption({
    name: "treasury",
    description: "New recipient of the treasury share",
    ...optional,
  })
  .setAction(async () => import("./actions/penalty-split.ts"))
  .build();
