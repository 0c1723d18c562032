import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./Access.ts";
import singletonsModule from "./Singletons.ts";

/** Creates pools and keeps the list of them. */
export default buildModule("Factory", (m) => {
  const { access } = m.useModule(accessModule);
  const { flexibleDeployer, fixedTermDeployer } = m.useModule(singletonsModule);
  return { factory: m.contract("PoolFactory", [access, flexibleDeployer, fixedTermDeployer]) };
});
