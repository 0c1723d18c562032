import type { Catalogue, Problem } from "./catalogue.ts";
import type { ProtocolContracts } from "./deploy-protocol.ts";
import { governedContracts, RESTRICTED_FUNCTIONS, ROLE, ROLE_NAMES, selectorOf } from "./roles.ts";
import { formatDuration } from "./units.ts";

/**
 * Reads back from the chain who may do what, and after which delay; empty if it is what the catalogue says:
 * each role with its holder and delay and none with the deployer, nobody but the admin able to cancel for others, each
 * restricted function with its role, and no contract closed or under another authority.
 */
export async function verifyRoles(
  protocol: ProtocolContracts,
  catalogue: Catalogue,
  deployer: string,
): Promise<Problem[]> {
  return [...(await verifyHolders(protocol, catalogue, deployer)), ...(await verifyFunctions(protocol))];
}

async function verifyHolders(
  { access }: ProtocolContracts,
  catalogue: Catalogue,
  deployer: string,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const role of ROLE_NAMES) {
    const place = `on chain, role ${role}`;
    const { account, delay } = catalogue.roles[role];
    const [isMember, actual] = await access.hasRole(ROLE[role], account);
    if (!isMember) problems.push({ place, message: `${account} does not hold it` });
    else if (actual !== delay) {
      const message = `${account} acts after ${formatDuration(actual)}, not after ${formatDuration(delay)}`;
      problems.push({ place, message });
    }
    if ((await access.hasRole(ROLE[role], deployer)).isMember) {
      problems.push({ place, message: `the deployer ${deployer} holds it still` });
    }
    const [admin, canceller] = [await access.getRoleAdmin(ROLE[role]), await access.getRoleGuardian(ROLE[role])];
    if (admin !== ROLE.admin) problems.push({ place, message: `is granted by role ${admin}, not by the admin` });
    if (canceller !== ROLE.admin) problems.push({ place, message: `role ${canceller} can cancel what it schedules` });
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
    for (const role of ["operator", "guardian"] as const) {
      for (const functionName of RESTRICTED_FUNCTIONS[kind][role]) {
        const actual = await access.getTargetFunctionRole(target, selectorOf(kind, functionName));
        if (actual === ROLE[role]) continue;
        problems.push({ place: `${place}.${functionName}`, message: `is for role ${actual}, not for the ${role}` });
      }
    }
  }
  return problems;
}
