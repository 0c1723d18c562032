import { sendingTask } from "./lib/options.ts";

export const cancel = sendingTask("cancel", "Cancels a scheduled operation")
  .addPositionalArgument({ name: "operation", description: "Its id; `operations` lists them" })
  .setAction(async () => import("./actions/cancel.ts"))
  .build();
