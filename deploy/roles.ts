import type { Interface } from "ethers";

import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
  type FixedTermPool,
  type FlexiblePool,
  type InsuranceFund,
  type OperatorBrake,
  type PoolFactory,
  type RewardDistributor,
} from "../types/index.ts";
import type { ProtocolContracts } from "./contracts.ts";

/**
 * Role ids of the access manager. The admin's is OpenZeppelin's, and what a function without a role asks for. The brake's
 * only member is the `OperatorBrake`, which grants and revokes the operator's role.
 */
export const ROLE = { admin: 0n, operator: 1n, guardian: 2n, brake: 3n } as const;

export type RoleName = keyof typeof ROLE;

export const ROLE_NAMES = ["admin", "operator", "guardian", "brake"] as const satisfies readonly RoleName[];

/** The roles that accounts hold, as the protocol config says. */
export const ACCOUNT_ROLES = ["admin", "operator", "guardian"] as const satisfies readonly RoleName[];

/** Which role grants and revokes each role, and which cancels what its members schedule of its functions. */
export const ROLE_ADMIN = { admin: "admin", operator: "brake", guardian: "admin", brake: "admin" } as const;
export const ROLE_GUARDIAN = { admin: "admin", operator: "guardian", guardian: "admin", brake: "admin" } as const;

/** Every restricted function and whose it is. Exits, claims, transfers of positions and views are not restricted. */
export const RESTRICTED_FUNCTIONS = {
  FlexiblePool: { admin: [], operator: ["unpause", "rescue", "setFunder"], guardian: ["pause"] },
  FixedTermPool: {
    admin: [],
    operator: ["unpause", "rescue", "unpauseTerm", "addTerm", "closeTerm", "setRecipients", "withdrawBudget"],
    guardian: ["pause", "pauseTerm"],
  },
  RewardDistributor: {
    admin: [],
    operator: ["createSchedule", "setWeights", "endSchedule", "setRecipients", "rescue"],
    guardian: [],
  },
  InsuranceFund: { admin: [], operator: ["publishRound"], guardian: ["cancelRound"] },
  PoolFactory: { admin: [], operator: ["setListed"], guardian: [] },
  OperatorBrake: { admin: ["addOperator"], operator: [], guardian: ["removeOperator"] },
} as const satisfies Record<string, Record<(typeof ACCOUNT_ROLES)[number], readonly string[]>>;

export type GovernedKind = keyof typeof RESTRICTED_FUNCTIONS;
export type GovernedContract =
  FlexiblePool | FixedTermPool | RewardDistributor | InsuranceFund | PoolFactory | OperatorBrake;

const INTERFACES: Readonly<Record<GovernedKind, Interface>> = {
  FlexiblePool: FlexiblePool__factory.createInterface(),
  FixedTermPool: FixedTermPool__factory.createInterface(),
  RewardDistributor: RewardDistributor__factory.createInterface(),
  InsuranceFund: InsuranceFund__factory.createInterface(),
  PoolFactory: PoolFactory__factory.createInterface(),
  OperatorBrake: OperatorBrake__factory.createInterface(),
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
    ["OperatorBrake", "OperatorBrake", protocol.brake],
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
