import { sendingTask } from "./lib/options.ts";

export const termAdd = sendingTask("term:add", "Adds a term to a fixed-term pool; for the operator")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the catalogue" })
  .addOption({ name: "duration", description: 'Time to maturity, such as "90 days"', defaultValue: "" })
  .addOption({ name: "rate", description: 'Yearly rate, such as "6 %"', defaultValue: "" })
  .addOption({ name: "minimum", description: "Least principal, in whole staking tokens", defaultValue: "" })
  .addOption({
    name: "principalCap",
    description: "Most open principal, in whole staking tokens, or none",
    defaultValue: "none",
  })
  .addOption({
    name: "rewardCap",
    description: "Most reserved reward, in whole rewards tokens, or none",
    defaultValue: "none",
  })
  .addOption({
    name: "penaltyStart",
    description: 'Share of principal that leaving at once costs, such as "3 %"',
    defaultValue: "",
  })
  .addOption({
    name: "penaltyEnd",
    description: 'Share of principal that leaving at the end costs, such as "1 %"',
    defaultValue: "",
  })
  .addOption({
    name: "forfeited",
    description: 'Share of the accrued reward that leaving early forfeits, such as "50 %"',
    defaultValue: "",
  })
  .setAction(async () => import("./actions/term-add.ts"))
  .build();
