import { optional, sendingTask } from "./lib/options.ts";

export const distribute = sendingTask("distribute", "Pays pools what has accrued to them; anybody may")
  .addPositionalArgument({ name: "schedule", description: "Number of the schedule, or all", defaultValue: "all" })
  .addOption({
    name: "pool",
    description: "Pays this pool only",
    ...optional,
  })
  .addFlag({ name: "sweep", description: "Also sends fees and penalties that wait to where they belong" })
  .setAction(async () => import("./actions/distribute.ts"))
  .build();
