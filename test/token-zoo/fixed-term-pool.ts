import { expect } from "chai";
import { network } from "hardhat";

import { deployFixedTermPool, MONTH, MONTH_ID, openPosition, rewardOf } from "../helpers/fixed-term.ts";
import { DAY, ONE, Role } from "../helpers/fixtures.ts";
import { permitOrApproval } from "../helpers/permit.ts";
import { turnHostile } from "../helpers/scripted.ts";
import { TokenReport } from "../helpers/token-report.ts";
import {
  MOST_GAS,
  surplusesOf,
  tryToken,
  type EntryPoint,
  type Outcome,
  type Outcomes,
  type Trial,
} from "../helpers/token-trial.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ROLES = ["stake", "reward", "both"] as const;
const PRINCIPAL = 1_000n * ONE;
const SURPLUS = 1_000n;
const DEAD = "0x000000000000000000000000000000000000dEaD";

async function prepare(zoo: ZooToken, role: (typeof ROLES)[number]): Promise<Trial> {
  const token = await zoo.deploy(connection);
  const fixture = await deployFixedTermPool(ethers, {
    [role === "reward" ? "rewardsToken" : "stakingToken"]: token,
    sameToken: role === "both",
  });
  const { access, actors, pool, stakingToken, rewardsToken } = fixture;
  const { bob, carol, deployer, funder, stranger } = actors;
  const alice = pool.connect(actors.alice);
  await access.grantRole(Role.governor, deployer, 0n);
  const open = async (staker: typeof bob) => {
    const before = await stakingToken.balanceOf(pool);
    const id = await openPosition(pool, staker, PRINCIPAL);
    const { principal, reward } = await pool.position(id);
    const arrived = (await stakingToken.balanceOf(pool)) - before;
    expect(principal).to.equal(arrived < PRINCIPAL ? arrived : PRINCIPAL); // never more than was asked for
    expect(reward).to.equal(rewardOf(principal, MONTH));
    return { id, principal, reward };
  };
  const mature = await open(actors.alice);
  const deferred = await open(actors.alice);
  const bobs = await open(bob);
  await networkHelpers.time.increase(MONTH.duration);
  const young = await open(actors.alice);
  const { id: left, principal: leaving } = await open(bob);
  await networkHelpers.time.increase(10n * DAY);
  await pool.connect(bob).withdrawEarly(left, leaving, bob, 0n, 0n); // leaves penalties to sweep
  for (const held of new Set([stakingToken, rewardsToken])) await held.mint(pool, SURPLUS);
  await stakingToken.mint(stranger, PRINCIPAL);
  const permits = role === "reward" || zoo.withoutPermit !== true;
  const permit = await permitOrApproval(stakingToken, stranger, pool, PRINCIPAL, permits);
  if (role !== "both") {
    // A token that is gone for a moment leaves a reward owed.
    const code = await ethers.provider.getCode(rewardsToken);
    await turnHostile(connection, rewardsToken);
    await alice.withdraw(deferred.id, actors.alice);
    await networkHelpers.setCode(await rewardsToken.getAddress(), code);
    expect(await pool.owed(actors.alice)).to.equal(deferred.reward);
  }

  const owedBefore = await pool.totalOwed();
  const withReward = (name: string) => async (): Promise<Record<string, Outcome>> =>
    role === "both"
      ? { [name]: "works" }
      : { [name]: "works", [`${name}’s reward`]: (await pool.totalOwed()) === owedBefore ? "works" : "waits" };
  const { id: matureId } = mature;
  const { id: youngId, principal } = young;
  const entryPoints: Record<string, EntryPoint> = {
    open: { call: () => alice.open(MONTH_ID, ONE, actors.alice, 0n, MOST_GAS) },
    openWithPermit: {
      call: () => pool.connect(stranger).openWithPermit(MONTH_ID, PRINCIPAL, stranger, 0n, ...permit, MOST_GAS),
    },
    withdraw: { call: () => alice.withdraw(matureId, actors.alice, MOST_GAS), parts: withReward("withdraw") },
    withdrawEarly: {
      call: () => alice.withdrawEarly(youngId, principal, actors.alice, 0n, 0n, MOST_GAS),
      parts: withReward("withdrawEarly"),
    },
    "withdrawEarly in part": {
      call: () => alice.withdrawEarly(youngId, ONE, actors.alice, 0n, 0n, MOST_GAS),
      parts: withReward("withdrawEarly in part"),
    },
    renew: { call: () => alice.renew(matureId, MONTH_ID, 0n, MOST_GAS), parts: withReward("renew") },
    ...(role === "both"
      ? {}
      : {
          claimOwed: { call: () => alice.claimOwed(actors.alice, MOST_GAS) },
          "claimOwed to another": { call: () => alice.claimOwed(carol, MOST_GAS) },
        }),
    fund: { call: () => pool.connect(funder).fund(ONE, MOST_GAS) },
    withdrawBudget: { call: () => pool.connect(deployer).withdrawBudget(carol, ONE, MOST_GAS) },
    sweepPenalties: {
      call: () => pool.sweepPenalties(MOST_GAS),
      parts: async () => {
        const waiting = await pool.unsweptPenalties();
        const swept = (share: bigint): Outcome => (share === 0n ? "works" : "waits");
        const dead = await stakingToken.balanceOf(DEAD).catch(() => 0n);
        return {
          "sweep to rewards": swept(waiting.rewards),
          "sweep to insurance": swept(waiting.insurance),
          "sweep to treasury": swept(waiting.treasury),
          [dead === 0n ? "sweep to burning" : "sweep to the dead address"]: swept(waiting.burned),
        };
      },
    },
    rescue: { call: () => pool.connect(deployer).rescue(token, carol, SURPLUS, MOST_GAS), takesSurplus: true },
  };

  const leave = async () => {
    await networkHelpers.time.increase(MONTH.duration);
    for (const [staker, position] of [
      [actors.alice, mature],
      [actors.alice, young],
      [bob, bobs],
      ...(role === "both" ? ([[actors.alice, deferred]] as const) : []),
    ] as const) {
      const staked = await stakingToken.balanceOf(pool);
      const held = await rewardsToken.balanceOf(pool);
      await pool.connect(staker).withdraw(position.id, staker);
      const together = role === "both" ? position.reward : 0n;
      expect(staked - (await stakingToken.balanceOf(pool))).to.equal(position.principal + together);
      if (role !== "both") expect(held - (await rewardsToken.balanceOf(pool))).to.equal(position.reward);
    }
    if (role !== "both") {
      const held = await rewardsToken.balanceOf(pool);
      await alice.claimOwed(actors.alice);
      expect(held - (await rewardsToken.balanceOf(pool))).to.equal(deferred.reward);
    }
    expect([await pool.totalPrincipal(), await pool.reservedRewards(), await pool.totalOwed()]).to.deep.equal([
      0n,
      0n,
      0n,
    ]);
  };
  const exits = ["withdraw", "withdrawEarly", "withdrawEarly in part"];
  return {
    token,
    victim: {
      pool: await pool.getAddress(),
      staker: actors.alice.address,
      reentry: pool.interface.encodeFunctionData("sweepPenalties"),
    },
    entryPoints,
    never: role === "reward" ? ["open", "openWithPermit", ...exits, "renew", "sweepPenalties"] : [],
    surpluses: () => surplusesOf(pool, [stakingToken, rewardsToken]),
    leave,
  };
}

describe("FixedTermPool", () => {
  const report = new TokenReport("FixedTermPool");
  for (const zoo of TOKEN_ZOO) {
    it(`pays, or says why not and loses nothing, with a token: ${zoo.name}`, async () => {
      const outcomes = new Map<string, Outcomes>();
      for (const role of zoo.onlySays ? (["both"] as const) : ROLES) {
        outcomes.set(role, await tryToken(connection, zoo, await prepare(zoo, role)));
      }
      await report.record(zoo.name, outcomes);
    });
  }

  it("fares with each as docs/TOKENS.md says", async () => {
    await report.conclude(TOKEN_ZOO.map(({ name }) => name));
  });
});
