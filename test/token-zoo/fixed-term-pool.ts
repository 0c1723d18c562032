import { expect } from "chai";
import { network } from "hardhat";

import { deployFixedTermPool, isSolvent, MONTH, openPosition, rewardOf } from "../helpers/fixed-term.ts";
import { ONE } from "../helpers/fixtures.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const PRINCIPAL = 1_000n * ONE;
/** What one transaction may use at most (EIP-7825): enough for what is left when a token burns all but a 64th. */
const GAS = { gasLimit: 2n ** 24n };

async function openedIn(zoo: ZooToken, role: "stakingToken" | "rewardsToken") {
  const token = await zoo.deploy(connection);
  const fixture = await deployFixedTermPool(ethers, { [role]: token });
  const { actors, pool, stakingToken } = fixture;
  const before = await stakingToken.balanceOf(pool);
  const id = await openPosition(pool, actors.alice, PRINCIPAL);
  const { principal, reward } = await pool.position(id);
  expect(principal).to.equal((await stakingToken.balanceOf(pool)) - before);
  expect(reward).to.equal(rewardOf(principal, MONTH));
  const victim = {
    pool: await pool.getAddress(),
    staker: actors.alice.address,
    reentry: pool.interface.encodeFunctionData("sweepPenalties"),
  };
  return { ...fixture, token, victim, id, principal, reward, alice: pool.connect(actors.alice) };
}

describe("FixedTermPool", () => {
  for (const zoo of TOKEN_ZOO) {
    describe(`given a staking token: ${zoo.name}`, () => {
      it(`pays principal less the penalty${zoo.transfers === "wait" ? " when the token lets it go" : ""}`, async () => {
        const { actors, pool, stakingToken, rewardsToken, token, victim, id, principal, alice } = await openedIn(
          zoo,
          "stakingToken",
        );
        await zoo.spoil?.(connection, token, victim);
        if (zoo.transfers === "wait") {
          await expect(alice.withdrawEarly(id, principal, actors.alice, 0n, 0n, GAS)).to.revert(ethers);
          expect(await pool.ownerOf(id)).to.equal(actors.alice.address);
          await zoo.mend?.(connection, token, victim);
        }
        const before = await token.balanceOf(pool);
        await alice.withdrawEarly(id, principal, actors.alice, 0n, 0n, GAS);
        const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
        const penalty = rewards + insurance + treasury + burned;
        expect(penalty).to.be.within(1n, principal / 4n);
        expect(before - (await token.balanceOf(pool))).to.equal(principal - penalty);
        expect(await pool.totalPrincipal()).to.equal(0n);

        await pool.sweepPenalties(GAS);
        expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
      });
    });

    describe(`given a rewards token: ${zoo.name}`, () => {
      it("pays principal at maturity at once, and the reward then or when the token lets it go", async () => {
        const { actors, pool, stakingToken, rewardsToken, token, victim, id, principal, reward, alice } =
          await openedIn(zoo, "rewardsToken");
        await networkHelpers.time.increase(MONTH.duration);
        await zoo.spoil?.(connection, token, victim);
        await expect(alice.withdraw(id, actors.alice, GAS)).to.changeTokenBalances(
          ethers,
          stakingToken,
          [pool, actors.alice],
          [-principal, principal],
        );
        expect(await pool.reservedRewards()).to.equal(0n);
        await zoo.mend?.(connection, token, victim);

        const owed = await pool.owed(actors.alice);
        expect(owed).to.be.oneOf([0n, reward]);
        if (zoo.transfers === "succeed") expect(owed).to.equal(0n);
        if (owed !== 0n) {
          const before = await token.balanceOf(pool);
          await alice.claimOwed(actors.alice, GAS);
          expect(before - (await token.balanceOf(pool))).to.equal(reward);
        }
        expect(await pool.owed(actors.alice)).to.equal(0n);
        expect(await isSolvent(pool, stakingToken, rewardsToken)).to.equal(true);
      });
    });
  }
});
