import { readingTask } from "./lib/options.ts";

export const pools = readingTask("pools", "Lists all pools with rates, totals, budgets and what they owe")
  .setAction(async () => import("./actions/pools.ts"))
  .build();
