// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0xe8786fA4C0ACf90C434dA54b917D3e5Ac40325EA",
  FixedTermPoolDeployer: "0xfd3751BfFE58d4C412247F894A2301480E6EF9A7",
  PositionRenderer: "0xfc97cDdbC59fD97992a71b70c032698B116E243e",
  StakingLens: "0x9a2e7D70aFB63a7E8d6Fd2a86c61F34eAc424682",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
