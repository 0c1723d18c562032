import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./Access.ts";

/** Holds the insurance shares of penalties and fees. */
export default buildModule("InsuranceFund", (m) => {
  const { access } = m.useModule(accessModule);
  const minimumClaimDelay = m.getParameter<bigint>("minimumClaimDelay");
  return { insuranceFund: m.contract("InsuranceFund", [access, minimumClaimDelay]) };
});
