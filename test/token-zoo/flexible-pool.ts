import { expect } from "chai";
import { network } from "hardhat";

import { deployFlexiblePool, fund, ONE, PERIOD } from "../helpers/fixtures.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const STAKE = 1_000n * ONE;
/** What one transaction may use at most (EIP-7825): enough for what is left when a token burns all but a 64th. */
const GAS = { gasLimit: 2n ** 24n };

async function stakedIn(zoo: ZooToken, role: "stakingToken" | "rewardsToken") {
  const token = await zoo.deploy(connection);
  const fixture = await deployFlexiblePool(ethers, { [role]: token });
  const { actors, pool } = fixture;
  await fund(fixture, PERIOD * 1_000n);
  const before = await fixture.stakingToken.balanceOf(pool);
  await pool.connect(actors.alice).stake(STAKE);
  expect(await pool.balanceOf(actors.alice)).to.equal((await fixture.stakingToken.balanceOf(pool)) - before);
  await networkHelpers.time.increase(PERIOD);
  const victim = {
    pool: await pool.getAddress(),
    staker: actors.alice.address,
    reentry: pool.interface.encodeFunctionData("getReward"),
  };
  return { ...fixture, token, victim, alice: pool.connect(actors.alice) };
}

describe("FlexiblePool", () => {
  for (const zoo of TOKEN_ZOO) {
    describe(`given a staking token: ${zoo.name}`, () => {
      it(zoo.transfers === "wait" ? "keeps the stake until the token lets it go" : "pays the whole stake", async () => {
        const { actors, pool, token, victim, alice } = await stakedIn(zoo, "stakingToken");
        const stake = await pool.balanceOf(actors.alice);
        await zoo.spoil?.(connection, token, victim);
        if (zoo.transfers === "wait") {
          await expect(alice.withdraw(stake, GAS)).to.revert(ethers);
          expect(await pool.balanceOf(actors.alice)).to.equal(stake);
          await zoo.mend?.(connection, token, victim);
        }
        const before = await token.balanceOf(pool);
        await alice.withdraw(stake, GAS);
        expect(before - (await token.balanceOf(pool))).to.equal(stake);
        expect([await pool.balanceOf(actors.alice), await pool.totalSupply()]).to.deep.equal([0n, 0n]);
      });
    });

    describe(`given a rewards token: ${zoo.name}`, () => {
      it("pays the whole stake at once, and the reward when the token lets it go", async () => {
        const { actors, pool, stakingToken, token, victim, alice } = await stakedIn(zoo, "rewardsToken");
        await zoo.spoil?.(connection, token, victim);
        await expect(alice.withdraw(STAKE, GAS)).to.changeTokenBalances(
          ethers,
          stakingToken,
          [pool, actors.alice],
          [-STAKE, STAKE],
        );
        const earned = await pool.earned(actors.alice);
        expect(earned).to.be.greaterThan(0n);
        if (zoo.transfers === "wait") {
          await expect(alice.getReward(GAS)).to.revert(ethers);
          expect(await pool.earned(actors.alice)).to.equal(earned);
          await zoo.mend?.(connection, token, victim);
        }
        const before = await token.balanceOf(pool);
        await alice.getReward(GAS);
        expect(before - (await token.balanceOf(pool))).to.equal(earned);
        expect(await pool.earned(actors.alice)).to.equal(0n);
      });
    });
  }
});
