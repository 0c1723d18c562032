// The package in a page: what it does not use must not be in the bundle.
import { explainRevert } from "@termstake/sdk/errors";
import { promisedReward } from "@termstake/sdk/math";
import { fixedTermPoolAbi } from "@termstake/sdk/abi";
import { singletons } from "@termstake/sdk/addresses";

console.log(
  JSON.stringify({
    functions: fixedTermPoolAbi.filter(({ type }) => type === "function").length,
    lens: singletons.StakingLens,
    reward: promisedReward({ rate: 10n ** 17n, duration: 365 * 86_400 }, 1_000n).toString(),
    sentence: explainRevert({ data: "0x0d231705" }) ?? null,
  }),
);
