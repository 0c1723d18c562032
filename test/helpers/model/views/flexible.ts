import { FlexiblePool__factory } from "../../../../types/index.js";
import type { Addresses, Kind } from "../protocol.ts";
import { type View, viewsOf } from "./view.ts";

const abi = FlexiblePool__factory.createInterface();

export function flexibleViews(addresses: Addresses, kind: Kind): View[] {
  const view = viewsOf(`flexible.${kind}`, addresses.flexible[kind], abi);
  return [
    view("stakingToken", [], ({ flexible }) => flexible[kind].stakingToken.address, "constant"),
    view("rewardsToken", [], ({ flexible }) => flexible[kind].rewardsToken.address, "constant"),
    view("rewardsDuration", [], ({ flexible }) => flexible[kind].duration, "constant"),
    view("minimumStake", [], ({ flexible }) => flexible[kind].minimum, "constant"),
    view("cap", [], ({ flexible }) => flexible[kind].cap, "constant"),
    view("totalSupply", [], ({ flexible }) => flexible[kind].totalStaked),
    view("rewardPerToken", [], ({ flexible }, now) => flexible[kind].rewardPerToken(now), "rounded"),
    view("rewardRate", [], ({ flexible }) => flexible[kind].rewardRate),
    view("getRewardForDuration", [], ({ flexible }) => flexible[kind].periodReward),
    view("periodFinish", [], ({ flexible }, now) => flexible[kind].periodFinish(now)),
    view("lastUpdateTime", [], ({ flexible }) => flexible[kind].lastUpdateTime),
    view("lastTimeRewardApplicable", [], ({ flexible }, now) => flexible[kind].lastTimeRewardApplicable(now)),
    view("rewardsOwed", [], ({ flexible }) => flexible[kind].owed, "rounded"),
    view("carry", [], ({ flexible }) => flexible[kind].carry),
    view("kind", [], () => 1n, "constant"),
    view("paused", [], ({ flexible }) => flexible[kind].paused),
    ...addresses.actors.flatMap((account) => [
      view("balanceOf", [account], ({ flexible }) => flexible[kind].stakeOf(account)),
      view("earned", [account], ({ flexible }, now) => flexible[kind].earned(account, now), "rounded"),
      view("isFunder", [account], ({ flexible }) => flexible[kind].isFunder(account)),
    ]),
    ...[addresses.distributor, addresses.fixed.two].map((account) =>
      view("isFunder", [account], ({ flexible }) => flexible[kind].isFunder(account)),
    ),
    ...Object.entries(addresses.tokens).map(([name, token]) =>
      view(
        "liabilities",
        [token],
        ({ flexible, tokens }) => flexible[kind].liabilities(tokens[name as keyof typeof tokens]),
        "rounded",
      ),
    ),
  ];
}
