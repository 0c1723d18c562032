import { optional, sendingTask } from "./lib/options.ts";

export const recipients = sendingTask(
  "recipients",
  "Shows who gets the distributor's fees, or changes who they are; for the operator",
)
  .addOption({ name: "insurance", description: "New recipient of the insurance's share", ...optional })
  .addOption({ name: "treasury", description: "New recipient of the treasury's share", ...optional })
  .addOption({
    name: "tokens",
    description:
      "Tokens whose fees go to the present ones first, separated by commas; by default those of all schedules",
    ...optional,
  })
  .setAction(async () => import("./actions/recipients.ts"))
  .build();
