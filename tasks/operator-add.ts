import { optional, sendingTask } from "./lib/options.ts";

export const operatorAdd = sendingTask("operator:add", "Gives an account the operator's role; for the admin")
  .addPositionalArgument({ name: "account", description: "Address of the new operator" })
  .addOption({
    name: "delay",
    description: 'What the operator waits between asking and acting, such as "1 day"; by default the least',
    ...optional,
  })
  .setAction(async () => import("./actions/operator-add.ts"))
  .build();
