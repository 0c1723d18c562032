import { optional, sendingTask } from "./lib/options.ts";

export const pause = sendingTask("pause", "Pauses deposits, openings and renewals of a pool, at once; for the guardian")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addOption({
    name: "term",
    description: "Pauses one term only",
    ...optional,
  })
  .setAction(async () => import("./actions/pause.ts"))
  .build();
