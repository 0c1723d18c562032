import { optional, sendingTask } from "./lib/options.ts";

export const poolCreate = sendingTask(
  "pool:create",
  "Creates a pool of a protocol config, after a dry run that tells its address and gas",
)
  .addPositionalArgument({ name: "name", description: "Name of the pool in the protocol config" })
  .addOption({
    name: "protocolConfig",
    description: "Parameters file; by default the network's own",
    ...optional,
  })
  .addOption({
    name: "salt",
    description: "Tells apart pools of equal configuration; by default the name",
    ...optional,
  })
  .setAction(async () => import("./actions/pool-create.ts"))
  .build();
