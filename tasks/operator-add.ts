import { optional, sendingTask } from "./lib/options.ts";

export const operatorAdd = sendingTask(
  "operator:add",
  "Makes an account an operator, or changes the delay of one; for the admin, after its delay",
)
  .addPositionalArgument({ name: "account", description: "Who becomes an operator; one that was removed never does" })
  .addOption({
    name: "delay",
    description: "How long what it schedules waits; the shortest that the brake allows if omitted",
    ...optional,
  })
  .addOption({ name: "brake", description: "Address of the operator's brake", ...optional })
  .setAction(async () => import("./actions/operator-add.ts"))
  .build();
