// The package in a project of ES modules.
import { JsonRpcProvider } from "ethers";
import { createPublicClient, http } from "viem";

import { stakingLensAbi } from "@termstake/sdk/abi";
import { singletons } from "@termstake/sdk/addresses";
import { explainRevert } from "@termstake/sdk/errors";
import { StakingLens__factory } from "@termstake/sdk/ethers";
import { promisedReward } from "@termstake/sdk/math";

const [rpcUrl = "", factory = ""] = process.argv.slice(2);
const provider = new JsonRpcProvider(rpcUrl);
const pools = await StakingLens__factory.connect(singletons.StakingLens, provider).pools(factory, 0, 16);
provider.destroy();
const client = createPublicClient({ transport: http(rpcUrl) });
const gas = await client.readContract({
  address: singletons.StakingLens,
  abi: stakingLensAbi,
  functionName: "ENTRY_GAS",
});

console.log(
  JSON.stringify({
    pools: pools.length,
    gas: gas.toString(),
    reward: promisedReward({ rate: 10n ** 17n, duration: 365 * 86_400 }, 1_000n).toString(),
    sentence: explainRevert({ data: "0x0d231705" }) ?? null,
  }),
);
