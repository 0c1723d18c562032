import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { CallableContractFuture, Future } from "@nomicfoundation/ignition-core";

import type { Catalogue } from "../../scripts/lib/catalogue.ts";
import { ROLE, RESTRICTED_FUNCTIONS, selectorOf, type GovernedKind } from "../../scripts/lib/roles.ts";
import accessModule from "./Access.ts";
import type { CatalogueModule } from "./Catalogue.ts";
import factoryModule from "./Factory.ts";
import insuranceFundModule from "./InsuranceFund.ts";
import rewardDistributorModule from "./RewardDistributor.ts";

/**
 * Hands everything over: functions to roles, roles to their holders, and at the very end nothing to the deployer.
 * No role gets a guardian of its own, since the access manager lets those cancel what is scheduled.
 */
export function rolesModule(catalogue: Catalogue, catalogueModule: CatalogueModule) {
  return buildModule("Roles", (m) => {
    const { access } = m.useModule(accessModule);
    const { insuranceFund } = m.useModule(insuranceFundModule);
    const { distributor } = m.useModule(rewardDistributorModule);
    const { factory } = m.useModule(factoryModule);
    const pools = m.useModule(catalogueModule);
    const done: Future[] = [];

    const assign = (id: string, kind: GovernedKind, target: CallableContractFuture<string>) => {
      for (const role of ["operator", "guardian"] as const) {
        const selectors = RESTRICTED_FUNCTIONS[kind][role].map((name) => selectorOf(kind, name));
        if (selectors.length === 0) continue;
        const options = { id: `${id}_${role}`, after: [catalogueModule] };
        done.push(m.call(access, "setTargetFunctionRole", [target, selectors, ROLE[role]], options));
      }
    };
    assign("InsuranceFund", "InsuranceFund", insuranceFund);
    assign("RewardDistributor", "RewardDistributor", distributor);
    assign("PoolFactory", "PoolFactory", factory);
    for (const [name, pool] of Object.entries(pools)) {
      assign(name, name in catalogue.flexiblePools ? "FlexiblePool" : "FixedTermPool", pool);
    }

    for (const role of ["operator", "guardian"] as const) {
      done.push(m.call(access, "labelRole", [ROLE[role], role.toUpperCase()], { id: `Label_${role}` }));
    }
    for (const role of ["admin", "operator", "guardian"] as const) {
      const { account, delay } = catalogue.roles[role];
      done.push(
        m.call(access, "grantRole", [ROLE[role], account, delay], { id: `Grant_${role}`, after: [catalogueModule] }),
      );
    }

    m.call(access, "renounceRole", [ROLE.admin, m.getAccount(0)], { id: "RenounceDeployer", after: done });
    return { access };
  });
}
