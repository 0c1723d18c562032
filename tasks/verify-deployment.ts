import { optional, readingTask } from "./lib/options.ts";

/** `hardhat verify:deployment` */
export const verifyDeploymentTask = readingTask(
  "verify:deployment",
  "Holds a live deployment against build and protocol config; exits 1 and says what differs, if anything does",
)
  .addOption({
    name: "protocolConfig",
    description: "Protocol config; by default the network's under deploy/config/",
    ...optional,
  })
  .setAction(async () => import("./actions/verify-deployment.ts"))
  .build();
