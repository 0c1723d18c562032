import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModuleResult } from "@nomicfoundation/ignition-core";

import type { ProtocolConfig } from "../config/protocol-config.ts";
import { poolsModule } from "./Pools.ts";
import { devTokensModule } from "./DevTokens.ts";
import factoryModule from "./Factory.ts";
import insuranceFundModule from "./InsuranceFund.ts";
import { operatorBrakeModule } from "./OperatorBrake.ts";
import rewardDistributorModule from "./RewardDistributor.ts";
import { rolesModule } from "./Roles.ts";
import singletonsModule from "./Singletons.ts";

/**
 * Everything: contracts, the protocol config's pools and schedules, and the hand-over to the roles.
 * Made-up tokens come out as `token_NAME`, pools as `pool_NAME`.
 */
export function protocolModule(protocolConfig: ProtocolConfig, firstBlock: bigint) {
  const tokens = devTokensModule(protocolConfig);
  const pools = poolsModule(protocolConfig, tokens, firstBlock);
  const brake = operatorBrakeModule(protocolConfig);
  const roles = rolesModule(protocolConfig, pools, brake);

  return buildModule("Protocol", (m) => ({
    ...prefixed("token", m.useModule(tokens)),
    ...prefixed("pool", m.useModule(pools)),
    ...m.useModule(singletonsModule),
    ...m.useModule(insuranceFundModule),
    ...m.useModule(rewardDistributorModule),
    ...m.useModule(factoryModule),
    ...m.useModule(brake),
    ...m.useModule(roles),
  }));
}

function prefixed(prefix: string, results: IgnitionModuleResult<string>): IgnitionModuleResult<string> {
  return Object.fromEntries(Object.entries(results).map(([name, future]) => [`${prefix}_${name}`, future]));
}
