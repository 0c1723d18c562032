import { ArgumentType } from "hardhat/types/arguments";

import { CONFIRMATIONS, JOURNAL, optional, readingTask, TIMEOUT } from "./lib/options.ts";

/** `hardhat keeper` */
export const keeperTask = readingTask(
  "keeper",
  "Distributes epochs that are due, and renews positions whose owners asked for it, where that would succeed",
)
  .addOption({
    name: "from",
    description: "Account that pays for the gas; by default the network's first",
    ...optional,
  })
  .addOption({
    name: "pools",
    description: "Renews in these pools too, though they are not listed: names or addresses, separated by commas",
    ...optional,
  })
  .addFlag({ name: "once", description: "Does what is due now, and ends" })
  .addFlag({ name: "dryRun", description: "Says what is due and would succeed, and sends nothing" })
  .addOption({ name: "maxGasPrice", description: "Most gwei to pay for a unit of gas", defaultValue: "50" })
  .addOption({
    name: "interval",
    description: "Seconds between two looks at the chain",
    type: ArgumentType.FLOAT,
    defaultValue: 30,
  })
  .addOption({
    name: "jitter",
    description: "Most seconds to wait before sending, so that keepers on other machines do not send at the same time",
    type: ArgumentType.FLOAT,
    defaultValue: 20,
  })
  .addOption(CONFIRMATIONS)
  .addOption(TIMEOUT)
  .addOption(JOURNAL)
  .setAction(async () => import("./actions/keeper.ts"))
  .build();
