import { sendingTask } from "./lib/options.ts";

export const poolAdopt = sendingTask(
  "pool:adopt",
  "Gives the restricted functions of a pool to operator and guardian; for the admin",
)
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .setAction(async () => import("./actions/pool-adopt.ts"))
  .build();
