import type { Entry } from "../../app/src/chain/history.ts";
import { TSK, USDX } from "../sdk/samples.ts";

export * from "../sdk/samples.ts";

export function entry(change: Partial<Entry> = {}): Entry {
  return {
    key: "1-0",
    kind: "staked",
    pool: "0x00000000000000000000000000000000000000F1",
    positionId: undefined,
    principal: undefined,
    promised: undefined,
    reward: undefined,
    listed: true,
    penalty: undefined,
    stakingToken: TSK,
    rewardsToken: USDX,
    stakeChange: 0n,
    block: 1,
    index: 0,
    time: 0,
    transaction: "0xabc",
    ...change,
  };
}
