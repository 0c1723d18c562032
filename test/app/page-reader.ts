import type { EthereumProvider } from "hardhat/types/providers";

import type { Deployment } from "../../app/src/chain/deployment.ts";
import { createReader, type Reader } from "../../app/src/chain/reader.ts";
import type { Transport } from "../../app/src/chain/transport.ts";

const NOWHERE = "0x0000000000000000000000000000000000000001";

/** A deployment on the simulated chain, of those contracts that a test has. */
export function pageDeployment(contracts: Partial<Deployment["contracts"]> = {}): Deployment {
  return {
    chainId: 31_337,
    chainName: "test",
    rpcUrl: "http://nowhere.invalid",
    deploymentBlock: 0,
    contracts: {
      PoolFactory: NOWHERE,
      StakingLens: NOWHERE,
      RewardDistributor: NOWHERE,
      InsuranceFund: NOWHERE,
      ...contracts,
    },
    developmentAccounts: [],
  };
}

/** What the page reads a chain with. */
export function pageReader(transport: Transport, contracts?: Partial<Deployment["contracts"]>): Reader {
  return createReader(pageDeployment(contracts), transport);
}

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown[];
}

/** Reaches a chain of this process; `answer` may see to a request itself, and asks the chain otherwise. */
export function inProcess(
  provider: EthereumProvider,
  answer = async ({ method, params }: Request): Promise<unknown> => provider.request({ method, params }),
): Transport {
  return async (requests) =>
    Promise.all((requests as Request[]).map(async (request) => ({ id: request.id, result: await answer(request) })));
}
