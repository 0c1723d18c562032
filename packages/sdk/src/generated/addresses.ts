// Generated from the build by `npm run sdk`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0x85d4Ec4801505CD0ff06958890Ce23be2dd323fa",
  FixedTermPoolDeployer: "0x3e0CC787F0aA91D2Cda0c945b74E5e7bDBfe98e9",
  PositionRenderer: "0x8f61dD194De6B6C9F4F902590C33F028C23d2370",
  StakingLens: "0x2B86b7076d9ff51C10F371625F7e93d749a833d2",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
