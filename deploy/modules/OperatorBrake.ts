import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { ProtocolConfig } from "../config/protocol-config.ts";
import { ROLE } from "../roles.ts";
import accessModule from "./Access.ts";

/** Adds and removes operators; none ever acts sooner than the protocol config's. */
export function operatorBrakeModule({ roles }: ProtocolConfig) {
  return buildModule("OperatorBrake", (m) => {
    const { access } = m.useModule(accessModule);
    return { brake: m.contract("OperatorBrake", [access, ROLE.operator, roles.operator.delay]) };
  });
}

export type OperatorBrakeModule = ReturnType<typeof operatorBrakeModule>;
