// A full contract for each pool, or a minimal proxy (ERC-1167) before one: what either costs to deploy and to call.
import type { FlexiblePool } from "../../types/index.js";
import { deployFlexiblePool, type FlexibleGas, measureFlexible, stakingRewardsActions } from "./flexible.ts";
import { admit, type Stage } from "./stage.ts";

export interface DeploymentGas {
  full: bigint;
  clone: bigint;
  calls: FlexibleGas;
}

const ZERO_ADDRESS = `0x${"0".repeat(40)}`;

/** Measures a clone of a flexible pool; the arguments are the implementation's, so that reading its own would cost more. */
export async function measureDeployment(stage: Stage): Promise<DeploymentGas> {
  const { ethers, owner } = stage;
  const implementation = await deployFlexiblePool(stage);
  const address = (await implementation.getAddress()).slice(2);
  const data = `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${address}5af43d82803e903d91602b57fd5bf3`;
  const receipt = await (await owner.sendTransaction({ data })).wait();
  const deployed = await implementation.deploymentTransaction()?.wait();
  if (!receipt?.contractAddress || !deployed) throw new Error("A deployment was not mined");

  const clone = await ethers.getContractAt("FlexiblePool", receipt.contractAddress);
  await admit(stage, clone);
  await govern(stage, clone);
  const calls = await measureFlexible(stage, stakingRewardsActions(stage, clone));
  return { full: deployed.gasUsed, clone: receipt.gasUsed, calls };
}

/** No constructor ran in the clone: its authority is the zero address, from which alone it takes another. */
async function govern({ ethers, networkHelpers, owner }: Stage, clone: FlexiblePool): Promise<void> {
  const access = await ethers.deployContract("AccessManager", [owner.address]);
  await networkHelpers.impersonateAccount(ZERO_ADDRESS);
  await networkHelpers.setBalance(ZERO_ADDRESS, 10n ** 18n);
  await clone.connect(await ethers.getSigner(ZERO_ADDRESS)).setAuthority(access);
  await networkHelpers.stopImpersonatingAccount(ZERO_ADDRESS);
  await clone.connect(owner).setFunder(owner, true);
}
