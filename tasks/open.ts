import { optional, sendingTask } from "./lib/options.ts";

export const open = sendingTask("open", "Opens a position in a fixed-term pool")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({ name: "term", description: "Number of the term; `pool` shows them" })
  .addPositionalArgument({ name: "amount", description: "Whole staking tokens, such as 12.5" })
  .addOption({
    name: "to",
    description: "Account that owns the position; by default the one that pays",
    ...optional,
  })
  .setAction(async () => import("./actions/open.ts"))
  .build();
