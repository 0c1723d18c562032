import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { CallableContractFuture, Future } from "@nomicfoundation/ignition-core";

import type { ProtocolConfig } from "../config/protocol-config.ts";
import { RESTRICTED_FUNCTIONS, ROLE, ROLE_ADMIN, ROLE_GUARDIAN, selectorOf, type GovernedKind } from "../roles.ts";
import accessModule from "./Access.ts";
import type { PoolsModule } from "./Pools.ts";
import factoryModule from "./Factory.ts";
import insuranceFundModule from "./InsuranceFund.ts";
import type { OperatorBrakeModule } from "./OperatorBrake.ts";
import rewardDistributorModule from "./RewardDistributor.ts";

/**
 * Hands everything over: functions to roles, roles to their holders, and at the very end nothing to the deployer.
 * The guardian cancels what the operator schedules, and the brake alone grants and revokes the operator's role. The admin's
 * account is a guardian too, so that guardian and operator leaked together are still stopped.
 */
export function rolesModule(
  protocolConfig: ProtocolConfig,
  poolsModule: PoolsModule,
  operatorBrakeModule: OperatorBrakeModule,
) {
  return buildModule("Roles", (m) => {
    const { access } = m.useModule(accessModule);
    const { insuranceFund } = m.useModule(insuranceFundModule);
    const { distributor } = m.useModule(rewardDistributorModule);
    const { factory } = m.useModule(factoryModule);
    const { brake } = m.useModule(operatorBrakeModule);
    const pools = m.useModule(poolsModule);
    const done: Future[] = [];

    const assign = (id: string, kind: GovernedKind, target: CallableContractFuture<string>) => {
      for (const role of ["operator", "guardian"] as const) {
        const selectors = RESTRICTED_FUNCTIONS[kind][role].map((name) => selectorOf(kind, name));
        if (selectors.length === 0) continue;
        const options = { id: `${id}_${role}`, after: [poolsModule] };
        done.push(m.call(access, "setTargetFunctionRole", [target, selectors, ROLE[role]], options));
      }
    };
    assign("InsuranceFund", "InsuranceFund", insuranceFund);
    assign("RewardDistributor", "RewardDistributor", distributor);
    assign("PoolFactory", "PoolFactory", factory);
    assign("OperatorBrake", "OperatorBrake", brake);
    for (const [name, pool] of Object.entries(pools)) {
      assign(name, name in protocolConfig.flexiblePools ? "FlexiblePool" : "FixedTermPool", pool);
    }

    for (const role of ["operator", "guardian", "brake"] as const) {
      done.push(m.call(access, "labelRole", [ROLE[role], role.toUpperCase()], { id: `Label_${role}` }));
    }
    const grant = (id: string, role: keyof typeof ROLE, account: string | typeof brake, delay: bigint) => {
      const call = m.call(access, "grantRole", [ROLE[role], account, delay], { id, after: [poolsModule] });
      done.push(call);
      return call;
    };
    const { admin, operator, guardian } = protocolConfig.roles;
    grant("Grant_admin", "admin", admin.account, admin.delay);
    grant("Grant_guardian", "guardian", guardian.account, guardian.delay);
    grant("Grant_guardian_to_admin", "guardian", admin.account, guardian.delay);

    // The operator is added through the brake, so that the brake knows it once it is removed.
    const canceller = m.call(access, "setRoleGuardian", [ROLE.operator, ROLE[ROLE_GUARDIAN.operator]]);
    const granter = m.call(access, "setRoleAdmin", [ROLE.operator, ROLE[ROLE_ADMIN.operator]]);
    const braking = grant("Grant_brake", "brake", brake, 0n);
    const added = m.call(brake, "addOperator", [operator.account, operator.delay], { after: [granter, braking] });
    done.push(canceller, added);

    m.call(access, "renounceRole", [ROLE.admin, m.getAccount(0)], { id: "RenounceDeployer", after: done });
    return { access };
  });
}
