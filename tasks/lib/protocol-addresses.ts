import type { ProtocolAddresses } from "../../shared/insurance-round.ts";
import { singletonContracts } from "../../deploy/singletons.ts";
import { nameOf, type Deployment } from "./deployment.ts";
import { allPools } from "./pools.ts";

/** Every contract of a deployment, with what it is: its own ones, all pools of its factory, and the tokens of these. */
export async function protocolAddresses(deployment: Deployment): Promise<ProtocolAddresses> {
  const { access, factory, names } = deployment;
  const addresses = new Map<string, string>();
  for (const { contract, address } of singletonContracts()) addresses.set(address, `the ${contract}`);
  for (const [address, name] of names) addresses.set(address, name);
  for (const { info, stakingToken, rewardsToken } of await allPools(deployment)) {
    for (const { token } of [stakingToken, rewardsToken]) addresses.set(token, `a token of the pool ${info.pool}`);
    addresses.set(info.pool, `the pool ${nameOf(deployment, info.pool)}`);
  }
  addresses.set(await access.getAddress(), "the access manager");
  addresses.set(await factory.getAddress(), "the factory");
  addresses.set(await deployment.distributor().getAddress(), "the reward distributor");
  return addresses;
}
