import { sendingTask } from "./lib/options.ts";

export const roundCancel = sendingTask(
  "round:cancel",
  "Cancels a round of compensation before its claims open, at once; for the guardian",
)
  .addPositionalArgument({ name: "round", description: "Its number" })
  .setAction(async () => import("./actions/round-cancel.ts"))
  .build();
