import { optional, sendingTask } from "./lib/options.ts";

export const operatorRemove = sendingTask(
  "operator:remove",
  "Removes an operator with everything that it has scheduled, at once and for good; for the guardian",
)
  .addPositionalArgument({ name: "account", description: "Whose role is taken" })
  .addOption({ name: "brake", description: "Address of the operator's brake", ...optional })
  .setAction(async () => import("./actions/operator-remove.ts"))
  .build();
