import { optional, sendingTask } from "./lib/options.ts";

export const claim = sendingTask(
  "claim",
  "Claims the rewards that a flexible pool pays, or that a fixed-term pool owes since a transfer failed",
)
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addOption({
    name: "to",
    description: "Account that is paid; by default the one that claims",
    ...optional,
  })
  .setAction(async () => import("./actions/claim.ts"))
  .build();
