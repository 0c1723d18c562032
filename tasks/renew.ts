import { optional, sendingTask } from "./lib/options.ts";

export const renew = sendingTask("renew", "Renews a mature position, or asks that anybody may at its maturity")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({ name: "position", description: "Number of the position" })
  .addOption({
    name: "term",
    description: "Number of the new term; by default the one that it has",
    ...optional,
  })
  .addFlag({
    name: "auto",
    description: "Sets auto-renew: anybody may renew it from maturity on, while the window lasts",
  })
  .addOption({
    name: "window",
    description: "With --auto: how long after maturity it may be renewed, 1 hour to 30 days; by default 7 days",
    ...optional,
  })
  .addFlag({
    name: "repeats",
    description: "With --auto: the new position auto-renews too, until that is cancelled",
  })
  .addFlag({ name: "cancel", description: "Cancels auto-renew: for certain only until maturity" })
  .setAction(async () => import("./actions/renew.ts"))
  .build();
