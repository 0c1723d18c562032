import { expect } from "chai";
import { ContractFactory } from "ethers";
import { network } from "hardhat";

import {
  deployAccess,
  deployFlexiblePool,
  HOUR,
  MAX_UINT256,
  namedActors,
  ONE,
  ZERO_ADDRESS,
} from "../helpers/fixtures.ts";
import { signPermit } from "../helpers/permit.ts";
import { publishedBuild } from "../helpers/published.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

async function signed() {
  const fixture = await deployFlexiblePool(ethers);
  const { actors, pool, stakingToken } = fixture;
  await stakingToken.connect(actors.alice).approve(pool, 0n);
  const deadline = BigInt(await time.latest()) + HOUR;
  const permit = await signPermit(stakingToken, actors.alice, await pool.getAddress(), ONE, deadline);
  return { ...fixture, deadline, permit };
}

/** A pool of the published wrapped ether, whose fallback accepts any call: a permit that it does not have succeeds. */
async function wrappedEther() {
  const actors = await namedActors(ethers);
  const access = await deployAccess(ethers, actors);
  const { abi, bytecode } = await publishedBuild("canonical-weth/build/contracts/WETH9.json");
  const deployed = await new ContractFactory(abi, bytecode, actors.deployer).deploy();
  await deployed.waitForDeployment();
  const weth = await deployed.getAddress();
  const pool = await ethers.deployContract("FlexiblePool", [
    {
      authority: await access.getAddress(),
      distributor: ZERO_ADDRESS,
      stakingToken: weth,
      rewardsToken: weth,
      rewardsDuration: HOUR,
      minimumStake: 1n,
      cap: 100n * ONE,
    },
  ]);
  const token = await ethers.getContractAt("PlainToken", weth);
  await actors.alice.sendTransaction({ to: weth, value: ONE });
  return { actors, pool, token };
}

describe("FlexiblePool", () => {
  describe("stakeWithPermit", () => {
    it("stakes without an approval", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { alice } = actors;
      const staked = pool.connect(alice).stakeWithPermit(ONE, deadline, permit.v, permit.r, permit.s);
      await expect(staked).to.emit(pool, "Staked").withArgs(alice, ONE);
      expect(await pool.balanceOf(alice)).to.equal(ONE);
      expect(await stakingToken.allowance(alice, pool)).to.equal(0n);
    });

    it("stakes when somebody sent the permit to the token before", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { alice, stranger } = actors;
      const { v, r, s } = permit;
      await stakingToken.connect(stranger).permit(alice, pool, ONE, deadline, v, r, s);
      await expect(pool.connect(alice).stakeWithPermit(ONE, deadline, v, r, s))
        .to.emit(pool, "Staked")
        .withArgs(alice, ONE);
    });

    it("takes nothing from the signer when somebody else uses the permit", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      const { alice, stranger } = actors;
      const { v, r, s } = permit;
      await stakingToken.connect(stranger).permit(alice, pool, ONE, deadline, v, r, s);
      await expect(pool.connect(stranger).stakeWithPermit(ONE, deadline, v, r, s))
        .to.be.revertedWithCustomError(stakingToken, "ERC20InsufficientAllowance")
        .withArgs(pool, 0n, ONE);
      expect(await stakingToken.allowance(alice, pool)).to.equal(ONE);
    });

    it("reverts with the token's error when the permit expired and nothing was approved", async () => {
      const { actors, pool, stakingToken, deadline, permit } = await networkHelpers.loadFixture(signed);
      await time.increaseTo(deadline);
      await expect(pool.connect(actors.alice).stakeWithPermit(ONE, deadline, permit.v, permit.r, permit.s))
        .to.be.revertedWithCustomError(stakingToken, "ERC20InsufficientAllowance")
        .withArgs(pool, 0n, ONE);
    });

    it("reverts when paused", async () => {
      const { actors, pool, deadline, permit } = await networkHelpers.loadFixture(signed);
      await pool.connect(actors.guardian).pause();
      await expect(pool.connect(actors.alice).stakeWithPermit(ONE, deadline, permit.v, permit.r, permit.s))
        .to.be.revertedWithCustomError(pool, "PoolPaused")
        .withArgs();
    });

    describe("given a token whose fallback swallows permits", () => {
      it("takes nothing from those who approved the pool", async () => {
        const { actors, pool, token } = await networkHelpers.loadFixture(wrappedEther);
        const { alice, stranger } = actors;
        await token.connect(alice).approve(pool, MAX_UINT256);
        const phantom = pool.connect(stranger).stakeWithPermit(ONE, MAX_UINT256, 27, ethers.ZeroHash, ethers.ZeroHash);
        await expect(phantom).to.be.revert(ethers);
        expect(await token.balanceOf(alice)).to.equal(ONE);
      });

      it("stakes what the caller approved", async () => {
        const { actors, pool, token } = await networkHelpers.loadFixture(wrappedEther);
        await token.connect(actors.alice).approve(pool, ONE);
        await pool.connect(actors.alice).stakeWithPermit(ONE, MAX_UINT256, 27, ethers.ZeroHash, ethers.ZeroHash);
        expect(await pool.balanceOf(actors.alice)).to.equal(ONE);
      });
    });
  });
});
