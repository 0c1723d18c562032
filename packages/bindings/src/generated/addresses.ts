// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0xd661e8Bef772CF86FbeC78539f8dfA7Fd4c7DAE2",
  FixedTermPoolDeployer: "0x85A7C720237Cfe39cd805dFDAC07E00682Dc02B6",
  PositionRenderer: "0xdA116BA0d36d0Fff2942a8C08DDf84520c8aBf0c",
  StakingLens: "0x9fBa3E372BcB353f0f8941368A9D5a5725ED4F40",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
