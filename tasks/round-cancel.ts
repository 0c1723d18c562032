import { sendingTask } from "./lib/options.ts";

export const roundCancel = sendingTask(
  "round:cancel",
  "Cancels a round of compensation before its claims open, at once; for the guardian",
)
  .addPositionalArgument({ name: "round", description: "Number of the round" })
  .setAction(async () => import("./actions/round-cancel.ts"))
  .build();
