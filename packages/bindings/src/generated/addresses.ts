// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0xd661e8Bef772CF86FbeC78539f8dfA7Fd4c7DAE2",
  FixedTermPoolDeployer: "0x85A7C720237Cfe39cd805dFDAC07E00682Dc02B6",
  PositionRenderer: "0x2A7AA51605fd8dE13b907a30E35B06deA0Bf4fB6",
  StakingLens: "0x5A5791EE0a6f79eF578aBA76c6817c56AC4A36B1",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
