import { optional, sendingTask } from "./lib/options.ts";

export const stake = sendingTask("stake", "Stakes in a flexible pool, for oneself or for another account")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({ name: "amount", description: "Whole staking tokens, such as 12.5" })
  .addOption({
    name: "for",
    description: "Account that gets the stake, and alone can withdraw it",
    ...optional,
  })
  .setAction(async () => import("./actions/stake.ts"))
  .build();
