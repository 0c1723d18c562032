import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./Access.ts";
import insuranceFundModule from "./InsuranceFund.ts";

/** Pays pools by schedules; its fees go to the insurance fund and the treasury. */
export default buildModule("RewardDistributor", (m) => {
  const { access } = m.useModule(accessModule);
  const { insuranceFund } = m.useModule(insuranceFundModule);
  const treasury = m.getParameter<string>("treasury");
  const insuranceShareBps = m.getParameter<bigint>("insuranceShareBps");
  return { distributor: m.contract("RewardDistributor", [access, insuranceFund, treasury, insuranceShareBps]) };
});
