import { DEPLOYMENTS, SINGLETONS } from "../generated/addresses.ts";
import type { Deployment } from "./deployment.ts";

/** Contracts that have one address on every chain, also on those where nobody has deployed them yet. */
export type SingletonName = keyof typeof SINGLETONS;

/** Contracts of which there is one on a chain. */
export type ContractName = SingletonName | keyof Deployment["contracts"];

/** The address of each contract that there is once on a chain. */
export type Addresses = Readonly<Record<ContractName, `0x${string}`>>;

/** All addresses of a deployment, the singletons' among them. */
export function addressesOf({ contracts }: Pick<Deployment, "contracts">): Addresses {
  return {
    ...SINGLETONS,
    AccessManager: contracts.AccessManager.address,
    InsuranceFund: contracts.InsuranceFund.address,
    OperatorBrake: contracts.OperatorBrake.address,
    PoolFactory: contracts.PoolFactory.address,
    RewardDistributor: contracts.RewardDistributor.address,
  };
}

/** Addresses by chain id; undefined for a chain without a deployment. */
export const addresses: Readonly<Record<number, Addresses>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.entries(DEPLOYMENTS).map(([chainId, deployment]) => [chainId, addressesOf(deployment)]),
);

export { DEPLOYMENTS as deployments, SINGLETONS as singletons };
