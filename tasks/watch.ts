import { ArgumentType } from "hardhat/types/arguments";

import { optional, readingTask } from "./lib/options.ts";

/** `hardhat watch` */
export const watchTask = readingTask(
  "watch",
  "Follows the chain: prints every event of the deployment once, and raises alerts",
)
  .addFlag({ name: "once", description: "Ends at the head of the chain instead of following it" })
  .addOption({ name: "database", description: "SQLite file; by default watch/chain-ID.sqlite", ...optional })
  .addOption({
    name: "output",
    description: "File to append lines to, each exactly once, in place of standard output",
    ...optional,
  })
  .addOption({
    name: "webhook",
    description: "URL that alerts are posted to; or set WATCH_WEBHOOK in the environment",
    ...optional,
  })
  .addOption({ name: "runway", description: "Least time that a budget has to last", defaultValue: "14 days" })
  .addOption({ name: "largeExit", description: "Share of a pool from which an exit is an alert", defaultValue: "10 %" })
  .addOption({
    name: "overdue",
    description: "Time that an epoch may wait to be distributed",
    defaultValue: "1 day",
  })
  .addOption({
    name: "dead",
    description: "Time without an answer after which the node is dead",
    defaultValue: "1 minute",
  })
  .addOption({
    name: "stale",
    description: "Age of the latest block from which it is an alert; local chains have none",
    defaultValue: "10 minutes",
  })
  .addOption({
    name: "depth",
    description: "Blocks to stay behind the head; 0 tells at once, and retracts what a reorganisation undoes",
    type: ArgumentType.INT,
    defaultValue: 0,
  })
  .addOption({
    name: "interval",
    description: "Seconds between two looks at the chain",
    type: ArgumentType.FLOAT,
    defaultValue: 4,
  })
  .addOption({
    name: "chunk",
    description: "Most blocks to read in one step; of a node that answers for fewer at once they come in parts",
    type: ArgumentType.INT,
    defaultValue: 10_000,
  })
  .addOption({
    name: "metricsPort",
    description: "Port of 127.0.0.1 that serves Prometheus metrics at /metrics; 0 for none",
    type: ArgumentType.INT,
    defaultValue: 0,
  })
  .setAction(async () => import("./actions/watch.ts"))
  .build();
