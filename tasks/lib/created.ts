import { Interface } from "ethers";

import { FixedTermPool__factory, InsuranceFund__factory, RewardDistributor__factory } from "../../types/index.ts";
import { wholeOf } from "./receipts.ts";
import type { Told } from "./send.ts";
import type { Outcome } from "./sender.ts";

/** Events that give something a number by which it is called from then on. */
const NUMBERED: readonly (readonly [name: string, coder: Interface, event: string, argument: string])[] = [
  ["term", FixedTermPool__factory.createInterface(), "TermAdded", "termId"],
  ["schedule", RewardDistributor__factory.createInterface(), "ScheduleCreated", "scheduleId"],
  ["round", InsuranceFund__factory.createInterface(), "RoundPublished", "round"],
];

/** The number of the term, schedule or round that a transaction made, if it made one. */
export function tellCreated({ logs }: Outcome): Told {
  for (const log of logs) {
    for (const [name, coder, event, argument] of NUMBERED) {
      // Of other contracts, such as a token's `Transfer`, a log cannot be read by this interface's event of the same signature.
      if (log.topics[0] !== coder.getEvent(event)?.topicHash) continue;
      const parsed = coder.parseLog(log);
      if (parsed === null) continue;
      const number = wholeOf(parsed.args, argument);
      return { data: { [name]: number }, text: `It is ${name} ${number}` };
    }
  }
  return {};
}
