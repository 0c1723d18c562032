// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0x1C20Eeb9b9d782DED04d9eaE02c1Bf48AC891485",
  FixedTermPoolDeployer: "0x11F246F6725C19d21608018d33fcC0e3B8438566",
  PositionRenderer: "0x4a69aA1Ea05c6784FC25DB74B25d22AcE4250b8D",
  StakingLens: "0x7f300186066643aAaf2522BA4a84D979cB7043e6",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
