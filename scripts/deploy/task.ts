import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { USUAL_CONFIRMATIONS } from "../../deploy/confirmations.ts";

/** `hardhat deploy`, which `npm run deploy` runs after the build. */
export const deployTask = task("deploy", "Deploys, or completes, the protocol and its pools on a network")
  .addFlag({ name: "json", description: "Prints JSON: the addresses, or with --dry-run the costs in units" })
  .addFlag({ name: "yes", description: "Does not ask before spending, for scripts" })
  .addFlag({ name: "dryRun", description: "Says what would be sent and what it costs, and sends nothing" })
  .addOption({
    name: "confirmations",
    description: "Blocks to wait for, the transaction's own included",
    type: ArgumentType.INT,
    defaultValue: USUAL_CONFIRMATIONS,
  })
  .addOption({
    name: "protocolConfig",
    description: "Protocol config; by default the network's under deploy/config/",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .setAction(async () => import("./action.ts"))
  .build();
