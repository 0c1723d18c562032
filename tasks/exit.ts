import { ArgumentType } from "hardhat/types/arguments";

import { sendingTask } from "./lib/options.ts";

export const exit = sendingTask("exit", "Leaves a flexible pool, or a position: shows what it pays and takes, and asks")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the catalogue" })
  .addPositionalArgument({
    name: "position",
    description: "Number of the position; none for a flexible pool",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "amount",
    description: "Leaves with a part of the principal; what stays continues as a new position",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "to",
    description: "Account that is paid; by default the one that leaves",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .setAction(async () => import("./actions/exit.ts"))
  .build();
