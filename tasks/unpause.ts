import { optional, sendingTask } from "./lib/options.ts";

export const unpause = sendingTask("unpause", "Resumes a pool, or a term; for the operator")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addOption({
    name: "term",
    description: "Resumes one term only",
    ...optional,
  })
  .setAction(async () => import("./actions/unpause.ts"))
  .build();
