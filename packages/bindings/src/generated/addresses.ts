// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0x58BDBdDF446Fc9CA971D6cb01089f406C318BE0a",
  FixedTermPoolDeployer: "0xCfFA9Ef930604F50fF9204E66DF834892c80d0FA",
  PositionRenderer: "0x5C0cAd6aE2E6f0ab823277CD9487Ab370e7304F1",
  StakingLens: "0x5b5185dbc7702449DB04D2F82229d38EBCf85023",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
