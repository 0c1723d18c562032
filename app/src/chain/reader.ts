// Everything that the page reads goes through one provider of its own: it works without a wallet, and whatever network the wallet is on.
import { PoolFactory__factory, StakingLens__factory, type PoolFactory, type StakingLens } from "@termstake/sdk/ethers";

import type { Deployment } from "./deployment.ts";
import { ChainNode } from "./node.ts";
import { overHttp } from "./transport.ts";

export interface Reader {
  readonly deployment: Deployment;
  readonly provider: ChainNode;
  readonly factory: PoolFactory;
  readonly lens: StakingLens;
}

/** A reader of one deployment, through its own connection to a node or through the one given. */
export function createReader(deployment: Deployment, transport = overHttp(deployment.rpcUrl)): Reader {
  const provider = new ChainNode(transport);
  return {
    deployment,
    provider,
    factory: PoolFactory__factory.connect(deployment.contracts.PoolFactory, provider),
    lens: StakingLens__factory.connect(deployment.contracts.StakingLens, provider),
  };
}
