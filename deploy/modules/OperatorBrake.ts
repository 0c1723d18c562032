import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Catalogue } from "../../scripts/lib/catalogue.ts";
import { ROLE } from "../../scripts/lib/roles.ts";
import accessModule from "./Access.ts";

/** Adds and removes operators; none ever acts sooner than the catalogue's. */
export function operatorBrakeModule({ roles }: Catalogue) {
  return buildModule("OperatorBrake", (m) => {
    const { access } = m.useModule(accessModule);
    return { brake: m.contract("OperatorBrake", [access, ROLE.operator, roles.operator.delay]) };
  });
}

export type OperatorBrakeModule = ReturnType<typeof operatorBrakeModule>;
