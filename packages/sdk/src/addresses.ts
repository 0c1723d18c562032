// Where the contracts are, by chain id: `@termstake/sdk/addresses`.
export {
  addresses,
  addressesOf,
  deployments,
  singletons,
  type Addresses,
  type ContractName,
  type SingletonName,
} from "./addresses/addresses.ts";
export type { DeployedContract, DeployedPool, Deployment } from "./addresses/deployment.ts";
