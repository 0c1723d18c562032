import { sendingTask } from "./lib/options.ts";

export const unstake = sendingTask("unstake", "Withdraws from a flexible pool, at any time and without penalty")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({ name: "amount", description: "Whole staking tokens, or all" })
  .setAction(async () => import("./actions/unstake.ts"))
  .build();
