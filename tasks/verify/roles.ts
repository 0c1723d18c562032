import type { LogPager } from "@termstake/sdk/logs";
import { formatDuration } from "@termstake/sdk/units";

import { readEvents } from "../../deploy/events.ts";
import { ROLE, ROLE_NAMES } from "../../deploy/roles.ts";
import { roleHolders, verifyRoles as readRoles } from "../../deploy/verify-roles.ts";
import type { Findings } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** Reads roles, delays and restrictions back, and looks for holders of whom the protocol config knows nothing. */
export async function verifyRoles(subject: Subject, pager: LogPager, findings: Findings): Promise<void> {
  const { contracts, protocolConfig, deployer } = subject;
  for (const { place, message } of await readRoles(contracts, protocolConfig, deployer)) {
    findings.add("roles", place, "what the protocol config says", message);
  }
  const holders = await roleHolders(contracts, protocolConfig);
  for (const [role, account] of await everGranted(subject, pager)) {
    const name = ROLE_NAMES.find((known) => ROLE[known] === role);
    const [since, , pendingDelay, effect] = await contracts.access.getAccess(role, account, {
      blockTag: subject.block,
    });
    if (since === 0n) continue; // revoked or renounced
    const place = `on chain, role ${name ?? String(role)}`;
    const known = name === undefined ? [] : holders[name];
    const holder = known.find((each) => each.account === account);
    if (holder === undefined) {
      if (account === deployer) continue; // told already
      const expected = known.map((each) => each.account).join(" and ") || "nobody";
      findings.add("roles", place, `held by ${expected} alone`, `${account} holds it too`);
    } else if (effect !== 0n) {
      const expected = `the delay stays ${formatDuration(holder.delay)}`;
      findings.add("roles", place, expected, `it becomes ${formatDuration(pendingDelay)} at Unix time ${effect}`);
    }
  }
}

/** Everybody who was ever given a role, with the role. */
async function everGranted({ contracts, firstBlock, block }: Subject, pager: LogPager): Promise<[bigint, string][]> {
  const { access } = contracts;
  const filter = access.filters.RoleGranted();
  const logs = await readEvents(pager, access, filter, firstBlock, block);
  const granted = new Map<string, [bigint, string]>();
  for (const { args } of logs) granted.set(`${args.roleId} ${args.account}`, [args.roleId, args.account]);
  return [...granted.values()];
}
