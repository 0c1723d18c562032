import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";

import type { AccessManager, IPool, PlainToken } from "../../types/index.js";
import { announce, deployToken, ONE, ZERO_ADDRESS, type Actors, type Connection } from "../helpers/fixtures.ts";

/** A pool of either kind in which alice has a stake, rewards are promised and nothing is paused. */
export interface PoolSubject {
  actors: Actors;
  access: AccessManager;
  pool: IPool & { authority(): Promise<string> };
  stakingToken: PlainToken;
  rewardsToken: PlainToken;
  /** Puts more of the staker's tokens in. */
  enter: (staker: HardhatEthersSigner) => Promise<ContractTransactionResponse>;
  /** Takes alice's principal out, whole and by the rules. */
  leave: () => Promise<ContractTransactionResponse>;
}

/** The rules that flexible and fixed-term pools share: tokens, pause, unpause, rescue and liabilities. */
export function behavesLikePool(connection: Connection, fixture: () => Promise<PoolSubject>): void {
  const { ethers, networkHelpers } = connection;
  const load = () => networkHelpers.loadFixture(fixture);

  describe("as a pool", () => {
    it("names its tokens and its authority", async () => {
      const { access, pool, stakingToken, rewardsToken } = await load();
      expect(await pool.stakingToken()).to.equal(stakingToken);
      expect(await pool.rewardsToken()).to.equal(rewardsToken);
      expect(await pool.authority()).to.equal(access);
    });

    describe("liabilities", () => {
      it("covers exactly what was put in and promised, of either token", async () => {
        const { pool, stakingToken, rewardsToken } = await load();
        for (const token of [stakingToken, rewardsToken]) {
          expect(await pool.liabilities(token)).to.be.greaterThan(0n);
          expect(await pool.liabilities(token)).to.equal(await token.balanceOf(pool));
        }
      });

      it("does not count a donation, nor a token that is not the pool's", async () => {
        const { pool, stakingToken } = await load();
        const other = await deployToken(ethers, "OTHER");
        const before = await pool.liabilities(stakingToken);
        await stakingToken.mint(pool, ONE);
        await other.mint(pool, ONE);
        expect(await pool.liabilities(stakingToken)).to.equal(before);
        expect(await pool.liabilities(other)).to.equal(0n);
      });
    });

    describe("pause", () => {
      it("keeps newcomers out at once, by the guardian", async () => {
        const { actors, pool, enter } = await load();
        expect(await pool.paused()).to.equal(false);
        await expect(pool.connect(actors.guardian).pause()).to.emit(pool, "Paused").withArgs(actors.guardian);
        expect(await pool.paused()).to.equal(true);
        await expect(enter(actors.bob)).to.be.revertedWithCustomError(pool, "PoolPaused").withArgs();
      });

      it("holds nobody who wants to leave", async () => {
        const { actors, pool, stakingToken, leave } = await load();
        await pool.connect(actors.guardian).pause();
        const before = await stakingToken.balanceOf(actors.alice);
        await leave();
        expect(await stakingToken.balanceOf(actors.alice)).to.be.greaterThan(before);
      });

      it("reverts for everybody but the guardian", async () => {
        const { actors, pool } = await load();
        for (const caller of [actors.stranger, actors.governor, actors.alice]) {
          await expect(pool.connect(caller).pause())
            .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
            .withArgs(caller);
        }
      });
    });

    describe("unpause", () => {
      it("lets newcomers in again, by governance after its delay", async () => {
        const { actors, access, pool, enter } = await load();
        await pool.connect(actors.guardian).pause();
        const call = pool.interface.encodeFunctionData("unpause");
        await announce(connection, access, actors.governor, await pool.getAddress(), call);

        await expect(pool.connect(actors.governor).unpause()).to.emit(pool, "Unpaused").withArgs(actors.governor);
        expect(await pool.paused()).to.equal(false);
        await expect(enter(actors.bob)).not.to.be.revert(ethers);
      });

      it("reverts when governance did not announce it", async () => {
        const { actors, access, pool } = await load();
        await pool.connect(actors.guardian).pause();
        await expect(pool.connect(actors.governor).unpause()).to.be.revertedWithCustomError(
          access,
          "AccessManagerNotScheduled",
        );
        expect(await pool.paused()).to.equal(true);
      });

      it("reverts for the guardian, who can only pause", async () => {
        const { actors, pool } = await load();
        await pool.connect(actors.guardian).pause();
        await expect(pool.connect(actors.guardian).unpause())
          .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
          .withArgs(actors.guardian);
      });
    });

    describe("rescue", () => {
      async function rescue(subject: PoolSubject, token: PlainToken, to: string, amount: bigint) {
        const { access, actors, pool } = subject;
        const call = pool.interface.encodeFunctionData("rescue", [await token.getAddress(), to, amount]);
        await announce(connection, access, actors.governor, await pool.getAddress(), call);
        return pool.connect(actors.governor).rescue(token, to, amount);
      }

      it("sends what is above all liabilities, of either token and of any other", async () => {
        const subject = await load();
        const { actors, pool, stakingToken, rewardsToken } = subject;
        const other = await deployToken(ethers, "OTHER");
        for (const token of [stakingToken, rewardsToken, other]) {
          await token.mint(pool, ONE);
          const owed = await pool.liabilities(token);
          const sent = rescue(subject, token, actors.stranger.address, ONE);
          await expect(sent).to.emit(pool, "Rescued").withArgs(token, actors.stranger, ONE);
          await expect(sent).to.changeTokenBalances(ethers, token, [pool, actors.stranger], [-ONE, ONE]);
          expect(await token.balanceOf(pool)).to.equal(owed);
        }
      });

      it("reverts when asked for one unit of what is owed", async () => {
        const subject = await load();
        const { actors, pool, stakingToken, rewardsToken } = subject;
        for (const token of new Set([stakingToken, rewardsToken])) {
          await token.mint(pool, ONE);
          await expect(rescue(subject, token, actors.stranger.address, ONE + 1n))
            .to.be.revertedWithCustomError(pool, "PoolRescueExceedsSurplus")
            .withArgs(token, ONE + 1n, ONE);
        }
      });

      it("finds no surplus in a token that shrank below what is owed", async () => {
        const subject = await load();
        const { actors, pool, rewardsToken } = subject;
        const poolAddress = await pool.getAddress();
        await ethers.provider.send("hardhat_impersonateAccount", [poolAddress]);
        await networkHelpers.setBalance(poolAddress, ONE);
        await rewardsToken.connect(await ethers.getSigner(poolAddress)).transfer(actors.carol, 1n);
        await expect(rescue(subject, rewardsToken, actors.stranger.address, 1n))
          .to.be.revertedWithCustomError(pool, "PoolRescueExceedsSurplus")
          .withArgs(rewardsToken, 1n, 0n);
      });

      it("reverts for receivers that could never use it", async () => {
        const subject = await load();
        for (const to of [ZERO_ADDRESS, await subject.pool.getAddress()]) {
          await expect(rescue(subject, subject.stakingToken, to, 0n))
            .to.be.revertedWithCustomError(subject.pool, "PoolInvalidReceiver")
            .withArgs(to);
        }
      });

      it("reverts for everybody but governance, and for governance unannounced", async () => {
        const { access, actors, pool, stakingToken } = await load();
        await stakingToken.mint(pool, ONE);
        for (const caller of [actors.stranger, actors.guardian, actors.alice]) {
          await expect(pool.connect(caller).rescue(stakingToken, caller, ONE))
            .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
            .withArgs(caller);
        }
        await expect(
          pool.connect(actors.governor).rescue(stakingToken, actors.governor, ONE),
        ).to.be.revertedWithCustomError(access, "AccessManagerNotScheduled");
      });
    });
  });
}
