// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0x55BfA072E67D362C0BFa840e375626a5C6ae0b7d",
  FixedTermPoolDeployer: "0x592b87e7c5a6C192a052cC61E80d588437b9b5B6",
  PositionRenderer: "0xfc97cDdbC59fD97992a71b70c032698B116E243e",
  StakingLens: "0x345b8DAc94bc459ecd3F5684Cb9DBa429fdE84a5",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
