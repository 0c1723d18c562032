import { optional, sendingTask } from "./lib/options.ts";

export const compensate = sendingTask(
  "compensate",
  "Publishes a round of compensation from a list, and writes the file that claims need; for the operator",
)
  .addPositionalArgument({
    name: "list",
    description: "CSV with the columns account and amount, or JSON; whole tokens",
  })
  .addOption({
    name: "token",
    description: "Token that it pays: its address, or its name in the protocol config",
    ...optional,
  })
  .addOption({
    name: "claims",
    description: "File to write the claims to; by default round-NUMBER.json",
    ...optional,
  })
  .addOption({
    name: "delay",
    description: "Until claims open, up to 90 days; the fund's least delay if omitted",
    ...optional,
  })
  .addOption({ name: "window", description: "While claims are paid: 30 to 1461 days", defaultValue: "90 days" })
  .setAction(async () => import("./actions/compensate.ts"))
  .build();
