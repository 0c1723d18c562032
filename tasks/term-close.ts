import { sendingTask } from "./lib/options.ts";

export const termClose = sendingTask("term:close", "Closes a term for ever; open positions stay; for the operator")
  .addPositionalArgument({ name: "pool", description: "Its address, or its name in the protocol config" })
  .addPositionalArgument({ name: "term", description: "Number of the term" })
  .setAction(async () => import("./actions/term-close.ts"))
  .build();
