// Everything that the page reads goes through one provider of its own: it works without a wallet, and whatever network the wallet is on.
import { Network, type JsonRpcProvider } from "ethers";

import {
  PoolFactory__factory,
  StakingLens__factory,
  type PoolFactory,
  type StakingLens,
} from "@termstake/bindings/ethers";

import type { Deployment } from "./deployment.ts";
import { QuickProvider } from "./quick-provider.ts";

export interface Reader {
  readonly deployment: Deployment;
  readonly provider: JsonRpcProvider;
  readonly factory: PoolFactory;
  readonly lens: StakingLens;
}

/** A reader of one deployment, through its own provider. */
export function createReader(deployment: Deployment): Reader {
  const network = Network.from(deployment.chainId);
  const provider = new QuickProvider(deployment.rpcUrl, network, {
    staticNetwork: network,
    batchMaxCount: 10, // a page of the lens is heavy: many in one request would keep the first from showing
    cacheTimeout: -1,
  });
  return readerThrough(provider, deployment);
}

/** A reader of one deployment, through any provider. */
export function readerThrough(provider: JsonRpcProvider, deployment: Deployment): Reader {
  return {
    deployment,
    provider,
    factory: PoolFactory__factory.connect(deployment.contracts.PoolFactory, provider),
    lens: StakingLens__factory.connect(deployment.contracts.StakingLens, provider),
  };
}
