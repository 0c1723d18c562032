import { formatDuration } from "@termstake/sdk/units";

import type { ProtocolConfig, Problem } from "./config/protocol-config.ts";
import type { ProtocolContracts } from "./contracts.ts";
import {
  ACCOUNT_ROLES,
  governedContracts,
  RESTRICTED_FUNCTIONS,
  ROLE,
  ROLE_ADMIN,
  ROLE_GUARDIAN,
  ROLE_NAMES,
  selectorOf,
  type RoleName,
} from "./roles.ts";

/** An account that holds a role, and the seconds after which it acts. */
export interface Holder {
  readonly account: string;
  readonly delay: bigint;
}

/** Who holds each role, and nobody else does. The admin's account brakes as the guardian does. */
export async function roleHolders(
  { brake }: ProtocolContracts,
  { roles: { admin, operator, guardian } }: ProtocolConfig,
): Promise<Readonly<Record<RoleName, readonly Holder[]>>> {
  return {
    admin: [admin],
    operator: [operator],
    guardian: [guardian, { account: admin.account, delay: 0n }],
    brake: [{ account: await brake.getAddress(), delay: 0n }],
  };
}

/**
 * Reads back from the chain who may do what, and after which delay; empty if it is what the protocol config says: each role with its
 * holders and delays and none with the deployer, each role granted and braked by the role that should, each restricted function
 * with its role, no contract closed or under another authority, and no round of compensation open before the admin can act.
 */
export async function verifyRoles(
  protocol: ProtocolContracts,
  protocolConfig: ProtocolConfig,
  deployer: string,
): Promise<Problem[]> {
  return [
    ...(await verifyHolders(protocol, protocolConfig, deployer)),
    ...(await verifyLimits(protocol, protocolConfig)),
    ...(await verifyFunctions(protocol)),
  ];
}

async function verifyHolders(
  protocol: ProtocolContracts,
  protocolConfig: ProtocolConfig,
  deployer: string,
): Promise<Problem[]> {
  const { access } = protocol;
  const problems: Problem[] = [];
  const holders = await roleHolders(protocol, protocolConfig);
  for (const role of ROLE_NAMES) {
    const place = `on chain, role ${role}`;
    const tell = (message: string) => problems.push({ place, message });
    for (const { account, delay } of holders[role]) {
      const [isMember, actual] = await access.hasRole(ROLE[role], account);
      if (!isMember) tell(`${account} does not hold it`);
      else if (actual !== delay) {
        tell(`${account} acts after ${formatDuration(actual)}, not after ${formatDuration(delay)}`);
      }
    }
    if ((await access.hasRole(ROLE[role], deployer)).isMember) tell(`the deployer ${deployer} holds it still`);

    const [admin, canceller] = [await access.getRoleAdmin(ROLE[role]), await access.getRoleGuardian(ROLE[role])];
    const [granter, guardian] = [ROLE_ADMIN[role], ROLE_GUARDIAN[role]];
    if (admin !== ROLE[granter]) tell(`is granted by role ${admin}, not by the ${granter}`);
    if (canceller !== ROLE[guardian]) {
      tell(`role ${canceller} can cancel what is scheduled of its functions, not the ${guardian}`);
    }
    const waiting = await access.getRoleGrantDelay(ROLE[role]);
    if (waiting !== 0n) tell(`whoever is granted it waits ${formatDuration(waiting)} more`);
  }
  return problems;
}

/** What the code binds that roles could not: the brake's role and least delay, and the fund's least delay before claims. */
async function verifyLimits(
  { access, brake, insuranceFund }: ProtocolContracts,
  { roles, minimumClaimDelay }: ProtocolConfig,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const role = await brake.operatorRole();
  if (role !== ROLE.operator) {
    problems.push({ place: "on chain, OperatorBrake", message: `adds and removes members of role ${role}` });
  }
  const shortest = await brake.minimumDelay();
  if (shortest !== roles.operator.delay) {
    const message = `the shortest delay is ${formatDuration(shortest)}, not ${formatDuration(roles.operator.delay)}`;
    problems.push({ place: "on chain, OperatorBrake", message });
  }
  const place = "on chain, InsuranceFund";
  const claimDelay = await insuranceFund.minimumClaimDelay();
  if (claimDelay !== minimumClaimDelay) {
    const message = `rounds open after ${formatDuration(claimDelay)}, not after ${formatDuration(minimumClaimDelay)}`;
    problems.push({ place, message });
  }
  const { executionDelay } = await access.hasRole(ROLE.admin, roles.admin.account);
  if (claimDelay <= executionDelay) {
    const message = `rounds can open after ${formatDuration(claimDelay)}, before the admin acts, who waits ${formatDuration(executionDelay)}`;
    problems.push({ place, message });
  }
  return problems;
}

async function verifyFunctions(protocol: ProtocolContracts): Promise<Problem[]> {
  const { access } = protocol;
  const problems: Problem[] = [];
  for (const [name, kind, contract] of governedContracts(protocol)) {
    const place = `on chain, ${name}`;
    const target = await contract.getAddress();
    const authority = await contract.authority();
    if (authority !== (await access.getAddress())) problems.push({ place, message: `answers to ${authority}` });
    if (await access.isTargetClosed(target)) problems.push({ place, message: "is closed" });
    for (const role of ACCOUNT_ROLES) {
      for (const functionName of RESTRICTED_FUNCTIONS[kind][role]) {
        const actual = await access.getTargetFunctionRole(target, selectorOf(kind, functionName));
        if (actual === ROLE[role]) continue;
        problems.push({ place: `${place}.${functionName}`, message: `is for role ${actual}, not for the ${role}` });
      }
    }
  }
  return problems;
}
