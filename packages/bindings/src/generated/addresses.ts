// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0xBcBBC955DF7D8F9473CfF67e32a9e206BbeC21CC",
  FixedTermPoolDeployer: "0xC6b2312dd13BC998a56B80e46F8f9edF264Fa336",
  PositionRenderer: "0x5C0cAd6aE2E6f0ab823277CD9487Ab370e7304F1",
  StakingLens: "0x7CfbC1a31e3A15c835344228913BbA78b0c5658f",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
