// What the actions of sending tasks have in common.
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Answer } from "./command.ts";
import { withDeployment, type Deployment } from "./deployment.ts";
import type { SendingArguments } from "./options.ts";
import { carryOut, dataOf, writeOutcome, type Order, type Outcome } from "./sender.ts";

/** Data that a task adds to the outcome's, and text for people. */
export interface Told {
  readonly data?: object;
  readonly text?: string;
}

/**
 * Carries out the order that `order` makes for the deployment. `tellMore` reads what the transaction did from its logs; it is asked only
 * if one was sent.
 */
export async function sendingAnswer(
  hre: HardhatRuntimeEnvironment,
  args: SendingArguments,
  order: (deployment: Deployment) => Promise<Order> | Order,
  tellMore: (deployment: Deployment, outcome: Outcome) => Promise<Told> | Told = () => ({}),
): Promise<Answer> {
  return withDeployment(hre, args, async (deployment) => {
    const outcome = await carryOut(hre, deployment, args, await order(deployment));
    const more = outcome.status === "sent" ? await tellMore(deployment, outcome) : {};
    return {
      data: { ...dataOf(outcome), ...more.data },
      text: [writeOutcome(outcome), ...(more.text === undefined ? [] : [more.text])].join("\n"),
    };
  });
}
