import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { network } from "hardhat";

import type { PlainToken } from "../../types/index.js";
import { DAY, fund, HOUR, ONE, PERIOD, YEAR } from "../helpers/fixtures.ts";
import { signPermit } from "../helpers/permit.ts";
import { fieldRow } from "./field-row.ts";
import {
  faultyPool,
  poolsInOneCustody,
  realPool,
  realTwoPools,
  type FlexibleSubject,
  type TwoPools,
} from "./flexible-subject.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

/** Makes a call that may revert: what counts is what it leaves behind. */
async function attempt(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

/** Puts calls of one sender into one block, in this order. */
async function inOneBlock(...calls: (() => Promise<ContractTransactionResponse>)[]): Promise<void> {
  await ethers.provider.send("evm_setAutomine", [false]);
  const sent: ContractTransactionResponse[] = [];
  for (const call of calls) sent.push(await call());
  await networkHelpers.mine();
  await ethers.provider.send("evm_setAutomine", [true]);
  await Promise.all(sent.map((transaction) => transaction.wait()));
}

async function asPlain(token: Promise<{ getAddress(): Promise<string> }>): Promise<PlainToken> {
  return ethers.getContractAt("PlainToken", await (await token).getAddress());
}

describe("What has gone wrong in the field: flexible pools", () => {
  fieldRow(
    "dust notifications dilute the rate",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      await pool.connect(actors.alice).stake(64n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      const finish = await pool.periodFinish();
      await rewardsToken.mint(pool, 100n);
      for (const caller of [actors.stranger, actors.alice, actors.funder]) {
        for (const dust of [0n, 1n]) {
          await time.increase(HOUR);
          await attempt(pool.connect(caller).notifyRewardAmount(dust));
          expect(await pool.rewardRate()).to.be.greaterThanOrEqual(1n);
          expect(await pool.periodFinish()).to.be.greaterThanOrEqual(finish);
        }
      }
      await time.increaseTo(finish);
      expect(await pool.earned(actors.alice)).to.equal(PERIOD);
    },
    () => realPool(connection),
    () => faultyPool(connection, "NaiveStakingRewards"),
  );

  fieldRow(
    "nobody staked for a while",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(3n * DAY);
      await pool.connect(alice).stake(64n);
      await time.increase(DAY);
      await pool.connect(alice).exit();
      await time.increase(2n * DAY);
      await pool.connect(bob).stake(64n);
      await time.increase(PERIOD);
      await pool.connect(bob).exit();
      const paid = (await rewardsToken.balanceOf(alice)) + (await rewardsToken.balanceOf(bob));
      expect(paid).to.be.within(PERIOD - 2n, PERIOD);
      expect(await pool.rewardsOwed()).to.equal(PERIOD - paid);
    },
    () => realPool(connection),
    () => faultyPool(connection, "NaiveStakingRewards"),
  );

  fieldRow(
    "same token for stake and reward",
    async ({ actors, pool, stakingToken, rewardsToken }: FlexibleSubject) => {
      const { alice, bob, funder } = actors;
      await pool.connect(alice).stake(64n * PERIOD);
      await pool.connect(bob).stake(64n * PERIOD);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(PERIOD);
      await attempt(pool.connect(funder).notifyRewardAmount(2n * PERIOD)); // no new tokens
      await time.increase(PERIOD);
      for (const staker of [alice, bob]) await pool.connect(staker).getReward();
      expect(await stakingToken.balanceOf(pool)).to.equal(128n * PERIOD);
      for (const staker of [alice, bob]) {
        await expect(pool.connect(staker).withdraw(64n * PERIOD)).not.to.be.revert(ethers);
      }
    },
    () => realPool(connection, { sameToken: true }),
    () => faultyPool(connection, "NaiveStakingRewards", { sameToken: true }),
  );

  fieldRow(
    "unfunded promise",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob, funder } = actors;
      await pool.connect(alice).stake(64n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(PERIOD);
      const unclaimed = await pool.earned(alice);
      expect(unclaimed).to.equal(PERIOD);
      await attempt(pool.connect(funder).notifyRewardAmount(PERIOD)); // only what is unclaimed is there
      await pool.connect(bob).stake(64n);
      await time.increase(PERIOD);
      const owed = (await pool.earned(alice)) + (await pool.earned(bob));
      expect(await rewardsToken.balanceOf(pool)).to.be.greaterThanOrEqual(owed);
    },
    () => realPool(connection),
    () => faultyPool(connection, "NaiveStakingRewards"),
  );

  const lowDecimals = { rewardsDecimals: 6, rewardsDuration: YEAR };

  fieldRow(
    "low decimals",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      const reward = 1_000_000_007n; // a thousand tokens of 6 decimals
      await pool.connect(alice).stake(10n ** 27n);
      await pool.connect(bob).stake(10n ** 27n);
      await fund({ actors, pool, rewardsToken }, reward);
      const started = BigInt(await time.latest());
      for (let claims = 1n; claims <= 12n; claims++) {
        await time.setNextBlockTimestamp(started + (YEAR * claims) / 12n);
        await pool.connect(alice).getReward();
        const streamed = (reward * claims) / 12n / 2n;
        expect(await rewardsToken.balanceOf(alice)).to.be.within(streamed - claims, streamed);
      }
    },
    () => realPool(connection, lowDecimals),
    () => faultyPool(connection, "NaiveStakingRewards", lowDecimals),
  );

  fieldRow(
    "checkpoint griefing",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      const reward = 1_000n * 10n ** 6n;
      await pool.connect(alice).stake(10n ** 24n);
      await fund({ actors, pool, rewardsToken }, reward);
      const started = BigInt(await time.latest());
      for (let block = 1n; block <= 100n; block++) {
        await time.setNextBlockTimestamp(started + 12n * block);
        if (block % 2n === 1n) await pool.connect(bob).stake(1n);
        else await pool.connect(bob).withdraw(1n);
      }
      // What alice would have without the griefing, less the one unit of rounding.
      expect(await pool.earned(alice)).to.be.greaterThanOrEqual((reward * 1_200n) / YEAR - 1n);
    },
    () => realPool(connection, lowDecimals),
    () => faultyPool(connection, "NaiveStakingRewards", lowDecimals),
  );

  fieldRow(
    "extreme ratios",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      const reward = 10n ** 30n * YEAR;
      await pool.connect(alice).stake(1n);
      await fund({ actors, pool, rewardsToken }, reward);
      await time.increase(YEAR);
      await expect(pool.connect(bob).stake(10n ** 27n)).not.to.be.revert(ethers);
      expect(await pool.earned(bob)).to.equal(0n);
      for (const staker of [alice, bob]) await expect(pool.connect(staker).exit()).not.to.be.revert(ethers);
      expect(await rewardsToken.balanceOf(alice)).to.equal(reward);

      await pool.connect(bob).stake(10n ** 27n);
      await fund({ actors, pool, rewardsToken }, YEAR);
      await time.increase(YEAR);
      expect(await pool.earned(bob)).to.be.within(YEAR - 1n, YEAR);
    },
    () => realPool(connection, { rewardsDuration: YEAR }),
    () => faultyPool(connection, "NaiveStakingRewards", { rewardsDuration: YEAR }),
  );

  fieldRow(
    "first staker",
    async ({ actors, pool, stakingToken, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      await pool.connect(alice).stake(1n);
      await stakingToken.mint(pool, ONE);
      await pool.connect(bob).stake(ONE - 1n);
      expect(await pool.balanceOf(bob)).to.equal(ONE - 1n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(PERIOD);
      expect(await pool.earned(bob)).to.be.within(PERIOD - 2n, PERIOD);
    },
    () => realPool(connection),
    () => faultyPool(connection, "BalanceAsSupplyPool"),
  );

  const blocklist = async () => ({ rewardsToken: await asPlain(ethers.deployContract("BlocklistToken")) });

  fieldRow(
    "hostile reward token",
    async ({ actors, pool, stakingToken, rewardsToken }: FlexibleSubject) => {
      const { alice } = actors;
      const token = await ethers.getContractAt("BlocklistToken", await rewardsToken.getAddress());
      await pool.connect(alice).stake(64n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(PERIOD);
      await token.setBlocked(alice, true);
      const before = await stakingToken.balanceOf(alice);
      await expect(pool.connect(alice).exit()).not.to.be.revert(ethers);
      expect(await stakingToken.balanceOf(alice)).to.equal(before + 64n);
      await token.setBlocked(alice, false);
      await pool.connect(alice).getReward();
      expect(await rewardsToken.balanceOf(alice)).to.equal(PERIOD);
    },
    async () => realPool(connection, await blocklist()),
    async () => faultyPool(connection, "NaiveStakingRewards", await blocklist()),
  );

  fieldRow(
    "two pools of one token",
    async ({ actors, token, first, second, supplySecond }: TwoPools) => {
      const { alice, bob, funder } = actors;
      await first.connect(alice).stake(64n * PERIOD);
      await second.connect(bob).stake(64n * PERIOD);
      await supplySecond(PERIOD);
      await attempt(first.connect(funder).notifyRewardAmount(PERIOD)); // these tokens came to the other pool
      await second.connect(funder).notifyRewardAmount(PERIOD);
      await time.increase(PERIOD);
      const before = { alice: await token.balanceOf(alice), bob: await token.balanceOf(bob) };
      await first.connect(alice).exit();
      await expect(second.connect(bob).exit()).not.to.be.revert(ethers);
      expect((await token.balanceOf(alice)) - before.alice).to.equal(64n * PERIOD);
      expect((await token.balanceOf(bob)) - before.bob).to.equal(65n * PERIOD);
    },
    () => realTwoPools(connection),
    () => poolsInOneCustody(connection),
  );

  fieldRow(
    "last one out",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob, carol } = actors;
      await pool.connect(alice).stake(1n);
      await pool.connect(bob).stake(2n);
      await pool.connect(carol).stake(5n);
      await fund({ actors, pool, rewardsToken }, 8n * PERIOD);
      await time.increase(2n * PERIOD);
      for (const staker of [alice, bob]) await pool.connect(staker).exit();
      await expect(pool.connect(carol).exit()).not.to.be.revert(ethers);
      expect(await rewardsToken.balanceOf(carol)).to.equal(5n * PERIOD);
    },
    () => realPool(connection),
    () => faultyPool(connection, "RoundingUpPool"),
  );

  fieldRow(
    "deposits on behalf of another",
    async ({ actors, pool, stakingToken, rewardsToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      await pool.connect(alice).stake(64n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      await time.increase(3n * DAY);
      const earned = await pool.earned(alice);
      await pool.connect(bob).stakeFor(alice, 1n);
      expect(await pool.earned(alice)).to.be.greaterThanOrEqual(earned);
      const before = await stakingToken.balanceOf(alice);
      await expect(pool.connect(alice).withdraw(65n)).not.to.be.revert(ethers);
      expect((await stakingToken.balanceOf(alice)) - before).to.equal(65n);
    },
    () => realPool(connection),
    () => faultyPool(connection, "CooldownPool"),
  );

  fieldRow(
    "griefing by count",
    async ({ actors, pool }: FlexibleSubject) => {
      const { alice, bob } = actors;
      const leave = async () => (await (await pool.connect(alice).exit()).wait())?.gasUsed ?? 0n;
      await pool.connect(bob).stake(64n);
      await pool.connect(alice).stake(64n);
      const snapshot = await networkHelpers.takeSnapshot();
      const before = await leave();
      await snapshot.restore();
      for (let i = 0; i < 50; i++) {
        await pool.connect(bob).stakeFor(ethers.Wallet.createRandom().address, 1n);
        await pool.connect(bob).stakeFor(alice, 1n);
      }
      expect(before).to.be.greaterThan(21_000n);
      expect(await leave()).to.be.lessThanOrEqual((before * 101n) / 100n);
    },
    () => realPool(connection),
    () => faultyPool(connection, "StakerListPool"),
  );

  fieldRow(
    "penalty timing",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const { alice, bob, carol, funder } = actors;
      await pool.connect(alice).stake(ONE);
      await pool.connect(carol).stake(1n);
      await rewardsToken.mint(pool, PERIOD);
      await inOneBlock(
        () => pool.connect(bob).stake(1_000n * ONE),
        () => pool.connect(funder).notifyRewardAmount(PERIOD),
        () => pool.connect(bob).withdraw(1_000n * ONE),
      );
      expect(await pool.earned(bob)).to.equal(0n);
      await time.increase(PERIOD);
      expect(await pool.earned(carol)).to.equal(0n);
      expect(await pool.earned(alice)).to.be.within(PERIOD - 2n, PERIOD);
    },
    () => realPool(connection),
    () => faultyPool(connection, "InstantRewardPool"),
  );

  fieldRow(
    "sweeping",
    async ({ actors, pool, stakingToken, rewardsToken, rescue }: FlexibleSubject) => {
      await pool.connect(actors.alice).stake(64n);
      await fund({ actors, pool, rewardsToken }, PERIOD);
      for (const [token, liability] of [
        [stakingToken, 64n],
        [rewardsToken, PERIOD],
      ] as const) {
        await token.mint(pool, 5n);
        for (const amount of [liability + 5n, 6n]) {
          await attempt(rescue(token, amount));
          expect(await token.balanceOf(pool)).to.equal(liability + 5n);
        }
        await rescue(token, 5n);
        expect(await token.balanceOf(pool)).to.equal(liability);
      }
    },
    () => realPool(connection),
    () => faultyPool(connection, "NaiveStakingRewards"),
  );

  fieldRow(
    "permit front-run",
    async ({ actors, pool, stakingToken }: FlexibleSubject) => {
      const { alice, stranger } = actors;
      await stakingToken.connect(alice).approve(pool, 0n);
      const deadline = BigInt(await time.latest()) + HOUR;
      const { v, r, s } = await signPermit(stakingToken, alice, await pool.getAddress(), 64n, deadline);
      await stakingToken.connect(stranger).permit(alice, pool, 64n, deadline, v, r, s);
      await expect(pool.connect(alice).stakeWithPermit(64n, deadline, v, r, s)).not.to.be.revert(ethers);
      expect(await pool.balanceOf(alice)).to.equal(64n);
    },
    () => realPool(connection),
    () => faultyPool(connection, "NaiveStakingRewards"),
  );

  fieldRow(
    "same-second alternation",
    async ({ actors, pool, rewardsToken }: FlexibleSubject) => {
      const alice = pool.connect(actors.alice);
      await alice.stake(64n);
      await pool.connect(actors.bob).stake(64n);
      await fund({ actors, pool, rewardsToken }, 2n * PERIOD);
      const started = BigInt(await time.latest());
      await time.setNextBlockTimestamp(started + DAY);
      await inOneBlock(
        () => alice.getReward(),
        () => alice.withdraw(32n),
        () => alice.getReward(),
        () => alice.withdraw(16n),
        () => alice.getReward(),
        () => alice.stake(48n),
        () => alice.getReward(),
      );
      expect(BigInt(await time.latest())).to.equal(started + DAY);
      expect(await rewardsToken.balanceOf(actors.alice)).to.equal(DAY);
      expect(await pool.earned(actors.alice)).to.equal(0n);
    },
    () => realPool(connection),
    () => faultyPool(connection, "RoundingUpPool"),
  );

  const feeToken = async () => ({ stakingToken: await asPlain(ethers.deployContract("FeeToken", [100n])) });

  fieldRow(
    "fee-on-transfer, rebasing: a fee",
    async ({ actors, pool, stakingToken }: FlexibleSubject) => {
      const { alice, bob } = actors;
      for (const staker of [alice, bob]) await pool.connect(staker).stake(1_000n);
      expect(await pool.totalSupply()).to.be.lessThanOrEqual(await stakingToken.balanceOf(pool));
      expect(await pool.balanceOf(alice)).to.equal(990n);
      for (const staker of [alice, bob]) await expect(pool.connect(staker).exit()).not.to.be.revert(ethers);
    },
    async () => realPool(connection, await feeToken()),
    async () => faultyPool(connection, "NaiveStakingRewards", await feeToken()),
  );

  fieldRow(
    "fee-on-transfer, rebasing: a downward rebase",
    async ({ actors, first, second, shrinkFirst }: TwoPools) => {
      const { alice, bob } = actors;
      await first.connect(alice).stake(100n);
      await second.connect(bob).stake(100n);
      await shrinkFirst(50n);
      await attempt(first.connect(alice).withdraw(100n));
      await expect(second.connect(bob).withdraw(100n)).not.to.be.revert(ethers);
    },
    () => realTwoPools(connection),
    () => poolsInOneCustody(connection),
  );

  const reentering = async () => {
    const token = await asPlain(ethers.deployContract("ReenteringToken"));
    return { stakingToken: token, rewardsToken: token };
  };

  fieldRow(
    "reentrancy",
    async ({ actors, pool, stakingToken, rescue }: FlexibleSubject) => {
      const token = await ethers.getContractAt("ReenteringToken", await stakingToken.getAddress());
      const { alice, bob } = actors;
      const poolAddress = await pool.getAddress();
      await pool.connect(alice).stake(1_000n);
      await pool.connect(bob).stakeFor(token, 1_000n); // the token is a staker, so that what it does inside could succeed
      await fund({ actors, pool, rewardsToken: stakingToken }, PERIOD);
      await time.increase(DAY);
      await token.mint(pool, 1_000n); // something to rescue
      const guarded = await ethers.getContractAt("FlexiblePool", poolAddress);
      const permit = [0n, 27, ethers.ZeroHash, ethers.ZeroHash] as const;

      const outer: Record<string, (nth: number) => Promise<unknown>> = {
        stake: () => pool.connect(alice).stake(10n),
        stakeFor: () => pool.connect(alice).stakeFor(bob, 10n),
        stakeWithPermit: () => pool.connect(alice).stakeWithPermit(10n, ...permit),
        withdraw: () => pool.connect(alice).withdraw(10n),
        getReward: () => pool.connect(alice).getReward(),
        getRewardFor: () => pool.connect(bob).getRewardFor(alice),
        getRewardTo: () => pool.connect(alice).getRewardTo(bob),
        exit: () => pool.connect(alice).exit(),
        rescue: (nth) => rescue(stakingToken, BigInt(nth) + 1n), // an announced call can be announced once
      };
      const abi = pool.interface;
      const inner = [
        abi.encodeFunctionData("stake", [10n]),
        abi.encodeFunctionData("stakeFor", [bob.address, 10n]),
        abi.encodeFunctionData("stakeWithPermit", [10n, ...permit]),
        abi.encodeFunctionData("withdraw", [10n]),
        abi.encodeFunctionData("getReward"),
        abi.encodeFunctionData("getRewardFor", [bob.address]),
        abi.encodeFunctionData("getRewardTo", [bob.address]),
        abi.encodeFunctionData("exit"),
        abi.encodeFunctionData("notifyRewardAmount", [10n]),
      ];
      for (const [path, call] of Object.entries(outer)) {
        for (const [index, reentry] of inner.entries()) {
          await token.arm(poolAddress, reentry, index % 2 === 0);
          await expect(call(index), path).to.be.revertedWithCustomError(guarded, "ReentrancyGuardReentrantCall");
        }
      }
      await token.arm(ethers.ZeroAddress, "0x", false);
      await expect(pool.connect(alice).exit()).not.to.be.revert(ethers);
    },
    async () => realPool(connection, await reentering()),
    async () => faultyPool(connection, "NaiveStakingRewards", await reentering()),
  );
});
