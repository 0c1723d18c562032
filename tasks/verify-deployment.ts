import { optional, readingTask } from "./lib/options.ts";

/** `hardhat verify:deployment` */
export const verifyDeploymentTask = readingTask(
  "verify:deployment",
  "Holds a live deployment against build and catalogue; exits 1 and says what differs, if anything does",
)
  .addOption({
    name: "parameters",
    description: "Parameters file; by default the network's under deploy/parameters/",
    ...optional,
  })
  .setAction(async () => import("./actions/verify-deployment.ts"))
  .build();
