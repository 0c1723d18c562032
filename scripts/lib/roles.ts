import type { Interface } from "ethers";

import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
  type FixedTermPool,
  type FlexiblePool,
  type InsuranceFund,
  type PoolFactory,
  type RewardDistributor,
} from "../../types/index.ts";
import type { ProtocolContracts } from "./deploy-protocol.ts";

/** Role ids of the access manager. The admin's is OpenZeppelin's, and what a function without a role asks for. */
export const ROLE = { admin: 0n, operator: 1n, guardian: 2n } as const;

export type RoleName = keyof typeof ROLE;

export const ROLE_NAMES = ["admin", "operator", "guardian"] as const satisfies readonly RoleName[];

/** Every restricted function and whose it is. Exits, claims, transfers of positions and views are not restricted. */
export const RESTRICTED_FUNCTIONS = {
  FlexiblePool: { operator: ["unpause", "rescue", "setFunder"], guardian: ["pause"] },
  FixedTermPool: {
    operator: ["unpause", "rescue", "unpauseTerm", "addTerm", "closeTerm", "setRecipients", "withdrawBudget"],
    guardian: ["pause", "pauseTerm"],
  },
  RewardDistributor: {
    operator: ["createSchedule", "setWeights", "endSchedule", "setRecipients", "rescue"],
    guardian: [],
  },
  InsuranceFund: { operator: ["publishRound", "cancelRound"], guardian: [] },
  PoolFactory: { operator: ["setListed"], guardian: [] },
} as const satisfies Record<string, Record<Exclude<RoleName, "admin">, readonly string[]>>;

export type GovernedKind = keyof typeof RESTRICTED_FUNCTIONS;
export type GovernedContract = FlexiblePool | FixedTermPool | RewardDistributor | InsuranceFund | PoolFactory;

const INTERFACES: Readonly<Record<GovernedKind, Interface>> = {
  FlexiblePool: FlexiblePool__factory.createInterface(),
  FixedTermPool: FixedTermPool__factory.createInterface(),
  RewardDistributor: RewardDistributor__factory.createInterface(),
  InsuranceFund: InsuranceFund__factory.createInterface(),
  PoolFactory: PoolFactory__factory.createInterface(),
};

/** Selector of a function by name. Throws if the contract has none of that name, or several. */
export function selectorOf(kind: GovernedKind, functionName: string): string {
  const fragment = INTERFACES[kind].getFunction(functionName);
  if (fragment === null) throw new Error(`${kind} has no function ${functionName}`);
  return fragment.selector;
}

/** All contracts of a protocol that answer to its access manager, with name and kind. */
export function governedContracts(
  protocol: ProtocolContracts,
): [name: string, kind: GovernedKind, contract: GovernedContract][] {
  return [
    ["InsuranceFund", "InsuranceFund", protocol.insuranceFund],
    ["RewardDistributor", "RewardDistributor", protocol.distributor],
    ["PoolFactory", "PoolFactory", protocol.factory],
    ...Object.entries(protocol.flexiblePools).map(([name, pool]): [string, GovernedKind, GovernedContract] => [
      name,
      "FlexiblePool",
      pool,
    ]),
    ...Object.entries(protocol.fixedTermPools).map(([name, pool]): [string, GovernedKind, GovernedContract] => [
      name,
      "FixedTermPool",
      pool,
    ]),
  ];
}
