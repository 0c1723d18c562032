import { expect } from "chai";
import { network } from "hardhat";

import { DAY, namedActors, ONE } from "../helpers/fixtures.ts";
import { type Deploy, deployOurs, ORACLE_PERIOD, ORACLES, type Subject, subject } from "./subjects.ts";

const connection = await network.create({ override: { allowBlocksWithSameTimestamp: true } });
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function deployed(deployPeer: Deploy, peerName: string, sameToken: boolean) {
  const { alice, bob, deployer: owner } = await namedActors(ethers);
  const options = { owner, stakers: [alice, bob], sameToken };
  const ours = await subject(connection, "FlexiblePool", deployOurs, options);
  const peer = await subject(connection, peerName, deployPeer, options);
  return { owner, alice, bob, ours, peer, both: [ours, peer] };
}

/** Each difference that docs/ORACLES.md names, on both sides. */
for (const [name, deploy, installed] of ORACLES) {
  (installed ? describe : describe.skip)(`Where FlexiblePool and ${name} differ`, () => {
    const twoTokens = () => deployed(deploy, name, false);
    const oneToken = () => deployed(deploy, name, true);

    async function notify(
      { pool, rewardsToken }: Subject,
      owner: Awaited<ReturnType<typeof deployed>>["owner"],
      reward: bigint,
    ) {
      await rewardsToken.mint(pool, reward);
      await pool.connect(owner).notifyRewardAmount(reward);
    }

    describe("given nobody staked while a reward streams", () => {
      it("streams it all to those who come; the peer loses what streamed before", async () => {
        const { owner, alice, ours, peer, both } = await networkHelpers.loadFixture(twoTokens);
        const reward = ORACLE_PERIOD * ONE;
        for (const each of both) await notify(each, owner, reward);
        const noticed = [await ours.pool.lastUpdateTime(), await peer.pool.lastUpdateTime()];
        await time.increase(DAY);
        const joined: bigint[] = [];
        for (const { pool } of both) {
          await pool.connect(alice).stake(ONE);
          joined.push(BigInt(await time.latest()));
        }
        await time.increase(2n * ORACLE_PERIOD);
        expect(await ours.pool.earned(alice)).to.equal(reward);
        const lost = ((joined[1] ?? 0n) - (noticed[1] ?? 0n)) * ONE;
        expect(lost).to.be.at.least(DAY * ONE);
        expect(await peer.pool.earned(alice)).to.equal(reward - lost);
      });
    });

    describe("given a running period", () => {
      it("keeps the rate whatever is notified; the peer stretches the period with it", async () => {
        const { owner, alice, ours, peer, both } = await networkHelpers.loadFixture(twoTokens);
        for (const each of both) {
          await each.pool.connect(alice).stake(ONE);
          await notify(each, owner, ORACLE_PERIOD * ONE);
        }
        const finish = await ours.pool.periodFinish();
        await time.increase(ORACLE_PERIOD / 2n);
        await notify(ours, owner, ONE);
        expect(await ours.pool.rewardRate()).to.equal(ONE);
        expect(await ours.pool.periodFinish()).to.equal(finish + 1n);
        await notify(peer, owner, 1n);
        expect(await peer.pool.rewardRate()).to.be.lessThan((ONE * 51n) / 100n);
      });
    });

    describe("given a token staked and paid", () => {
      it("refuses a reward that has not arrived; the peer promises the stakers' principal", async () => {
        const { owner, alice, ours, peer, both } = await networkHelpers.loadFixture(oneToken);
        const principal = ORACLE_PERIOD * ONE;
        for (const { pool } of both) await pool.connect(alice).stake(principal);
        const strict = await ethers.getContractAt("FlexiblePool", await ours.pool.getAddress());
        await expect(strict.connect(owner).notifyRewardAmount(principal))
          .to.be.revertedWithCustomError(strict, "PoolRewardNotReceived")
          .withArgs(principal, 0n);
        await peer.pool.connect(owner).notifyRewardAmount(principal);
        await time.increase(ORACLE_PERIOD);
        await peer.pool.connect(alice).getReward();
        expect(await peer.stakingToken.balanceOf(peer.pool)).to.equal(0n);
        expect(await peer.pool.balanceOf(alice)).to.equal(principal);
      });
    });

    describe("given a reward of fewer units than the period has seconds", () => {
      it("streams every unit; the peer's rate is 0 and nothing streams", async () => {
        const { owner, alice, ours, peer, both } = await networkHelpers.loadFixture(twoTokens);
        for (const each of both) {
          await each.pool.connect(alice).stake(ONE);
          await notify(each, owner, ORACLE_PERIOD - 1n);
        }
        await time.increase(ORACLE_PERIOD);
        expect(await ours.pool.earned(alice)).to.equal(ORACLE_PERIOD - 2n); // the accumulator is rounded down once
        expect(await peer.pool.earned(alice)).to.equal(0n);
      });
    });

    describe("given a reward of few units shared by a large stake, and an operation every second", () => {
      it("keeps what each second adds; the peer rounds each second's share to 0", async () => {
        const { owner, alice, bob, ours, peer, both } = await networkHelpers.loadFixture(twoTokens);
        const reward = ORACLE_PERIOD * 100n; // 100 units a second
        for (const each of both) {
          await each.pool.connect(alice).stake(10n ** 9n * ONE);
          await notify(each, owner, reward);
        }
        const start = BigInt(await time.latest());
        for (let second = 1n; second <= 20n; ++second) {
          for (const { pool } of both) {
            await time.setNextBlockTimestamp(start + second);
            await pool.connect(bob).stake(1n);
          }
        }
        expect(await ours.pool.earned(alice)).to.be.at.least(1_998n); // 20 seconds, less what bob and roundings take
        expect(await peer.pool.earned(alice)).to.equal(0n);
      });
    });
  });
}
