import { ArgumentType } from "hardhat/types/arguments";

import { optional, sendingTask } from "./lib/options.ts";

export const scheduleCreate = sendingTask("schedule:create", "Creates an emission schedule; for the operator")
  .addOption({
    name: "token",
    description: "Token that it pays: its address, or its name in the protocol config",
    ...optional,
  })
  .addOption({ name: "epoch", description: '"1 day", "7 days" or "30 days"', defaultValue: "7 days" })
  .addOption({ name: "budget", description: "Whole tokens an epoch, fee included", ...optional })
  .addOption({
    name: "start",
    description: 'Start of the first epoch, such as "2030-01-31T12:00:00Z"',
    ...optional,
  })
  .addOption({ name: "epochs", description: "Number of epochs", type: ArgumentType.INT, defaultValue: 52 })
  .addOption({
    name: "fee",
    description: 'Share of the budget for treasury and insurance, such as "5 %"',
    defaultValue: "0 %",
  })
  .addOption({
    name: "weights",
    description: 'Pools and their weights, such as "Flexible=70,Fixed=30"',
    ...optional,
  })
  .setAction(async () => import("./actions/schedule-create.ts"))
  .build();
