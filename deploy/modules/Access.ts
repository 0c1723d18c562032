import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** The authority of everything governed. The deployer governs without delay until the roles are handed over. */
export default buildModule("Access", (m) => ({
  access: m.contract("AccessManager", [m.getAccount(0)]),
}));
