import { optional, sendingTask } from "./lib/options.ts";

export const renew = sendingTask("renew", "Renews a mature position, or asks that anybody may at its maturity")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the catalogue" })
  .addPositionalArgument({ name: "position", description: "Number of the position" })
  .addOption({
    name: "term",
    description: "Number of the new term; by default the one that it has",
    ...optional,
  })
  .addFlag({ name: "auto", description: "Leaves a standing order: anybody may renew it once, from maturity on" })
  .addOption({
    name: "minRate",
    description: 'With --auto: lowest yearly rate, such as "5 %"; by default what the term pays now',
    ...optional,
  })
  .addFlag({ name: "cancel", description: "Cancels the standing order" })
  .setAction(async () => import("./actions/renew.ts"))
  .build();
