import { readingTask } from "./lib/options.ts";

export const pool = readingTask(
  "pool",
  "Shows a pool: terms, budget, solvency, what falls due when, and the schedules that pay it",
)
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .setAction(async () => import("./actions/pool.ts"))
  .build();
