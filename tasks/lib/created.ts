import { getAddress, type Interface } from "ethers";

import { FixedTermPool__factory, InsuranceFund__factory, RewardDistributor__factory } from "../../types/index.ts";
import type { Deployment } from "./deployment.ts";
import { wholeOf } from "./receipts.ts";
import type { Told } from "./send.ts";
import type { Outcome } from "./sender.ts";

type Creator = (deployment: Deployment) => Promise<string>;

/**
 * Events that give something a number by which it is called from then on, and which contract alone says so: while it makes a schedule
 * a token runs, and may say the same. A pool makes its terms without any.
 */
const NUMBERED: readonly (readonly [name: string, coder: Interface, event: string, argument: string, by?: Creator])[] =
  [
    ["term", FixedTermPool__factory.createInterface(), "TermAdded", "termId"],
    [
      "schedule",
      RewardDistributor__factory.createInterface(),
      "ScheduleCreated",
      "scheduleId",
      async (deployment) => deployment.distributor().getAddress(),
    ],
    [
      "round",
      InsuranceFund__factory.createInterface(),
      "RoundPublished",
      "round",
      async (deployment) => deployment.insuranceFund().getAddress(),
    ],
  ];

/** The number of the term, schedule or round that a transaction made, if it made one. */
export async function tellCreated(deployment: Deployment, { logs }: Outcome): Promise<Told> {
  for (const log of logs) {
    for (const [name, coder, event, argument, by] of NUMBERED) {
      if (log.topics[0] !== coder.getEvent(event)?.topicHash) continue;
      if (by !== undefined && getAddress(log.address) !== (await by(deployment))) continue;
      const parsed = coder.parseLog(log);
      if (parsed === null) continue;
      const number = wholeOf(parsed.args, argument);
      return { data: { [name]: number }, text: `It is ${name} ${number}` };
    }
  }
  return {};
}
