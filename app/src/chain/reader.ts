// Everything that the page reads goes through one provider of its own: it works without a wallet, and whatever network the wallet is on.
import { PoolFactory__factory, StakingLens__factory, type PoolFactory, type StakingLens } from "@termstake/sdk/ethers";
import { LogPager } from "@termstake/sdk/logs";

import type { Deployment } from "./deployment.ts";
import { ChainNode } from "./node.ts";
import { overHttp } from "./transport.ts";

export interface Reader {
  readonly deployment: Deployment;
  readonly provider: ChainNode;
  /** What it learned of the node's limits holds for everything that is read. */
  readonly logs: LogPager;
  readonly factory: PoolFactory;
  readonly lens: StakingLens;
}

/** All blocks at once, of a node that answers for as many: who looks at the page waits for it. */
const ALL_BLOCKS = { firstBlocks: Infinity, mostBlocks: Infinity };

/** A reader of one deployment, through its own connection to a node or through the one given. */
export function createReader(deployment: Deployment, transport = overHttp(deployment.rpcUrl)): Reader {
  const provider = new ChainNode(transport);
  return {
    deployment,
    provider,
    logs: new LogPager((filter) => provider.send("eth_getLogs", [filter]), ALL_BLOCKS),
    factory: PoolFactory__factory.connect(deployment.contracts.PoolFactory, provider),
    lens: StakingLens__factory.connect(deployment.contracts.StakingLens, provider),
  };
}
