// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0xd5f58AC7bcc6f938bF9713a1f3A9c66F6af0bd7C",
  FixedTermPoolDeployer: "0x45A981F6fB6578723bE0fE43a0e0a8559961306D",
  PositionRenderer: "0x2A7AA51605fd8dE13b907a30E35B06deA0Bf4fB6",
  StakingLens: "0xF4383b4dfb431B45c54C6Ed933A56Aa1ce8Ce941",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
