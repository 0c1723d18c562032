import { sendingTask } from "./lib/options.ts";

export const execute = sendingTask("execute", "Executes a scheduled operation whose delay is over")
  .addPositionalArgument({ name: "operation", description: "Its id; `operations` lists them" })
  .setAction(async () => import("./actions/execute.ts"))
  .build();
