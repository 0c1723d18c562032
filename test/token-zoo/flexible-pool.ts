import { AssertionError, expect } from "chai";
import { network } from "hardhat";

import { deployFlexiblePool, fund, namedActors, ONE, PERIOD, Role } from "../helpers/fixtures.ts";
import { permitOrApproval } from "../helpers/permit.ts";
import { TokenReport } from "../helpers/token-report.ts";
import { MOST_GAS, surplusesOf, tryToken, type EntryPoint, type Outcomes, type Trial } from "../helpers/token-trial.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ROLES = ["stake", "reward", "both"] as const;
const STAKE = 1_000n * ONE;
const REWARD = PERIOD * 1_000n;
const SURPLUS = 1_000n;

async function prepare(zoo: ZooToken, role: (typeof ROLES)[number]): Promise<Trial> {
  const token = await zoo.deploy(connection);
  const fixture = await deployFlexiblePool(ethers, {
    [role === "reward" ? "rewardsToken" : "stakingToken"]: token,
    sameToken: role === "both",
  });
  const { access, actors, pool, stakingToken, rewardsToken } = fixture;
  const { alice, bob, carol, deployer, funder, stranger } = actors;
  await access.grantRole(Role.governor, deployer, 0n);
  await fund(fixture, REWARD);
  const staked = async (staker: typeof alice) => {
    const before = await stakingToken.balanceOf(pool);
    await pool.connect(staker).stake(STAKE);
    const arrived = (await stakingToken.balanceOf(pool)) - before;
    expect(await pool.balanceOf(staker)).to.equal(arrived < STAKE ? arrived : STAKE); // never more than was asked for
  };
  await staked(alice);
  await staked(bob);
  for (const held of new Set([stakingToken, rewardsToken])) await held.mint(pool, SURPLUS);
  await rewardsToken.mint(pool, REWARD); // arrived, and not notified yet
  await stakingToken.mint(stranger, STAKE);
  const permits = role === "reward" || zoo.withoutPermit !== true;
  const permit = await permitOrApproval(stakingToken, stranger, pool, STAKE, permits);
  await networkHelpers.time.increase(PERIOD / 2n);

  const entryPoints: Record<string, EntryPoint> = {
    stake: { call: () => pool.connect(alice).stake(ONE, MOST_GAS) },
    stakeFor: { call: () => pool.connect(alice).stakeFor(carol, ONE, MOST_GAS) },
    stakeWithPermit: { call: () => pool.connect(stranger).stakeWithPermit(STAKE, ...permit, MOST_GAS) },
    "withdraw in part": { call: () => pool.connect(alice).withdraw(ONE, MOST_GAS) },
    withdraw: { call: async () => pool.connect(alice).withdraw(await pool.balanceOf(alice), MOST_GAS) },
    getReward: { call: () => pool.connect(alice).getReward(MOST_GAS) },
    getRewardFor: { call: () => pool.connect(stranger).getRewardFor(alice, MOST_GAS) },
    getRewardTo: { call: () => pool.connect(alice).getRewardTo(carol, MOST_GAS) },
    exit: {
      call: () => pool.connect(alice).exit(MOST_GAS),
      parts: async () => ({
        exit: "works",
        "exit’s reward": (await pool.earned(alice)) === 0n ? "works" : "waits",
      }),
    },
    notifyRewardAmount: { call: () => pool.connect(funder).notifyRewardAmount(REWARD, MOST_GAS), takesSurplus: true },
    rescue: { call: () => pool.connect(deployer).rescue(token, carol, SURPLUS, MOST_GAS), takesSurplus: true },
  };
  const leave = async () => {
    for (const staker of [alice, bob]) {
      const stake = await pool.balanceOf(staker);
      const before = await stakingToken.balanceOf(pool);
      await pool.connect(staker).withdraw(stake);
      expect(before - (await stakingToken.balanceOf(pool))).to.equal(stake);
      const earned = await pool.earned(staker);
      expect(earned >= REWARD / 4n - 2n, "half a period, shared by two").to.equal(true);
      const held = await rewardsToken.balanceOf(pool);
      await pool.connect(staker).getReward();
      expect(held - (await rewardsToken.balanceOf(pool))).to.equal(earned);
    }
    expect(await pool.totalSupply()).to.equal(0n);
  };
  return {
    token,
    victim: {
      pool: await pool.getAddress(),
      staker: alice.address,
      reentry: pool.interface.encodeFunctionData("getReward"),
    },
    entryPoints,
    never: role === "reward" ? ["withdraw in part", "withdraw", "exit", "stake", "stakeFor", "stakeWithPermit"] : [],
    surpluses: () => surplusesOf(pool, [stakingToken, rewardsToken]),
    leave,
  };
}

describe("FlexiblePool", () => {
  const report = new TokenReport("FlexiblePool");
  for (const zoo of TOKEN_ZOO) {
    it(`pays, or says why not and loses nothing, with a token: ${zoo.name}`, async () => {
      const outcomes = new Map<string, Outcomes>();
      for (const role of zoo.onlySays ? (["both"] as const) : ROLES) {
        outcomes.set(role, await tryToken(connection, zoo, await prepare(zoo, role)));
      }
      await report.record(zoo.name, outcomes);
    });
  }

  it("is caught where a pool credits what was asked for", async () => {
    const zoo = TOKEN_ZOO.find(({ name }) => name === "fee on transfer");
    if (!zoo) throw new Error("the zoo has no token with a fee");
    const token = await zoo.deploy(connection);
    const pool = await ethers.deployContract("NaiveStakingRewards", [token, token, PERIOD]);
    const { alice } = await namedActors(ethers);
    await token.mint(alice, STAKE);
    await token.connect(alice).approve(pool, STAKE);
    const reentry = pool.interface.encodeFunctionData("getReward");
    const trial: Trial = {
      token,
      victim: { pool: await pool.getAddress(), staker: alice.address, reentry },
      entryPoints: { stake: { call: () => pool.connect(alice).stake(STAKE) } },
      never: [],
      surpluses: async () => [(await token.balanceOf(pool)) - (await pool.totalSupply())],
      leave: () => Promise.resolve(),
    };
    const failure: unknown = await tryToken(connection, zoo, trial).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(AssertionError);
    expect(String(failure)).to.contain("above liabilities");
  });

  it("fares with each as docs/TOKENS.md says", async () => {
    await report.conclude(TOKEN_ZOO.map(({ name }) => name));
  });
});
