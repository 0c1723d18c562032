import type { Refusal } from "@termstake/sdk/checks";
import { refusalSentence } from "@termstake/sdk/errors";
import { formatDuration, formatMoment } from "@termstake/sdk/units";

import { PoolRefusal } from "./exit-codes.ts";
import { writeAmount } from "./inputs.ts";
import { tokenOf, type FoundPool } from "./pools.ts";

/** Throws a `PoolRefusal` that says the first of what a pool would refuse a call for; none if there is nothing. */
export function refuseFor({ name, view }: FoundPool, [refusal]: readonly Refusal[]): void {
  if (refusal === undefined) return;
  const [staking, rewards] = [tokenOf(view.stakingToken), tokenOf(view.rewardsToken)];
  const sentence = refusalSentence(refusal, {
    // What a token itself refuses does not say which token it is: people pay in with the staking token.
    amount: (value, of) => writeAmount(value, of === "rewards" ? rewards : staking),
    time: formatMoment,
    duration: formatDuration,
  });
  throw new PoolRefusal(`${name}: ${sentence}`, refusal);
}
