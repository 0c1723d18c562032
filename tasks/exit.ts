import { optional, sendingTask } from "./lib/options.ts";

export const exit = sendingTask("exit", "Leaves a flexible pool, or a position: shows what it pays and takes, and asks")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({
    name: "position",
    description: "Number of the position; none for a flexible pool",
    ...optional,
  })
  .addOption({
    name: "amount",
    description: "Leaves with a part of the principal; what stays continues as a new position",
    ...optional,
  })
  .addOption({
    name: "to",
    description: "Account that is paid; by default the one that leaves",
    ...optional,
  })
  .setAction(async () => import("./actions/exit.ts"))
  .build();
