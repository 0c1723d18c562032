import type { Stage, Staker } from "./stage.ts";

type FlexibleName = keyof Stage["flexible"];
type FixedName = keyof Stage["fixed"];

/** Anything that waits to be mined. */
interface Sent {
  wait(): Promise<unknown>;
}

async function mined(sent: Promise<Sent>): Promise<void> {
  await (await sent).wait();
}

/** What the stakers can do, each move sent and mined. */
export function moves({ people, flexible, fixed }: Stage) {
  const flexibleOf = (who: Staker, name: FlexibleName) => flexible[name].connect(people[who]);
  const fixedOf = (who: Staker, name: FixedName) => fixed[name].connect(people[who]);

  return {
    stake: (who: Staker, name: FlexibleName, amount: bigint) => mined(flexibleOf(who, name).stake(amount)),
    unstake: (who: Staker, name: FlexibleName, amount: bigint) => mined(flexibleOf(who, name).withdraw(amount)),
    claim: (who: Staker, name: FlexibleName) => mined(flexibleOf(who, name).getReward()),
    exit: (who: Staker, name: FlexibleName) => mined(flexibleOf(who, name).exit()),

    /** Opens for at least the reward that was shown, and returns the position's id. */
    async open(who: Staker, name: FixedName, termId: bigint, amount: bigint): Promise<bigint> {
      const pool = fixedOf(who, name);
      const { reward } = await pool.previewOpen(termId, amount);
      await mined(pool.open(termId, amount, people[who].address, reward));
      return pool.positionCount();
    },
    withdraw: (who: Staker, name: FixedName, id: bigint) => mined(fixedOf(who, name).withdraw(id, people[who].address)),
    /** Leaves with all or a part, for at least what was shown, and returns the id of the rest, which is the newest. */
    async leaveEarly(who: Staker, name: FixedName, id: bigint, part?: bigint): Promise<bigint> {
      const pool = fixedOf(who, name);
      const amount = part ?? (await pool.position(id)).principal;
      const { principalOut, rewardOut } = await pool.previewWithdrawEarly(id, amount);
      await mined(pool.withdrawEarly(id, amount, people[who].address, principalOut, rewardOut));
      return pool.positionCount();
    },
    async renew(who: Staker, name: FixedName, id: bigint, termId: bigint): Promise<bigint> {
      const pool = fixedOf(who, name);
      await mined(pool.renew(id, termId, 1n));
      return pool.positionCount();
    },
    setAutoRenew: (who: Staker, name: FixedName, id: bigint, termId: bigint, window: bigint, repeats: boolean) =>
      mined(fixedOf(who, name).setAutoRenew(id, termId, window, repeats)),
    /** Done by the keeper, who can only do what the owner's auto-renew says. */
    async renewForOwner(name: FixedName, id: bigint): Promise<bigint> {
      const pool = fixed[name].connect(people.Keeper);
      const { termId } = await pool.autoRenewOrder(id);
      await mined(pool.renew(id, termId, 0n));
      return pool.positionCount();
    },
    give: (from: Staker, to: Staker, name: FixedName, id: bigint) =>
      mined(fixedOf(from, name).transferFrom(people[from].address, people[to].address, id)),
  };
}
