import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { singletonAddress } from "../singletons.ts";

/** Contracts without arguments, at addresses that are the same on every chain; `deploySingletons` puts them there. */
export default buildModule("Singletons", (m) => ({
  flexibleDeployer: m.contractAt("FlexiblePoolDeployer", singletonAddress("FlexiblePoolDeployer")),
  fixedTermDeployer: m.contractAt("FixedTermPoolDeployer", singletonAddress("FixedTermPoolDeployer")),
  renderer: m.contractAt("PositionRenderer", singletonAddress("PositionRenderer")),
  lens: m.contractAt("StakingLens", singletonAddress("StakingLens")),
}));
