import { readingTask } from "./lib/options.ts";

export const operations = readingTask("operations", "Lists what waits in the access manager, and when it may run")
  .setAction(async () => import("./actions/operations.ts"))
  .build();
