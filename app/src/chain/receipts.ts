// What a transaction did for a person, to the unit, from its own events.
import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/sdk/ethers";
import { paysItsOwnToken, type Pool } from "@termstake/sdk/pools";

import { eventReader } from "./plain.ts";
import { fixedTermPool, flexiblePool } from "./pool-contracts.ts";
import type { Reader } from "./reader.ts";

/** Amounts in base units. */
export interface Paid {
  /** Staking tokens that were paid out. */
  readonly principal: bigint;
  /** Reward tokens that were paid out. */
  readonly reward: bigint;
  /** Reward tokens whose transfer failed: they stay there to be claimed. */
  readonly deferred: bigint;
  readonly penalty: bigint;
  readonly forfeited: bigint;
  /** The position that goes on, or 0. */
  readonly positionId: bigint;
}

interface Logged {
  readonly logs: readonly { readonly address: string; readonly topics: readonly string[]; readonly data: string }[];
}

/** What the pool's events in a receipt say. */
export function paidIn(reader: Reader, pool: Pool, { logs }: Logged): Paid {
  const paid = { principal: 0n, reward: 0n, deferred: 0n, penalty: 0n, forfeited: 0n, positionId: 0n };
  const own = logs.filter(({ address }) => address === pool.address);
  if (pool.kind === "flexible") {
    const contract = flexiblePool(reader, pool.address).interface;
    for (const log of own) {
      const event = contract.parseLog(log);
      const amount: unknown = event?.args[1];
      if (typeof amount !== "bigint") continue;
      if (event?.name === "Withdrawn") paid.principal += amount;
      if (event?.name === "RewardPaid") paid.reward += amount;
      if (event?.name === "RewardDeferred") paid.deferred += amount;
    }
    return paid;
  }
  const contract = fixedTermPool(reader, pool.address).interface;
  for (const log of own) {
    const event = contract.parseLog(log);
    if (event === null) continue;
    const value = (name: string): bigint => {
      const found: unknown = event.args[name];
      return typeof found === "bigint" ? found : 0n;
    };
    switch (event.name) {
      case "Withdrawn":
        paid.principal += value("principal");
        paid.reward += value("reward");
        break;
      case "WithdrawnEarly":
        paid.principal += value("principalOut");
        paid.reward += value("rewardOut");
        paid.penalty += value("principalPenalty");
        paid.forfeited += value("forfeitedReward");
        paid.positionId = value("remainderId");
        break;
      case "Renewed":
        // Where both tokens are the same, the reward has become principal and left nobody.
        if (!paysItsOwnToken(pool)) paid.reward += value("reward");
        paid.positionId = value("newPositionId");
        break;
      case "OwedClaimed":
        paid.reward += value("amount");
        break;
      case "RewardDeferred":
        paid.deferred += value("amount");
        break;
    }
  }
  // The events of an exit name the reward also where its transfer failed.
  return { ...paid, reward: paid.reward > paid.deferred ? paid.reward - paid.deferred : 0n };
}

const deposits = {
  flexible: eventReader(FlexiblePool__factory.createInterface()),
  fixed: eventReader(FixedTermPool__factory.createInterface()),
};

/** What the pool counts of a deposit, by its own events in a receipt: less than was sent where the token keeps a part. */
export function creditedIn(pool: Pool, { logs }: Logged): bigint {
  let credited = 0n;
  for (const log of logs) {
    if (log.address !== pool.address) continue;
    const told = deposits[pool.kind](log);
    const amount = told?.name === "Staked" ? told.args[1] : told?.name === "Opened" ? told.args[3] : undefined;
    if (typeof amount === "bigint") credited += amount;
  }
  return credited;
}
