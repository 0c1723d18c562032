import { sendingTask } from "./lib/options.ts";

export const operatorRemove = sendingTask(
  "operator:remove",
  "Takes the operator's role from an account, at once and for ever; for the guardian",
)
  .addPositionalArgument({ name: "account", description: "Address of the operator" })
  .setAction(async () => import("./actions/operator-remove.ts"))
  .build();
