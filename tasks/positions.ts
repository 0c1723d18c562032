import { readingTask } from "./lib/options.ts";

export const positions = readingTask("positions", "Shows what an account has in all pools, what it pays, and when")
  .addPositionalArgument({ name: "account", description: "Its address" })
  .setAction(async () => import("./actions/positions.ts"))
  .build();
