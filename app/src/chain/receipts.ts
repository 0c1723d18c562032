// What a transaction did for a person, to the unit, from its own events.
import { decodeEvent, fixedTermPoolEvents, flexiblePoolEvents } from "@termstake/sdk/events";
import { paysItsOwnToken, type Pool } from "@termstake/sdk/pools";

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
export function paidIn(pool: Pool, { logs }: Logged): Paid {
  const paid = { principal: 0n, reward: 0n, deferred: 0n, penalty: 0n, forfeited: 0n, positionId: 0n };
  const own = logs.filter(({ address }) => address === pool.address);
  if (pool.kind === "flexible") {
    for (const log of own) {
      const event = decodeEvent(flexiblePoolEvents, log);
      if (event?.name === "Withdrawn") paid.principal += event.args.amount;
      if (event?.name === "RewardPaid") paid.reward += event.args.reward;
      if (event?.name === "RewardDeferred") paid.deferred += event.args.reward;
    }
    return paid;
  }
  for (const log of own) {
    const event = decodeEvent(fixedTermPoolEvents, log);
    switch (event?.name) {
      case "Withdrawn":
        paid.principal += event.args.principal;
        paid.reward += event.args.reward;
        break;
      case "WithdrawnEarly":
        paid.principal += event.args.principalOut;
        paid.reward += event.args.rewardOut;
        paid.penalty += event.args.principalPenalty;
        paid.forfeited += event.args.forfeitedReward;
        paid.positionId = event.args.remainderId;
        break;
      case "Renewed":
        // Where both tokens are the same, the reward has become principal and left nobody.
        if (!paysItsOwnToken(pool)) paid.reward += event.args.reward;
        paid.positionId = event.args.newPositionId;
        break;
      case "OwedClaimed":
        paid.reward += event.args.amount;
        break;
      case "RewardDeferred":
        paid.deferred += event.args.amount;
        break;
    }
  }
  // The events of an exit name the reward also where its transfer failed.
  return { ...paid, reward: paid.reward > paid.deferred ? paid.reward - paid.deferred : 0n };
}

/** What the pool counts of a deposit, by its own events in a receipt: less than was sent where the token keeps a part. */
export function creditedIn(pool: Pool, { logs }: Logged): bigint {
  let credited = 0n;
  for (const log of logs) {
    if (log.address !== pool.address) continue;
    if (pool.kind === "flexible") {
      const event = decodeEvent(flexiblePoolEvents, log);
      if (event?.name === "Staked") credited += event.args.amount;
    } else {
      const event = decodeEvent(fixedTermPoolEvents, log);
      if (event?.name === "Opened") credited += event.args.principal;
    }
  }
  return credited;
}
