import { pagerOf } from "../../deploy/events.ts";
import { isWrongAnswer } from "../lib/wrong-answer.ts";
import { verifyCode } from "./code.ts";
import { verifyDistributor } from "./distributor.ts";
import { Findings, type Check, type Finding } from "./finding.ts";
import { verifyListing, verifyTokens } from "./listing.ts";
import { verifyPools } from "./pools.ts";
import { verifyRoles } from "./roles.ts";
import { verifySolvency } from "./solvency.ts";
import type { Subject } from "./subject.ts";

/** What was looked at, and what differs. */
export interface Verification {
  readonly block: number;
  /** Contracts whose code was compared. */
  readonly contracts: number;
  /** Tokens in contracts whose balances were compared with debts. */
  readonly holdings: number;
  readonly findings: readonly Finding[];
}

/** Reads a deployment and holds everything against build and protocol config. Sends nothing. */
export async function verifyDeployment(subject: Subject): Promise<Verification> {
  const findings = new Findings();
  const pager = pagerOf(subject.provider);
  let holdings = 0;
  const contracts = await verifyCode(subject, findings);
  const sections: readonly (readonly [Check, string, () => Promise<unknown>])[] = [
    ["roles", "AccessManager", () => verifyRoles(subject, pager, findings)],
    ["listing", "PoolFactory", () => verifyListing(subject, findings)],
    ["config", "tokens", () => verifyTokens(subject, findings)],
    ["config", "pools", () => verifyPools(subject, pager, findings)],
    ["schedules", "RewardDistributor", () => verifyDistributor(subject, pager, findings)],
    ["solvency", "pools, distributor and fund", async () => (holdings = await verifySolvency(subject, findings))],
  ];
  for (const [check, place, section] of sections) {
    try {
      await section();
    } catch (error) {
      if (!isWrongAnswer(error)) throw error;
      // Code that is not ours does not answer as ours does; what else could be asked of the section is unknown then.
      findings.add(check, place, "contracts that answer", `${error.message}; what follows was not looked at`);
    }
  }
  return { block: subject.block, contracts, holdings, findings: findings.list };
}
