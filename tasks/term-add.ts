import { optional, sendingTask } from "./lib/options.ts";

export const termAdd = sendingTask("term:add", "Adds a term to a fixed-term pool; for the operator")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addOption({ name: "duration", description: 'Time to maturity, such as "90 days"', ...optional })
  .addOption({ name: "rate", description: 'Yearly rate, such as "6 %"', ...optional })
  .addOption({ name: "minimum", description: "Least principal, in whole staking tokens", ...optional })
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
    ...optional,
  })
  .addOption({
    name: "penaltyEnd",
    description: 'Share of principal that leaving at the end costs, such as "1 %"',
    ...optional,
  })
  .addOption({
    name: "forfeited",
    description: 'Share of the accrued reward that leaving early forfeits, such as "50 %"',
    ...optional,
  })
  .setAction(async () => import("./actions/term-add.ts"))
  .build();
