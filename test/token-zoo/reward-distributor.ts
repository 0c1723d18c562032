import { expect } from "chai";
import { network } from "hardhat";

import { createSchedule, deployDistributor, WEEK } from "../helpers/distributor.ts";
import { deployFixedTermPool } from "../helpers/fixed-term.ts";
import { DAY, deployFlexiblePool, MAX_UINT256, Role } from "../helpers/fixtures.ts";
import { TokenReport } from "../helpers/token-report.ts";
import { MOST_GAS, surplusesOf, tryToken, type EntryPoint, type Outcome, type Trial } from "../helpers/token-trial.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const BUDGET = 10n ** 9n;
const SURPLUS = 1_000n;

async function prepare(zoo: ZooToken): Promise<Trial> {
  const token = await zoo.deploy(connection);
  const base = await deployDistributor(ethers);
  const { actors, distributor } = base;
  const { carol, funder, governor } = actors;
  const { access: poolAccess, pool: flexible } = await deployFlexiblePool(ethers, { rewardsToken: token });
  const { pool: fixedTerm } = await deployFixedTermPool(ethers, { rewardsToken: token });
  await poolAccess.grantRole(Role.governor, actors.deployer, 0n);
  await flexible.connect(actors.deployer).setFunder(distributor, true);

  const start = BigInt(await networkHelpers.time.latest()) + DAY;
  const terms = { token, epoch: WEEK, budget: BUDGET, start, epochs: 10n, feeBps: 1_000n };
  await createSchedule(base, terms, [
    { pool: flexible, weight: 3n },
    { pool: fixedTerm, weight: 1n },
  ]);
  await token.mint(funder, 2n ** 100n);
  await token.connect(funder).approve(distributor, MAX_UINT256);
  await distributor.connect(funder).fund(0n, BUDGET * 5n);
  await token.mint(distributor, SURPLUS);
  await networkHelpers.time.increaseTo(start + WEEK);
  await distributor.connect(governor).setWeights(0n, []); // two epochs accrue, and their fees

  const entryPoints: Record<string, EntryPoint> = {
    fund: { call: () => distributor.connect(funder).fund(0n, BUDGET, MOST_GAS) },
    "distribute to a flexible pool": { call: () => distributor.distribute(0n, flexible, MOST_GAS) },
    "distribute to a fixed-term pool": { call: () => distributor.distribute(0n, fixedTerm, MOST_GAS) },
    setWeights: {
      call: () => distributor.connect(governor).setWeights(0n, [{ pool: flexible, weight: 1n }]),
    },
    sweepFees: {
      call: () => distributor.sweepFees(token, MOST_GAS),
      parts: async () => {
        const { insurance, treasury } = await distributor.feesOwed(token);
        const swept = (fees: bigint): Outcome => (fees === 0n ? "works" : "waits");
        return { "sweep of fees to insurance": swept(insurance), "sweep of fees to treasury": swept(treasury) };
      },
    },
    setRecipients: {
      call: () => distributor.connect(governor).setRecipients(carol, carol, [token], MOST_GAS),
      parts: async () => {
        const { insurance, treasury } = await distributor.feesOwed(token);
        const swept = (fees: bigint): Outcome => (fees === 0n ? "works" : "waits");
        return { "fees before a change of recipients": swept(insurance + treasury) };
      },
    },
    endSchedule: { call: () => distributor.connect(governor).endSchedule(0n, carol, MOST_GAS) },
    rescue: { call: () => distributor.connect(governor).rescue(token, carol, SURPLUS, MOST_GAS), takesSurplus: true },
    createSchedule: {
      call: () => distributor.connect(governor).createSchedule({ ...terms, start: 2n ** 40n - 1n }, []),
    },
  };
  const leave = async () => {
    for (const pool of [flexible, fixedTerm]) {
      const [due, held] = [await distributor.pending(0n, pool), await token.balanceOf(distributor)];
      await distributor.distribute(0n, pool);
      expect(held - (await token.balanceOf(distributor))).to.equal(due);
    }
    await distributor.sweepFees(token);
    await distributor.connect(governor).endSchedule(0n, carol);
    expect((await distributor.liabilities(token)) <= 2n, "dust of two claims").to.equal(true);
  };
  return {
    token,
    victim: {
      pool: await distributor.getAddress(),
      staker: await flexible.getAddress(),
      reentry: distributor.interface.encodeFunctionData("sweepFees", [await token.getAddress()]),
    },
    entryPoints,
    never: ["setWeights", "sweepFees"],
    surpluses: () => surplusesOf(distributor, [token]),
    leave,
  };
}

describe("RewardDistributor", () => {
  const report = new TokenReport("RewardDistributor");
  for (const zoo of TOKEN_ZOO) {
    it(`pays, or says why not and loses nothing, with a token: ${zoo.name}`, async () => {
      await report.record(zoo.name, new Map([["reward", await tryToken(connection, zoo, await prepare(zoo))]]));
    });
  }

  it("fares with each as docs/TOKENS.md says", async () => {
    await report.conclude(TOKEN_ZOO.map(({ name }) => name));
  });
});
