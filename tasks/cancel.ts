import { sendingTask } from "./lib/options.ts";

export const cancel = sendingTask(
  "cancel",
  "Cancels a scheduled operation; for who scheduled it, the guardian of its role, and the admin",
)
  .addPositionalArgument({ name: "operation", description: "Its id; `operations` lists them" })
  .setAction(async () => import("./actions/cancel.ts"))
  .build();
