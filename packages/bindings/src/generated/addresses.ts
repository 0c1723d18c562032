// Generated from the build by `npm run bindings`; do not edit.

import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
  FlexiblePoolDeployer: "0x29D68e09BF8854FE8ab234A0033a45ab0cbfE0C6",
  FixedTermPoolDeployer: "0xf637877726272B8dffe524Bb4A2C8FCd24718F13",
  PositionRenderer: "0xfc97cDdbC59fD97992a71b70c032698B116E243e",
  StakingLens: "0x63Bc98F4982e7C5a07Fa38b239dbbf03F601DA3b",
} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
};
